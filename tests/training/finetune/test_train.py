"""Fine-tuning end to end on a handful of rows: it learns them, goes on where it stopped, and the server runs it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.training.finetune.test_export import in_server, in_torch, needs_server, prompts_of, same
from training.finetune.base import check
from training.finetune.batches import training_batches
from training.finetune.examples import load
from training.finetune.export import export, merged
from training.finetune.run import FinetuneRun, Settings
from training.finetune.train import Loop, train
from training.finetune.wording import wording_of


@pytest.fixture
def settings(base: Path) -> Settings:
    return Settings(base=str(base), minutes=9, rank=8, lora_rate=0.03, rows=4, accumulate=2)


def test_steps_learn(tmp_path: Path, data: Path, settings: Settings) -> None:
    examples = load([data])
    wording = wording_of(settings.base)
    loop = Loop(FinetuneRun(tmp_path / "run"), settings, wording, examples, examples)
    frozen = {name: p.clone() for name, p in loop.model.named_parameters() if not p.requires_grad}
    batches = training_batches(examples, wording, settings.rows, seed=1)
    losses = [loop.step(batches, share=1) for _ in range(10)]
    assert losses[0] > 6
    assert sum(losses[-3:]) / 3 < 0.85 * losses[0]
    assert all(torch.equal(p, frozen[name]) for name, p in loop.model.named_parameters() if name in frozen)


@needs_server
def test_it_goes_on_and_the_server_runs_it(tmp_path: Path, data: Path, settings: Settings) -> None:
    run = FinetuneRun(tmp_path / "run")
    settings = replace(settings, minutes=0.08)
    told: list[dict[str, float]] = []
    first = train(run, settings, [data], data, lambda **figures: told.append(figures))
    adapter = run.load()["adapter"]
    assert told == [first]
    assert first["step"] > 0
    assert FinetuneRun.is_at(run.folder)

    run.save_settings(replace(settings, minutes=0.16))
    second = train(run, settings, [data], data)
    assert second["step"] > first["step"]
    assert second["minutes"] >= 0.16
    assert any(not torch.equal(weights, adapter[name]) for name, weights in run.load()["adapter"].items())
    lines = (run.folder / "figures.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["step"] for line in lines] == [first["step"], second["step"]]
    assert (run.adapter / "adapter_model.safetensors").exists()

    export(run, tmp_path / "model.gguf", kind="f32")
    wording = wording_of(settings.base)
    _, logits = in_server(tmp_path / "model.gguf", tmp_path)
    expected = in_torch(merged(run), prompts_of(wording))
    same(expected, logits, 0.002)


def test_what_does_not_fit_is_named(tmp_path: Path, settings: Settings) -> None:
    if not torch.cuda.is_available():
        with pytest.raises(ValueError, match="NVIDIA"):
            check(replace(settings, four_bit=True))
    (tmp_path / "config.json").write_text('{"model_type": "gpt2"}', encoding="utf-8")
    with pytest.raises(ValueError, match="gpt2"):
        check(replace(settings, base=str(tmp_path)))
    with pytest.raises(OSError, match="nowhere"):
        check(replace(settings, base=str(tmp_path / "nowhere")))
