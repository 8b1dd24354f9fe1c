"""The PyTorch network behind the interface that the decoder uses, for measuring without llama.cpp."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from .model import Model


class TorchNetwork:
    """Recomputes everything at each token: slow, simple, and the reference for the exported file.

    The first tokens fed after `keep(0)` are the prompt.
    """

    def __init__(self, model: Model) -> None:
        self._model = model.eval()
        self._tokens: list[int] = []
        self._prompt = 0

    def keep(self, count: int) -> None:
        """Forget all but the first `count` tokens."""
        self._tokens = self._tokens[:count]

    def feed(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Append tokens; the logits (vocabulary,) after the last."""
        if not self._tokens:
            self._prompt = len(tokens)
        self._tokens += tokens
        last = torch.tensor([len(self._tokens) - 1])
        with torch.no_grad():
            logits = self._model(torch.tensor([self._tokens]), torch.tensor([self._prompt]), last)
        found: NDArray[np.float32] = logits[0].float().numpy()
        return found
