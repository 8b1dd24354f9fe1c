"""Writes the answer: the likeliest token that the grammar allows, again and again."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .confidence import Certainty
from .grammar import Grammar


class Network(Protocol):
    """Anything that continues tokens: llama.cpp at run time, PyTorch in training."""

    def keep(self, count: int) -> None:
        """Forget all but the first `count` tokens."""

    def feed(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Append tokens; the logits (vocabulary,) after the last."""


def decode(network: Network, logits: NDArray[np.float32], grammar: Grammar) -> tuple[list[int], Certainty]:
    """The answer's tokens, and how likely each was that was a choice.

    `logits` are those after the prompt. Tokens go in one at a time, the forced ones too: tokens that are fed together
    see each other (see `LlamaModel`), which the model has not learned for its answer.
    """
    tokens: list[int] = []
    probabilities: list[float] = []
    functions: list[float] = []
    while True:
        allowed = grammar.allowed()
        token, probability = choose(logits, allowed)
        if len(allowed) > 1:
            probabilities.append(probability)
            if grammar.chooses_function:
                functions.append(probability)
        grammar.advance(token)
        tokens.append(token)
        if grammar.done:
            return tokens, Certainty(tuple(probabilities), tuple(functions))
        logits = network.feed([token])


def choose(logits: NDArray[np.float32], allowed: Sequence[int]) -> tuple[int, float]:
    """The likeliest of the allowed tokens, and its probability among them."""
    if len(allowed) == 1:
        return allowed[0], 1.0
    scores = logits[np.asarray(allowed)].astype(np.float64)
    best = int(scores.argmax())
    return allowed[best], float(1 / np.exp(scores - scores[best]).sum())
