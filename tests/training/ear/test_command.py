"""`ear train` and `ear measure`, typed; each leaves its record."""

import sys
from pathlib import Path

import pytest

from training.__main__ import main
from training.tracking.record import FOLDER_VARIABLE, read_records


def test_training_and_measuring_leave_records(speech: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "records"))

    def typed(*words: object) -> int:
        monkeypatch.setattr(sys, "argv", ["training/__main__.py", "ear", *map(str, words)])
        return main()

    run, model = tmp_path / "run", tmp_path / "ear"
    size = ("--width", 48, "--encoder-layers", 3, "--decoder-layers", 1, "--rows", 4)
    assert typed("train", "--minutes", 0.05, "--speech", speech, "--run", run, *size) == 0
    assert typed("export", "--run", run, "--into", model, "--quantization", "float32") == 0
    assert typed("measure", "--speech", speech, "--model", model, "--most", 2) == 0
    trained, measured = read_records()
    assert (trained.kind, trained.state) == ("ear-train", "done")
    assert trained.metrics["clips"] == 8
    assert trained.inputs["checkpoint"]["sha256"]
    assert (measured.kind, measured.state) == ("ear-measure", "done")
    (figures,) = measured.metrics.values()
    assert figures["n"] == 2
    assert figures["low"] <= figures["rate"] <= figures["high"]
    assert measured.inputs["model"]["sha256"]
