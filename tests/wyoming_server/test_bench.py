"""The bench measures what it says; a smoke test without the peer."""

from pathlib import Path

import pytest

from benchmarks.speech import Outcome, compare, main, read_recordings

from .conftest import SPEECH
from .random_whisper import write_random_whisper


def test_the_last_word_is_found() -> None:
    (recording,) = read_recordings(SPEECH.parent, "en", 5)
    assert recording.text == "turn on the kitchen light"
    assert 1.3 < recording.last_word < 1.8


def test_the_bench_prints_its_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = write_random_whisper(tmp_path / "model")
    assert main([str(SPEECH.parent), "--model", str(model), "--without-peer", "--threads", "1"]) == 0
    rows = [row.split("|") for row in capsys.readouterr().out.strip().splitlines()]
    assert rows[2][1].strip() == "this server"
    stop, word = (float(cell.split("/")[0]) for cell in rows[2][2:4])
    assert 0 <= stop < 500
    assert 500 < word - stop < 1500, "the closing silence lies between the last word and audio-stop"
    assert float(rows[2][6].split()[0]) > 20


def test_targets_are_met_or_missed() -> None:
    peer = Outcome("peer", [400, 500, 600], [1100, 1200, 1300], 0.2, 10.0, 200.0)
    fine = compare(Outcome("ours", [50, 100, 300], [800, 800, 900], 0.2, 15.0, 200.0), peer)
    assert fine.count("(met") == 3
    assert "5.0 times shorter" in fine
    poor = compare(Outcome("ours", [50, 101, 300], [800, 800, 900], 0.21, 15.1, 200.0), peer)
    assert poor.count("(missed") == 3
    assert "words" not in compare(Outcome("ours", [1], [1], None, 1.0, 1.0), peer)
