"""The exported file computes in llama.cpp what the network computes in PyTorch."""

import json
import os
import random
import subprocess
from pathlib import Path

import numpy as np
import pytest
import torch
from gguf import GGUFReader
from gguf.quants import dequantize
from numpy.typing import NDArray

from training.translator.export import Labels, export, tensors
from training.translator.model import Model, Shape
from training.translator.shipped import Shipped
from wyoming_server.translation.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[3]
SERVER_PYTHON = ROOT / ".venv" / "bin" / "python"
EMBEDDED = ROOT / "wyoming_server" / "models" / "translator.gguf"
PROMPTS = 100

needs_server = pytest.mark.skipif(not SERVER_PYTHON.exists(), reason="llama.cpp is in .venv, made by script/setup")


def questions(size: int) -> list[tuple[list[int], list[int]]]:
    """Prompts and beginnings of answers of random tokens."""
    draw = random.Random(7)

    def tokens(fewest: int, most: int) -> list[int]:
        return [draw.randrange(size) for _ in range(draw.randint(fewest, most))]

    return [(tokens(2, 60), tokens(0, 9)) for _ in range(PROMPTS)]


def in_torch(model: Model, asked: list[tuple[list[int], list[int]]]) -> NDArray[np.float32]:
    model.eval()
    rows = []
    with torch.no_grad():
        for prompt, answer in asked:
            last = torch.tensor([len(prompt) + len(answer) - 1])
            rows.append(model(torch.tensor([prompt + answer]), torch.tensor([len(prompt)]), last)[0].numpy())
    return np.stack(rows)


def in_llama(path: Path, asked: list[tuple[list[int], list[int]]], folder: Path) -> NDArray[np.float32]:
    (folder / "in.json").write_text(json.dumps(asked), encoding="utf-8")
    script = Path(__file__).with_name("llama_logits.py")
    command = [SERVER_PYTHON, script, path, folder / "in.json", folder / "out.npy"]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    found: NDArray[np.float32] = np.load(folder / "out.npy")
    return found


def same(here: NDArray[np.float32], there: NDArray[np.float32], tolerance: float) -> None:
    """Logits agree up to `tolerance` (root mean square, in standard deviations); so do clear likeliest tokens."""
    assert np.sqrt(np.square(here - there).mean()) / here.std() < tolerance
    top = np.sort(here, axis=1)
    clear = top[:, -1] - top[:, -2] > 8 * tolerance * here.std()
    assert clear.any()
    assert (here.argmax(1) == there.argmax(1))[clear].all()


@pytest.fixture(scope="module")
def model(vocabulary: Vocabulary) -> Model:
    torch.manual_seed(3)
    shape = Shape(vocabulary=vocabulary.size, width=64, layers=3, heads=2, hidden=96)
    random_model = Model(shape)
    for parameter in random_model.parameters():  # far from zero, so that every part matters
        torch.nn.init.normal_(parameter, mean=float(parameter.ndim == 1), std=0.15)
    return random_model


@needs_server
@pytest.mark.parametrize(("kind", "tolerance"), [("f32", 0.002), ("f16", 0.01), ("q8_0", 0.08)])
def test_llama_cpp_agrees(model: Model, tokenizer_json: str, tmp_path: Path, kind: str, tolerance: float) -> None:
    path = tmp_path / "model.gguf"
    export(model, tokenizer_json, path, Labels("test", {"threshold": 0.5}), kind)
    asked = questions(model.shape.vocabulary)
    same(in_torch(model, asked), in_llama(path, asked, tmp_path), tolerance)


def test_training_can_go_on_from_the_file(model: Model, tokenizer_json: str, tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    export(model, tokenizer_json, path, Labels("test", {}), "f32")
    shipped = Shipped(path)
    assert shipped.vocabulary.tokenizer.to_str() == Vocabulary.from_json(tokenizer_json).tokenizer.to_str()
    again = Model(model.shape)
    again.load_state_dict(shipped.load()["model"])
    assert all(torch.equal(old, new) for old, new in zip(model.parameters(), again.parameters(), strict=True))


def test_the_file_carries_tokenizer_and_threshold(model: Model, tokenizer_json: str, tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    export(model, tokenizer_json, path, Labels("test", {"threshold": 0.5}))
    fields = GGUFReader(path).fields
    assert fields["tokenizer.huggingface.json"].contents() == tokenizer_json
    assert json.loads(fields["translator.confidence"].contents()) == {"threshold": 0.5}
    assert len(fields["tokenizer.ggml.tokens"].data) == model.shape.vocabulary


def shipped() -> Model:
    """The embedded model, read back into PyTorch."""
    reader = GGUFReader(EMBEDDED)
    fields = {name: field.contents() for name, field in reader.fields.items() if name.startswith("llama.")}
    embedding = next(t for t in reader.tensors if t.name == "token_embd.weight")
    shape = Shape(
        vocabulary=int(embedding.shape[1]),
        width=fields["llama.embedding_length"],
        layers=fields["llama.block_count"],
        heads=fields["llama.attention.head_count"],
        hidden=fields["llama.feed_forward_length"],
        context=fields["llama.context_length"],
        rope_base=fields["llama.rope.freq_base"],
        epsilon=fields["llama.attention.layer_norm_rms_epsilon"],
    )
    stored = {t.name: torch.from_numpy(dequantize(t.data, t.tensor_type).copy()) for t in reader.tensors}
    model = Model(shape)
    state = {"embedding.weight": stored["token_embd.weight"], "norm.weight": stored["output_norm.weight"]}
    for layer in range(shape.layers):
        there, here = f"blk.{layer}", f"blocks.{layer}"
        state |= {
            f"{here}.attention_norm.weight": stored[f"{there}.attn_norm.weight"],
            f"{here}.qkv.weight": torch.cat([stored[f"{there}.attn_{name}.weight"] for name in "qkv"]),
            f"{here}.out.weight": stored[f"{there}.attn_output.weight"],
            f"{here}.feed_norm.weight": stored[f"{there}.ffn_norm.weight"],
            f"{here}.gate_up.weight": torch.cat([stored[f"{there}.ffn_{name}.weight"] for name in ("gate", "up")]),
            f"{here}.down.weight": stored[f"{there}.ffn_down.weight"],
        }
    model.load_state_dict(state)
    assert {name for name, _ in tensors(model)} == set(stored)
    return model


@needs_server
def test_llama_cpp_agrees_on_the_embedded_model(tmp_path: Path) -> None:
    model = shipped()
    asked = questions(model.shape.vocabulary)
    same(in_torch(model, asked), in_llama(EMBEDDED, asked, tmp_path), 0.08)
