"""A shipped translator read back, so that training can go on from it where its run is gone."""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gguf import GGUFReader
from gguf.quants import dequantize
from torch import Tensor

from wyoming_server.translation.vocabulary import Vocabulary

from .export import TOKENIZER_KEY


class Shipped:
    """A GGUF file that `export` wrote, as a run to begin with."""

    def __init__(self, path: Path) -> None:
        self.checkpoint = path

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The model's tokens; raises ValueError where the file is no translator of ours."""
        field = GGUFReader(self.checkpoint).get_field(TOKENIZER_KEY)
        if field is None:
            raise ValueError(f"{self.checkpoint} is no translator made by training")
        return Vocabulary.from_json(str(field.contents()))

    def load(self) -> dict[str, Any]:
        """The weights as a checkpoint holds them, as exact as the file's 8 bits."""
        return {"model": _weights(self.checkpoint)}


def _weights(path: Path) -> dict[str, Tensor]:
    """The weights by the names of `Model`."""
    found = {
        str(tensor.name): torch.from_numpy(np.array(dequantize(tensor.data, tensor.tensor_type), dtype=np.float32))
        for tensor in GGUFReader(path).tensors
    }
    state = {"embedding.weight": found["token_embd.weight"], "norm.weight": found["output_norm.weight"]}
    for layer in range(sum(name.endswith("attn_norm.weight") for name in found)):
        there, here = f"blk.{layer}", f"blocks.{layer}"
        state[f"{here}.attention_norm.weight"] = found[f"{there}.attn_norm.weight"]
        state[f"{here}.qkv.weight"] = torch.cat([found[f"{there}.attn_{name}.weight"] for name in "qkv"])
        state[f"{here}.out.weight"] = found[f"{there}.attn_output.weight"]
        state[f"{here}.feed_norm.weight"] = found[f"{there}.ffn_norm.weight"]
        state[f"{here}.gate_up.weight"] = torch.cat([found[f"{there}.ffn_{name}.weight"] for name in ("gate", "up")])
        state[f"{here}.down.weight"] = found[f"{there}.ffn_down.weight"]
    return state
