"""Many rows behind one reading of the prompt's fixed part.

The catalogue takes thousands of tokens, a row some fifty. So a batch is one sequence: the fixed part, then the rows one
after another, each of which sees the fixed part and itself, at the positions that it would have alone. What comes out,
gradients too, is what separate sequences would give, at a small part of their cost.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ..data.mixture import REPEATS
from .examples import Example
from .wording import Wording


@dataclass(frozen=True)
class Batch:
    """Rows behind one fixed part."""

    tokens: Tensor
    """(1, length)"""
    positions: Tensor
    """(1, length)"""
    mask: Tensor
    """(1, 1, length, length): whether the token of a line sees the one of a column."""
    chosen: Tensor
    """Where in `tokens` the next token is part of an answer."""
    targets: Tensor
    """The tokens that come after `chosen`."""
    rows: Tensor
    """The row of each of `chosen`."""

    def to(self, device: torch.device) -> "Batch":
        """The batch on a device."""
        return Batch(*(getattr(self, name).to(device) for name in self.__dataclass_fields__))


def collate(fixed: Sequence[int], pairs: Sequence[tuple[list[int], list[int]]]) -> Batch:
    """One batch of prompts and answers."""
    tokens, positions, owners = list(fixed), list(range(len(fixed))), [-1] * len(fixed)
    chosen: list[int] = []
    targets: list[int] = []
    rows: list[int] = []
    for row, (prompt, answer) in enumerate(pairs):
        sequence = prompt + answer[:-1]
        first = len(tokens) + len(prompt) - 1
        tokens += sequence
        positions += range(len(fixed), len(fixed) + len(sequence))
        owners += [row] * len(sequence)
        chosen += range(first, first + len(answer))
        targets += answer
        rows += [row] * len(answer)
    owner = torch.tensor(owners)
    sees = (owner[:, None] == owner) | (owner == -1)
    mask = sees & torch.ones(len(tokens), len(tokens), dtype=torch.bool).tril()
    return Batch(
        torch.tensor([tokens]),
        torch.tensor([positions]),
        mask[None, None],
        torch.tensor(chosen),
        torch.tensor(targets),
        torch.tensor(rows),
    )


def training_batches(examples: Sequence[Example], wording: Wording, rows: int, seed: int) -> Iterator[Batch]:
    """Endless batches, rows drawn by weight."""
    draw = random.Random(seed)
    weights = [REPEATS.get(example.source, 1.0) for example in examples]
    cumulative = torch.tensor(weights, dtype=torch.float64).cumsum(0).tolist()
    while True:
        pairs: list[tuple[list[int], list[int]]] = []
        while len(pairs) < rows:
            pair = wording.tokens(draw.choices(examples, cum_weights=cumulative)[0])
            if wording.fits(*pair):
                pairs.append(pair)
        yield collate(wording.fixed, pairs)


def plain_batches(examples: Sequence[Example], wording: Wording, rows: int) -> Iterator[Batch]:
    """Every example once, for measuring; those that the server has no room for are left out."""
    pairs = [pair for pair in map(wording.tokens, examples) if wording.fits(*pair)]
    for at in range(0, len(pairs), rows):
        yield collate(wording.fixed, pairs[at : at + rows])
