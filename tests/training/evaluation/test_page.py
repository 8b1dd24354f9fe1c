"""The page on accuracy comes out of small made records, and says no more than they hold."""

import sys
from pathlib import Path
from typing import Any

import pytest

from training.__main__ import main
from training.evaluation.journey import journey
from training.evaluation.page import page
from training.evaluation.pictures import draw_tradeoff
from training.tracking.record import FOLDER_VARIABLE, Record

PNG = b"\x89PNG"


def group(n: int, exact: float, wrong: float = 0.02) -> dict[str, Any]:
    return {"n": n, "exact": exact, "bag": exact, "function": exact, "wrong": wrong, "missed": 1 - exact - wrong}


def metrics(exact: float, rejected: float) -> dict[str, Any]:
    return {
        "all": group(300, exact),
        "da": group(100, exact - 0.1),
        "da music": group(100, exact - 0.1),
        "en": group(200, exact),
        "en home": group(100, exact),
        "source made": group(100, exact),
        "source other": group(200, exact),
        "macro en": {"n": 8, "exact": exact},
        "macro da": {"n": 3, "exact": exact - 0.1},
        "reject all": {"n": 50, "rejected": rejected},
        "reject en": {"n": 50, "rejected": rejected},
        "ms": {"n": 90, "p50": 12.5, "p95": 30.5},
    }


def record(number: int, kind: str, views: dict[str, Any], model: str = "", **more: Any) -> Record:
    inputs = {"model": {"path": "model.gguf", "sha256": model, "bytes": 4_700_000}} if model else {}
    return Record(
        f"2026010{number}-000000-{kind}",
        kind,
        state=more.pop("state", "done"),
        command=["training", "evaluate", "nightly"],
        code={"commit": "abcdef0123", "dirty": True},
        inputs=inputs,
        started=f"2026-01-0{number}T00:00:00+00:00",
        metrics=views,
        outcomes={view: {"rows": "same", "n": 1, "right": "1"} for view in views},
        **more,
    )


SILENCE = metrics(0.12, 1.0)
RECORDS = [
    record(1, "evaluate-nightly", {"dev": metrics(0.41, 0.88)}, "m1", conclusion="needs | data"),
    record(2, "evaluate-dev", {"dev": metrics(0.99, 0.99)}, "m2", state="failed", conclusion="it crashed"),
    record(3, "evaluate-dev", {"dev": metrics(0.98, 0.98)}, "m3", config={"answers": "given.jsonl"}),
    record(4, "baseline-unknown", {"dev": SILENCE}),
    record(5, "baseline-linear", {"dev": metrics(0.23, 0.9)}),
    record(6, "evaluate-nightly", {"dev": metrics(0.62, 0.91), "own": metrics(0.55, 0.93)}, "m4"),
    record(7, "evaluate-nightly", {"dev": metrics(0.72, 0.96), "own": metrics(0.65, 0.97)}, "m4"),
    record(8, "baseline-home-assistant", {"dev: English home": {"en home": group(100, 0.57), "reject en": {"n": 9}}}),
]


def test_the_journey_goes_from_silence_to_the_newest_run_of_each_model() -> None:
    steps = journey(RECORDS)
    assert [step.record.id[7:8] for step in steps] == ["4", "5", "1", "7"]
    assert steps[0].name == "always unknown()"
    assert steps[-1].name == "translator, 4.7 MB"
    assert steps[-1].macro_english == 0.72
    assert steps[-1].macro_others == pytest.approx(0.62)
    assert steps[-1].rejected == 0.96


def test_the_page_shows_the_newest_figures_with_their_run_and_both_baselines() -> None:
    text = page(RECORDS)
    assert "Run `20260107-000000-evaluate-nightly`: `python -m training evaluate nightly` at abcdef0 with chan" in text
    assert "| all | 300 | 72.0% | 66.7% - 76.8% |" in text
    assert "| language | n | translator: exact | translator: function | always unknown(): exact |" in text
    assert "linear classifier: exact" in text
    assert "| da music | 100 | 62.0% |" in text
    assert "| made | 100 | 72.0% |" in text
    assert "| all | 50 | 86.5% - 98.9% | 96.0% | 100.0% | 90.0% |" in text
    assert "median 12.5 ms, 95th percentile 30.5 ms" in text
    assert "needs \\| data" in text
    assert "(failed): it crashed" in text
    assert "99.0%" not in text
    assert "98.0%" not in text


def test_home_assistant_stands_beside_only_where_it_was_asked_the_same_rows() -> None:
    text = page(RECORDS)
    home = text[text.index("### English home control") :].split("\n## ")[0]
    assert "| action due | 100 | exact | 72.0% (62.5% - 79.9%) | 57.0% (47.2% - 66.3%) |" in home
    assert "no action due" not in home


def test_without_records_the_page_says_so() -> None:
    assert "no run over the public sets yet" in page([])


def test_the_command_writes_page_and_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "records"))
    for each in RECORDS:
        each.write()
    monkeypatch.setattr(sys, "argv", ["training/__main__.py", "page", "--out", str(tmp_path / "docs")])
    assert main() == 0
    assert "![Accuracy over the runs](accuracy.png)" in (tmp_path / "docs" / "evaluation.md").read_text("utf-8")
    assert (tmp_path / "docs" / "accuracy.png").read_bytes().startswith(PNG)


def test_a_curve_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "confidence.png"
    draw_tradeoff([0.0, 0.5, 0.9], [0.1, 0.05, 0.01], [0.0, 0.05, 0.3], 0.5, path)
    assert path.read_bytes().startswith(PNG)
