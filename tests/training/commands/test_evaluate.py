"""`evaluate` through its own command line: answers judged, recorded, and compared with the accepted run."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from training.commands import evaluate
from training.evaluation import tiers
from training.evaluation.predict import SERVER_PYTHON
from training.tracking.record import read_records
from training.tracking.run import read_examples

Command = Callable[..., int]
PAUSE, STOP = {"name": "pause", "args": {}}, {"name": "stop", "args": {}}


def write(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def row(number: int, *, due: bool = True) -> dict[str, Any]:
    scope: dict[str, Any] = {"scope": "in", "calls": [PAUSE]} if due else {"scope": "oos", "calls": None}
    return {"id": f"row-{number:02}", "source": "made", "lang": "en", "text": f"pause number {number}", **scope}


def answered(path: Path, right: int, of: int) -> Path:
    calls = [[PAUSE] if i < right else [STOP] for i in range(of)]
    return write(path, [{"id": f"row-{i:02}", "calls": c, "confidence": 0.9} for i, c in enumerate(calls)])


def test_given_answers_are_judged_and_recorded(
    tmp_path: Path, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = write(tmp_path / "rows.jsonl", [*map(row, range(4)), row(4, due=False)])
    assert command("evaluate", "--rows", rows, "--answers", answered(tmp_path / "a.jsonl", 3, 4)) == 0
    printed = capsys.readouterr().out
    assert "75.0%" in printed
    assert "No evaluate-rows run is accepted yet" in printed
    (record,) = read_records()
    assert record.kind == "evaluate-rows"
    assert record.metrics["rows"]["all"] == {
        **dict.fromkeys(("exact", "bag", "function"), 0.75),
        "n": 4,
        "wrong": 0.25,
        "missed": 0.0,
    }
    assert record.metrics["rows"]["reject all"] == {"n": 1, "rejected": 1.0}
    assert record.command[:2] == ["training", "evaluate"]
    assert {"model", "catalogue", "prompt", "grammar"} <= record.inputs.keys()
    examples = {example["id"]: example for example in read_examples(record)}
    assert examples["row-03"]["calls"] == [STOP]
    assert examples["row-03"]["right"] is False


@pytest.mark.parametrize(("right", "verdict"), [(30, "better"), (0, "worse"), (16, "cannot tell")])
def test_a_run_is_compared_with_the_accepted_one(
    tmp_path: Path, command: Command, capsys: pytest.CaptureFixture[str], right: int, verdict: str
) -> None:
    rows = write(tmp_path / "rows.jsonl", [row(i) for i in range(30)])
    command("evaluate", "--rows", rows, "--answers", answered(tmp_path / "a.jsonl", 15, 30))
    command("conclude", "last", "the first", "--accept")
    capsys.readouterr()
    command("evaluate", "--brief", "--rows", rows, "--answers", answered(tmp_path / "b.jsonl", right, 30))
    printed = capsys.readouterr().out
    assert f"rows: {right} of 30 right" in printed
    assert f": {verdict}: " in printed


def test_other_rows_are_not_compared(tmp_path: Path, command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    answers = answered(tmp_path / "a.jsonl", 3, 4)
    command("evaluate", "--rows", write(tmp_path / "a-rows.jsonl", [row(i) for i in range(4)]), "--answers", answers)
    command("conclude", "last", "the first", "--accept")
    command("evaluate", "--rows", write(tmp_path / "b-rows.jsonl", [row(i) for i in range(3)]), "--answers", answers)
    assert "nothing to compare" in capsys.readouterr().out


def test_no_rows_is_an_error_in_one_sentence(
    tmp_path: Path, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("evaluate", "--rows", write(tmp_path / "rows.jsonl", [])) == 2
    assert "There are no rows" in capsys.readouterr().err
    assert not read_records()


def test_a_server_that_fails_leaves_a_failed_record(tmp_path: Path, command: Command) -> None:
    if not SERVER_PYTHON.exists():
        pytest.skip("the server is in .venv")
    model = tmp_path / "broken.gguf"
    model.write_bytes(b"no model")
    rows = write(tmp_path / "rows.jsonl", [row(0)])
    with pytest.raises(RuntimeError, match="the server left with code"):
        command("evaluate", "--rows", rows, "--model", model)
    assert read_records()[0].state == "failed"


@pytest.fixture
def must(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "must"
    folder.mkdir()
    write(folder / "en.jsonl", [row(i) for i in range(4)])
    monkeypatch.setattr(tiers, "MUST", folder)
    monkeypatch.setattr(tiers, "KNOWN_FAILURES", folder / "known_failures.txt")
    return folder


@pytest.mark.parametrize(
    ("known", "right", "status", "line"),
    [
        ("", 4, 0, "must: 0 fail, 0 of them are not known to, 0 known ones pass"),
        ("", 3, 1, "must: 1 fail, 1 of them are not known to, 0 known ones pass"),
        ("# why\nrow-03  # two words\n", 3, 0, "must: 1 fail, 0 of them are not known to, 0 known ones pass"),
        ("row-03\n", 2, 1, "must: 2 fail, 1 of them are not known to, 0 known ones pass"),
        ("row-03\n", 4, 0, "must: 0 fail, 0 of them are not known to, 1 known ones pass"),
    ],
)
def test_must_is_red_on_a_failure_that_is_not_known(
    must: Path,
    command: Command,
    capsys: pytest.CaptureFixture[str],
    known: str,
    right: int,
    status: int,
    line: str,
) -> None:
    (must / "known_failures.txt").write_text(known)
    assert command("evaluate", "must", "--answers", answered(must.parent / "a.jsonl", right, 4)) == status
    assert line in capsys.readouterr().out


def test_every_part_that_shapes_an_answer_is_hashed() -> None:
    assert all(path.exists() for path in evaluate.CODE.values())
