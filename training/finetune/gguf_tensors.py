"""The weights of Llama and Qwen models by their GGUF names, in the order that llama.cpp expects."""

from collections.abc import Iterator
from typing import Any

import gguf
import numpy as np
import torch
from numpy.typing import NDArray

from .base import ARCHITECTURES

ROTATION_TYPES = ("default", "linear", "llama3")
"""Ways to stretch positions that come down to one factor a frequency."""


def tensors(model: Any) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The weights; raises ValueError where one has no place in the file."""
    config = model.config
    architecture = ARCHITECTURES[config.model_type]
    kind = next(key for key, name in gguf.MODEL_ARCH_NAMES.items() if name == architecture)
    names = gguf.get_tensor_name_map(kind, config.num_hidden_layers)
    factors = rotation_factors(model)
    if factors is not None:
        yield "rope_freqs.weight", factors
    for name, value in model.state_dict().items():
        if name == "lm_head.weight" and config.tie_word_embeddings:
            continue  # llama.cpp takes the embedding
        stored = names.get_name(name, try_suffixes=(".weight", ".bias"))
        if stored is None:
            raise ValueError(f"there is no place for {name} in a GGUF file of {architecture}")
        weights = value.detach().float().numpy()
        part = name.split(".")[-2]
        if architecture == "llama" and part in ("q_proj", "k_proj"):
            weights = interleave(weights, heads(config) if part == "q_proj" else key_heads(config))
        yield stored, weights


def interleave(weights: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Each head's lines reordered.

    transformers turns line i with line i + half of a head, llama.cpp's "llama" turns neighbours.
    """
    halves = weights.reshape(count, 2, weights.shape[0] // count // 2, *weights.shape[1:])
    return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(weights.shape))


def rotation_factors(model: Any) -> NDArray[np.float32] | None:
    """By how much slower than usual each pair of a head turns with the position; None where all do as usual.

    Raises ValueError where positions are stretched in another way.
    """
    config, rotary = model.config, model.model.rotary_emb
    if config.rope_parameters["rope_type"] not in ROTATION_TYPES or rotary.attention_scaling != 1:
        raise ValueError(f"positions of the type {config.rope_parameters['rope_type']} cannot be exported")
    size = head_size(config)
    if len(rotary.inv_freq) != size // 2:
        raise ValueError("heads that turn only in part cannot be exported")
    usual = config.rope_parameters["rope_theta"] ** (-torch.arange(0, size, 2).double() / size)
    factors = (usual / rotary.inv_freq.double()).float().numpy()
    if np.allclose(factors, 1, rtol=1e-4):
        return None
    if config.model_type != "llama":
        raise ValueError(f"llama.cpp stretches no positions of a {config.model_type} by factors")
    return np.asarray(factors, dtype=np.float32)


def heads(config: Any) -> int:
    """Attention heads of a layer."""
    return int(config.num_attention_heads)


def key_heads(config: Any) -> int:
    """Heads that have keys and values of their own."""
    return int(config.num_key_value_heads or config.num_attention_heads)


def head_size(config: Any) -> int:
    """Values of a head."""
    return int(getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads)
