"""Batches of similar lengths, so that little of the work is padding."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from wyoming_server.translation.vocabulary import Vocabulary

from .examples import Example
from .tagging import Tags
from .variation import Variation

LENGTHS = (16, 20, 24, 28, 32, 40, 48, 64, 96, 160)
"""Padded lengths; each is one shape that the compiler sees."""
POOL = 48
"""Batches drawn at once and sorted by length."""


@dataclass(frozen=True)
class Batch:
    """One step's rows."""

    tokens: Tensor
    """(rows, length) prompt and answer, padded."""
    prompt_lengths: Tensor
    """(rows,)"""
    chosen: Tensor
    """Flat positions of `tokens` whose next token is part of the answer."""
    targets: Tensor
    """The tokens that come after `chosen`."""
    rows: Tensor
    """The row of each of `chosen`."""
    units: Tensor
    """Flat positions of `tokens` where a unit of the prompt begins."""
    tags: Tensor
    """The tag of each of `units`."""


def padded(length: int) -> int:
    """The padded length; raises ValueError above the longest."""
    for candidate in LENGTHS:
        if length <= candidate:
            return candidate
    raise ValueError(f"{length} tokens are too long")


def collate(pairs: Sequence[tuple[list[int], list[int]]], length: int, pad: int, tagging: Tags) -> Batch:
    """One batch of prompts and answers."""
    tokens = torch.full((len(pairs), length), pad, dtype=torch.long)
    chosen: list[int] = []
    targets: list[int] = []
    rows: list[int] = []
    units: list[int] = []
    tags: list[int] = []
    for row, (prompt, answer) in enumerate(pairs):
        sequence = prompt + answer[:-1]
        tokens[row, : len(sequence)] = torch.tensor(sequence)
        first = row * length + len(prompt) - 1
        chosen += range(first, first + len(answer))
        targets += answer
        rows += [row] * len(answer)
        positions, found = tagging.of(prompt, answer)
        units += [row * length + position for position in positions]
        tags += found
    lengths = torch.tensor([len(prompt) for prompt, _ in pairs])
    counted = (torch.tensor(values, dtype=torch.long) for values in (chosen, targets, rows, units, tags))
    return Batch(tokens, lengths, *counted)


def training_batches(
    examples: Sequence[Example],
    weights: Sequence[float],
    variation: Variation,
    vocabulary: Vocabulary,
    budget: int,
    seed: int,
) -> Iterator[Batch]:
    """Endless batches of about `budget` padded tokens, rows drawn by weight and varied."""
    draw, tagging = random.Random(seed), Tags(vocabulary)
    cumulative = torch.tensor(weights, dtype=torch.float64).cumsum(0).tolist()
    waiting: dict[int, list[tuple[list[int], list[int]]]] = {length: [] for length in LENGTHS}
    while True:
        ready: list[Batch] = []
        while len(ready) < POOL:
            for example in draw.choices(examples, cum_weights=cumulative, k=256):
                prompt, answer = variation.tokens(example)
                if len(prompt) + len(answer) - 1 > LENGTHS[-1]:
                    continue
                length = padded(len(prompt) + len(answer) - 1)
                waiting[length].append((prompt, answer))
                if len(waiting[length]) >= budget // length:
                    ready.append(collate(waiting[length], length, vocabulary.pad, tagging))
                    waiting[length] = []
        draw.shuffle(ready)
        yield from ready


def plain_batches(
    examples: Sequence[Example], variation: Variation, vocabulary: Vocabulary, budget: int
) -> Iterator[Batch]:
    """Every example once, as it is, for measuring."""
    tagging = Tags(vocabulary)
    pairs = sorted((variation.tokens(e, vary=False) for e in examples), key=lambda pair: len(pair[0]) + len(pair[1]))
    pairs = [pair for pair in pairs if len(pair[0]) + len(pair[1]) - 1 <= LENGTHS[-1]]
    while pairs:
        length = padded(len(pairs[0][0]) + len(pairs[0][1]) - 1)
        count = max(1, budget // length)
        group = [pair for pair in pairs[:count] if len(pair[0]) + len(pair[1]) - 1 <= length]
        yield collate(group, length, vocabulary.pad, tagging)
        pairs = pairs[len(group) :]
