"""What is spoken to the ear: sentences from text files and data sets, and random mixes of their words.

The mixes keep the ear honest: a decoder that only learned which sentences are usual would guess instead of listen.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.ear.words import spoken

_LONGEST_MIX = 7


def read_sentences(files: Iterable[Path], language: str) -> list[str]:
    """The spoken form of every line of `*.txt` and every row of `*.jsonl` (`text`, `lang`), each once, in order."""
    sentences = (spoken(text, language) for file in files for text in _texts(file, language))
    return list(dict.fromkeys(sentence for sentence in sentences if sentence))


def of_common_words(sentences: Iterable[str], times: int) -> list[str]:
    """The sentences whose every word occurs `times` times or more in all of them: real words, not made-up names."""
    known = [*sentences]
    frequencies = Counter(word for sentence in known for word in sentence.split())
    return [sentence for sentence in known if all(frequencies[word] >= times for word in sentence.split())]


def _texts(file: Path, language: str) -> Iterator[str]:
    with file.open(encoding="utf-8") as lines:
        if file.suffix != ".jsonl":
            yield from (line.strip() for line in lines if not line.startswith("#"))
            return
        for line in lines:
            row = json.loads(line)
            if row.get("lang", language) == language:
                yield row["text"]


def mix_words(sentences: Iterable[str], count: int, chance: random.Random) -> list[str]:
    """`count` sequences of one to seven words, in no order that means anything; rare words come up more than usual."""
    frequencies = Counter(word for sentence in sentences for word in sentence.split())
    words = sorted(frequencies)
    weights = [frequencies[word] ** 0.4 for word in words]
    return [" ".join(chance.choices(words, weights, k=chance.randint(1, _LONGEST_MIX))) for _ in range(count)]


def choose(sentences: list[str], count: int, chance: random.Random) -> list[str]:
    """`count` of `sentences`, all of them before any comes twice."""
    chosen: list[str] = []
    while len(chosen) < count:
        chosen += chance.sample(sentences, min(len(sentences), count - len(chosen)))
    return chosen


def is_held_out(sentence: str, share: float = 0.02) -> bool:
    """Whether `sentence` is kept for measuring: a fixed choice by its words, the same in every run."""
    return random.Random(sentence).random() < share
