"""The exported file computes in the server what the model computes in PyTorch, from the very same tokens."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from transformers import AutoModelForCausalLM

from tests.training.finetune.tiny_base import KINDS, make_base
from training.finetune.examples import Example
from training.finetune.export import write
from training.finetune.gguf_tensors import rotation_factors
from training.finetune.gguf_tokenizer import pre_tokenizer
from training.finetune.wording import Wording, wording_of
from wyoming_server.calls import parse
from wyoming_server.translation.instruct_prompt import utterance

ROOT = Path(__file__).resolve().parents[3]
SERVER_PYTHON = ROOT / ".venv" / "bin" / "python"
ASKED: list[tuple[str, str | None]] = [
    ("turn off the kitchen lights", None),
    ("and in the  hall, please", 'turn_on(area="living room", domain="light")'),
    ("wie wird das Wetter in Köln um 19:30 Uhr?", None),
    ("台所の電気を消して", None),
    ("I'LL say <|im_end|> </s> <|eot_id|> 🎵 100% [INST] don't", None),
    ("cafe\u0301 26 2026", None),
]

needs_server = pytest.mark.skipif(not SERVER_PYTHON.exists(), reason="llama.cpp is in .venv, made by script/setup")


def prompts_of(wording: Wording) -> list[list[int]]:
    said = [utterance(text, parse(previous)[0] if previous else None) for text, previous in ASKED]
    return [[*wording.fixed, *wording.tokens(Example(text, "unknown()"))[0]] for text in said]


def in_torch(model: Any, prompts: list[list[int]]) -> NDArray[np.float32]:
    with torch.no_grad():
        return np.stack([model(torch.tensor([p]), logits_to_keep=1).logits[0, 0].float().numpy() for p in prompts])


def in_server(path: Path, folder: Path) -> tuple[dict[str, Any], NDArray[np.float32]]:
    (folder / "in.json").write_text(json.dumps(ASKED), encoding="utf-8")
    script = Path(__file__).with_name("instruct_logits.py")
    command = [SERVER_PYTHON, script, path, folder / "in.json", folder / "out"]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return json.loads((folder / "out.json").read_text(encoding="utf-8")), np.load(folder / "out.npy")


def same(here: NDArray[np.float32], there: NDArray[np.float32], tolerance: float) -> None:
    """Logits agree up to `tolerance` (root mean square, in standard deviations)."""
    assert here.std() > 0.1
    assert np.sqrt(np.square(here - there).mean()) / here.std() < tolerance


@needs_server
@pytest.mark.parametrize("kind", KINDS)
def test_the_server_agrees(kind: str, tmp_path: Path) -> None:
    base = make_base(kind, tmp_path / "base")
    model = AutoModelForCausalLM.from_pretrained(base, local_files_only=True)
    wording = wording_of(str(base))
    write(model, wording, tmp_path / "model.gguf", "test", kind="f32")
    prompts = prompts_of(wording)
    found, logits = in_server(tmp_path / "model.gguf", tmp_path)
    assert found["prompts"] == prompts
    assert wording.end in found["ends"]
    same(in_torch(model, prompts), logits, 0.002)
    assert (rotation_factors(model) is not None) == (kind == "llama3")


@needs_server
def test_quantized_files_are_close(base: Path, tmp_path: Path) -> None:
    model = AutoModelForCausalLM.from_pretrained(base, local_files_only=True)
    wording = wording_of(str(base))
    expected = in_torch(model, prompts_of(wording))
    sizes = []
    for kind, tolerance in (("f16", 0.01), ("q8_0", 0.08)):
        path = tmp_path / f"{kind}.gguf"
        write(model, wording, path, "test", kind=kind)
        same(expected, in_server(path, tmp_path)[1], tolerance)
        sizes.append(path.stat().st_size)
    assert sizes[1] < sizes[0]


def test_what_cannot_be_exported_is_named(base: Path, tmp_path: Path) -> None:
    model = AutoModelForCausalLM.from_pretrained(base, local_files_only=True)
    wording = wording_of(str(base))
    with pytest.raises(ValueError, match="not known"):
        pre_tokenizer({"type": "Whitespace"})
    model.config.rope_parameters["rope_type"] = "yarn"
    with pytest.raises(ValueError, match="yarn"):
        write(model, wording, tmp_path / "model.gguf", "test")
