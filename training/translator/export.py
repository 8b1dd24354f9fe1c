"""The trained network as one GGUF file: weights, tokenizer, calibration."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType, GGUFWriter, LlamaFileType, TokenType
from gguf.quants import quantize
from numpy.typing import NDArray

from wyoming_server.translation.vocabulary import END, LANGUAGES, PAD, structure

from .model import Model

NAME = "Local LLM Voice translator"
TOKENIZER_KEY = "tokenizer.huggingface.json"
"""Where the file holds its tokenizer; `wyoming_server.translation.specialist` reads it there."""


@dataclass(frozen=True)
class Labels:
    """What a file says of itself."""

    version: str
    confidence: Mapping[str, Any]
    """See `wyoming_server.translation.confidence`."""


KINDS: Mapping[str, tuple[LlamaFileType, GGMLQuantizationType]] = {
    "q8_0": (LlamaFileType.MOSTLY_Q8_0, GGMLQuantizationType.Q8_0),
    "q5_0": (LlamaFileType.MOSTLY_Q5_0, GGMLQuantizationType.Q5_0),
    "q4_0": (LlamaFileType.MOSTLY_Q4_0, GGMLQuantizationType.Q4_0),
    "f16": (LlamaFileType.MOSTLY_F16, GGMLQuantizationType.F16),
    "f32": (LlamaFileType.ALL_F32, GGMLQuantizationType.F32),
}
"""Types of the matrices."""


def export(model: Model, tokenizer_json: str, path: Path, labels: Labels, kind: str = "q8_0") -> None:
    """Write `model` to `path`; `kind` is one of `KINDS`."""
    shape = model.shape
    writer = GGUFWriter(path, "llama")
    writer.add_name(NAME)
    writer.add_version(labels.version)
    writer.add_license("apache-2.0")
    writer.add_languages(list(LANGUAGES))
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.hidden)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(shape.epsilon)
    writer.add_vocab_size(shape.vocabulary)
    writer.add_file_type(KINDS[kind][0])
    writer.add_quantization_version(2)
    _add_tokenizer(writer, tokenizer_json, shape.vocabulary)
    writer.add_string(TOKENIZER_KEY, tokenizer_json)
    writer.add_string("translator.confidence", json.dumps(dict(labels.confidence)))
    for name, weights in tensors(model):
        _add_tensor(writer, name, weights, kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def tensors(model: Model) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The weights by their GGUF names. The output layer is the embedding, so it is not stored."""
    state = {name: value.detach().float().numpy() for name, value in model.state_dict().items()}
    yield "token_embd.weight", state["embedding.weight"]
    yield "output_norm.weight", state["norm.weight"]
    for layer in range(model.shape.layers):
        there, here = f"blk.{layer}", f"blocks.{layer}"
        yield f"{there}.attn_norm.weight", state[f"{here}.attention_norm.weight"]
        for name, weights in zip("qkv", np.split(state[f"{here}.qkv.weight"], 3), strict=True):
            yield f"{there}.attn_{name}.weight", weights
        yield f"{there}.attn_output.weight", state[f"{here}.out.weight"]
        yield f"{there}.ffn_norm.weight", state[f"{here}.feed_norm.weight"]
        for name, weights in zip(("gate", "up"), np.split(state[f"{here}.gate_up.weight"], 2), strict=True):
            yield f"{there}.ffn_{name}.weight", weights
        yield f"{there}.ffn_down.weight", state[f"{here}.down.weight"]


def _add_tensor(writer: GGUFWriter, name: str, weights: NDArray[np.float32], kind: str) -> None:
    weights = np.ascontiguousarray(weights)
    type_ = KINDS[kind][1]
    if weights.ndim == 1 or type_ is GGMLQuantizationType.F32:
        writer.add_tensor(name, weights)
    elif type_ is GGMLQuantizationType.F16:
        writer.add_tensor(name, weights.astype(np.float16))
    else:
        writer.add_tensor(name, quantize(weights, type_), raw_dtype=type_)


def _add_tokenizer(writer: GGUFWriter, tokenizer_json: str, size: int) -> None:
    """The same tokens for llama.cpp's own tokenizer, so that any of its tools loads the file."""
    tokenizer = json.loads(tokenizer_json)
    tokens = {id_: token for token, id_ in tokenizer["model"]["vocab"].items()}
    tokens |= {added["id"]: added["content"] for added in tokenizer["added_tokens"]}
    special = set(structure())
    listed = [tokens.get(id_, f"<|unused{id_}|>") for id_ in range(size)]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(listed)
    writer.add_token_types([TokenType.USER_DEFINED if t in special else TokenType.NORMAL for t in listed])
    writer.add_token_merges([" ".join(merge) for merge in tokenizer["model"]["merges"]])
    writer.add_eos_token_id(listed.index(END))
    writer.add_bos_token_id(listed.index(END))
    writer.add_pad_token_id(listed.index(PAD))
    writer.add_add_bos_token(False)
