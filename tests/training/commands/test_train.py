"""`train`, `calibrate` and `threshold`, typed one after the other on a handful of rows; each leaves its record."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from training.tracking.record import read_records
from training.translator.run import Run
from wyoming_server.calls import parse
from wyoming_server.translation.vocabulary import structure

Command = Callable[..., int]
SAID = [
    ("turn off the kitchen lights", 'turn_off(area="kitchen", domain="light")'),
    ("set a timer for 10 minutes", "start_timer(minutes=10)"),
    ("play jolene by dolly parton", 'play_music(song="jolene", artist="dolly parton")'),
    ("i had eggs for breakfast", "unknown()"),
]
SMALL = ("--width", 64, "--layers", 2, "--heads", 2, "--hidden", 96, "--tokens", 480, "--precision", "fp32", "--eager")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    lines = [
        {"id": str(i), "source": "test", "lang": "en", "text": text, "calls": [c.as_dict() for c in parse(calls)]}
        for i, (text, calls) in enumerate(SAID)
    ]
    for name, times in (("train.jsonl", 3), ("held_out.jsonl", 1)):  # the tokenizer learns what it has seen thrice
        (tmp_path / name).write_text("".join(json.dumps(line) + "\n" for line in lines * times), encoding="utf-8")
    return tmp_path


def test_train_calibrate_threshold(data: Path, command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    folder, picture = data / "run", data / "docs" / "confidence.png"
    assert command("threshold", folder) == 2
    assert "is not calibrated" in capsys.readouterr().err

    size = len(structure()) + 280
    given = ("--data", data, "--out", folder, "--minutes", 0.05, "--vocabulary", size, "--seed", 7)
    assert command("train", *given, *SMALL) == 0
    (trained,) = read_records()
    assert (trained.kind, trained.state, trained.seed) == ("train", "done", 7)
    assert trained.metrics["step"] > 0
    assert 0 <= trained.metrics["exact"] <= 1
    assert trained.curve
    assert trained.inputs["rows"]["sha256"]
    assert trained.inputs["checkpoint"]["bytes"]
    assert trained.config["width"] == 64

    assert command("calibrate", folder, "--rows", data / "held_out.jsonl") == 0
    calibrated = read_records()[-1]
    assert calibrated.kind == "calibrate"
    assert calibrated.metrics["rows"] == len(SAID)
    assert {"threshold", "wrong", "missed"} <= calibrated.metrics.keys()

    assert command("threshold", folder, "--out", picture) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("no threshold: -2.00, wrong ")
    assert printed[1].startswith("chosen: ")

    assert command("average", folder, folder, "--out", data / "mean") == 0
    of_one, of_both = Run(folder).load()["model"], Run(data / "mean").load()["model"]
    assert all(torch.allclose(of_one[name], of_both[name]) for name in of_one)

    rows = [
        json.loads(line) | {"scope": "in"} for line in (data / "held_out.jsonl").read_text("utf-8").splitlines()[:3]
    ]
    asked = data / "asked.jsonl"
    asked.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert command("frontier", folder, "--types", "q8_0", "f16", "--rows", asked) == 0
    models = read_records()[-1].metrics["models"]
    assert [model["type"] for model in models] == ["q8_0", "f16"]
    assert models[0]["megabytes"] < models[1]["megabytes"]
    assert all(0 <= model["exact"] <= 1 for model in models)


def test_training_that_fails_leaves_a_failed_record(tmp_path: Path, command: Command) -> None:
    with pytest.raises(FileNotFoundError):
        command("train", "--data", tmp_path / "missing", "--out", tmp_path / "run", *SMALL)
    (record,) = read_records()
    assert record.state == "failed"
    assert "FileNotFoundError" in (record.error or "")
