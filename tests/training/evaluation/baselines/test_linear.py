"""The linear classifier learns functions from rows and fills in no arguments."""

import json
import sys
from pathlib import Path

import pytest

from training.__main__ import main
from training.evaluation.baselines.linear import answers
from training.evaluation.rows import Row, Scope
from training.tracking.record import FOLDER_VARIABLE, read_records

pytest.importorskip("sklearn")

KNOWN = {
    "pause": ["pause the music", "please pause", "pause this song now", "pause it for a moment"],
    "get_time": ["what time is it", "tell me the time", "the time please", "what is the time now"],
    "": ["my aunt came for dinner", "we had dinner with my aunt", "dinner was lovely", "aunt carol likes dinner"],
}


@pytest.fixture
def known(tmp_path: Path) -> Path:
    lines = [
        {
            "id": f"{function}{i}",
            "source": "made",
            "lang": "en",
            "text": text,
            "scope": "in" if function else "oos",
            "calls": [{"name": function, "args": {"area": "den"}}] if function else None,
        }
        for function, texts in KNOWN.items()
        for i, text in enumerate(texts)
    ]
    path = tmp_path / "known.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_it_tells_functions_apart(known: Path) -> None:
    asked = {"pause the song": "pause", "what is the time": "get_time", "dinner with aunt carol": ""}
    rows = [Row(text, "made", "en", text, Scope.OUT) for text in asked]
    rows.append(Row("de", "made", "de", "pause bitte", Scope.OUT))  # no German row: read with what there is
    found = answers(rows, [known])
    for text, function in asked.items():
        assert found[text].calls == (({"name": function, "args": {}},) if function else ())
    assert found["de"].calls


def test_an_unknown_baseline_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["training/__main__.py", "baselines", "unknown", "oracle"])
    assert main() == 2
    assert "There is no baseline 'oracle'" in capsys.readouterr().err
    assert not read_records()
