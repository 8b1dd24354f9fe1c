"""The bench measures what it says; a smoke test without the peer."""

from pathlib import Path

import pytest

from benchmarks.speech import main, read_recordings

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
