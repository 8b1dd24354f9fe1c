"""Speech from disk, in batches of similar length, as the model wants to hear it."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import pad

from training.ear.augment import disturb, hear
from training.ear.features import log_mel
from training.ear.tokenizer import EarTokenizer

IGNORED = -100
"""A target that is not learned from."""

SOUND_LETTERS = "".join(chr(code) for code in range(33, 127))
"""What espeak-ng spells sounds with; sound 0 is the blank of CTC."""


_PADDED_SHARE = 1 / 40
_PADDED_ROWS, _PADDED_FRAMES = 4, (600, 3000)
"""A few small batches are padded with zeros up to Whisper's 30 seconds, as faster-whisper does by itself."""


@dataclass(frozen=True)
class Utterance:
    """One clip on disk."""

    samples: NDArray[np.int16]
    text: str
    phonemes: str
    language: str
    voice: str


@dataclass(frozen=True)
class Batch:
    """What a training step needs.

    features (rows, 80, frames); tokens and targets (rows, tokens); sounds: all rows' sounds one after another, and how
    many each has; moments (rows, tokens): the encoder position where a text token is about to be heard, else -1;
    lengths: how many encoder positions each row's speech takes.
    """

    features: Tensor
    tokens: Tensor
    targets: Tensor
    sounds: Tensor
    sound_counts: Tensor
    moments: Tensor
    lengths: Tensor


def read_speech(folder: Path) -> list[Utterance]:
    """All finished shards of `folder`. Raises FileNotFoundError where there is none."""
    utterances = []
    for index in sorted(folder.glob("*.jsonl")):
        samples = np.memmap(index.with_suffix(".samples"), dtype=np.int16, mode="r")
        for line in index.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            clip = samples[row["start"] : row["start"] + row["length"]]
            utterances.append(Utterance(clip, row["text"], row["phonemes"], row["language"], row["voice"]))
    if not utterances:
        raise FileNotFoundError(f"no speech in {folder}; make some with: python -m training ear speak")
    return utterances


def arrange(utterances: list[Utterance], rows: int, chance: random.Random) -> Iterator[list[Utterance]]:
    """All utterances once, `rows` of similar length together, in random order; one in thirty is replaced by silence."""
    order = sorted(utterances, key=lambda utterance: len(utterance.samples) * chance.uniform(0.9, 1.1))
    batches = [order[start : start + rows] for start in range(0, len(order), rows)]
    chance.shuffle(batches)
    for batch in batches:
        yield [_silence(one) if chance.random() < 1 / 30 else one for one in batch]


def _silence(like: Utterance) -> Utterance:
    return Utterance(like.samples[:0], "", "", like.language, like.voice)


def make_batch(
    utterances: list[Utterance],
    tokenizer: EarTokenizer,
    strength: float,
    chance: np.random.Generator,
    hints: list[str],
) -> Batch:
    """Disturbs the utterances by `strength` and spells them; `hints`, where not empty, are names put in each prompt."""
    padded = chance.random() < _PADDED_SHARE
    if padded:
        utterances = utterances[:_PADDED_ROWS]
    heard = hear([utterance.samples for utterance in utterances], strength, chance)
    features = disturb(log_mel(heard.waves), strength, chance)
    if padded:
        features = pad(features, (0, max(0, int(chance.integers(*_PADDED_FRAMES)) - features.shape[-1])))
    timed, named = chance.random() < 0.05, chance.random() < 0.75
    rows = []
    for utterance, span in zip(utterances, heard.spans.tolist(), strict=True):
        prompt = tokenizer.prompt(utterance.language if named else None)
        before = _shuffle(utterance, hints, chance) if hints else ""
        rows.append(_spell(utterance.text, tokenizer, prompt, span, timed=timed, hints=before))
    width = max(len(tokens) for tokens, _, _ in rows)
    sounds = [[SOUND_LETTERS.index(letter) + 1 for letter in utterance.phonemes] for utterance in utterances]
    return Batch(
        features,
        _stack([tokens for tokens, _, _ in rows], width, tokenizer.end),
        _stack([targets for _, targets, _ in rows], width, IGNORED),
        torch.tensor([sound for row in sounds for sound in row], dtype=torch.long),
        torch.tensor([len(row) for row in sounds], dtype=torch.long),
        _stack([moments for _, _, moments in rows], width, -1),
        ((heard.spans[:, 1] - heard.spans[:, 0]) * 50).clamp(min=1),
    )


def _shuffle(utterance: Utterance, hints: list[str], chance: np.random.Generator) -> str:
    """Names for the prompt of one row, half the time with some words of the utterance among them."""
    names = [hints[int(index)] for index in chance.integers(0, len(hints), int(chance.integers(1, 5)))]
    words = utterance.text.split()
    if words and chance.random() < 0.5:
        first = int(chance.integers(len(words)))
        names.append(" ".join(words[first : first + int(chance.integers(1, 4))]))
    chance.shuffle(names)
    return ", ".join(names)


def _spell(
    words: str, tokenizer: EarTokenizer, prompt: list[int], span: list[float], *, timed: bool, hints: str
) -> tuple[list[int], list[int], list[int]]:
    """Input tokens, the token that should follow each, and the encoder position where that is heard."""
    text = tokenizer.encode(words) if words else []
    before = [tokenizer.id("<|startofprev|>"), *tokenizer.encode(hints)] if hints else []
    spoken = list(text)
    if timed and text:
        prompt = prompt[:-1]
        spoken = [tokenizer.time(0), *text, tokenizer.time(span[1])]
    tokens = [*before, *prompt, *spoken]
    targets = [*tokens[1:], tokenizer.end]
    targets[: len(before)] = [IGNORED] * len(before)
    if not text:
        targets[len(before)] = tokenizer.id("<|nospeech|>")
    moments = [-1] * len(tokens)
    first = len(before) + len(prompt) - 1 + (len(spoken) - len(text)) // 2
    for position in range(len(text)):
        share = (position + 0.5) / len(text)
        moments[first + position] = round((span[0] + share * (span[1] - span[0])) * 50)
    return tokens, targets, moments


def _stack(rows: list[list[int]], width: int, filler: int) -> Tensor:
    return torch.tensor([row + [filler] * (width - len(row)) for row in rows])
