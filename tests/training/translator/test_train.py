"""Training end to end on a handful of rows: it learns them, and goes on where it stopped."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from training.translator.batches import training_batches
from training.translator.calibration import answer_rows, fit
from training.translator.examples import Example
from training.translator.network import TorchNetwork
from training.translator.run import Run, Settings
from training.translator.train import Loop, train
from training.translator.variation import Variation
from wyoming_server.translation.vocabulary import Vocabulary, structure

SETTINGS = Settings(
    minutes=0.05,
    width=64,
    layers=2,
    heads=2,
    hidden=96,
    vocabulary=len(structure()) + 300,
    tokens=480,
    precision="fp32",
)


@pytest.fixture
def data(tmp_path: Path, rows: list[dict[str, Any]]) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("optimizer", ["muon", "adamw"])
def test_steps_learn(
    tmp_path: Path, rows: list[dict[str, Any]], examples: list[Example], vocabulary: Vocabulary, optimizer: str
) -> None:
    settings = replace(SETTINGS, minutes=9, optimizer=optimizer, vocabulary=vocabulary.size)
    loop = Loop(Run(tmp_path), settings, vocabulary, examples, examples, compiled=False)
    variation = Variation(examples, vocabulary)
    batches = training_batches(examples, [1.0] * len(examples), variation, vocabulary, settings.tokens, seed=1)
    losses = [loop.step(next(batches), share=1) for _ in range(200)]
    assert losses[0] > 5
    # Pointing at words whose places have other names in every row takes longer than this; the functions do not.
    assert sum(losses[-10:]) / 10 < losses[0] / 3

    trials = answer_rows(TorchNetwork(loop.model), vocabulary, rows)
    assert sum(trial.exact for trial in trials) >= 1
    assert fit(trials).exact.total > 0


def test_training_goes_on_where_it_stopped(tmp_path: Path, data: Path) -> None:
    run = Run(tmp_path / "run")
    train(run, SETTINGS, [data], data, compiled=False)
    steps, seconds = run.load()["step"], run.load()["seconds"]
    assert steps > 0
    assert seconds >= 3

    run.save_settings(replace(SETTINGS, minutes=0.1), run.vocabulary.tokenizer)
    train(run, SETTINGS, [data], data, compiled=False)
    assert run.load()["step"] > steps
    assert run.load()["seconds"] >= 6
    figures = [json.loads(line) for line in (run.folder / "figures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [f["step"] for f in figures] == [steps, run.load()["step"]]


def test_a_finished_run_is_left_as_it_is(tmp_path: Path, data: Path) -> None:
    run = Run(tmp_path / "run")
    train(run, SETTINGS, [data], data, compiled=False)
    before = run.load()["model"]["embedding.weight"]
    train(run, SETTINGS, [data], data, compiled=False)
    assert bool((run.load()["model"]["embedding.weight"] == before).all())
