"""Texts that must not occur in training rows: those that measure."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from .rows import fold

GRAM = 4
NEAR = 0.9
"""Jaccard similarity of character n-grams from which two texts are near duplicates."""
RAREST = 4
"""Rarest n-grams of a text that are looked up for candidates; exact for the threshold on all but very short texts."""


class Never:
    """An index of texts, to tell whether another text is one of them, or nearly so."""

    def __init__(self, texts: Iterable[str]) -> None:
        folded = {fold(text) for text in texts}
        self._exact = folded | {text.replace(" ", "") for text in folded}
        self._words = {_bag(text) for text in folded}
        self._grams = [_grams(text) for text in sorted(folded)]
        self._frequency = Counter(gram for grams in self._grams for gram in grams)
        self._where: dict[str, list[int]] = defaultdict(list)
        for number, grams in enumerate(self._grams):
            for gram in grams:
                self._where[gram].append(number)

    def exact(self, text: str) -> bool:
        """Whether the text is one of them, apart from case, punctuation and spaces."""
        folded = fold(text)
        return folded in self._exact or folded.replace(" ", "") in self._exact

    def near(self, text: str) -> bool:
        """Whether it has the same words as one of them in another order, or almost the same letters."""
        folded = fold(text)
        if _bag(folded) in self._words:
            return True
        grams = _grams(folded)
        spare = max(RAREST, int(len(grams) * (1 - NEAR)) + 1)
        rarest = sorted(grams, key=lambda gram: self._frequency.get(gram, 0))[:spare]
        candidates = {number for gram in rarest for number in self._where.get(gram, ())}
        for number in candidates:
            other = self._grams[number]
            if min(len(grams), len(other)) < NEAR * max(len(grams), len(other)):
                continue
            shared = len(grams & other)
            if shared >= NEAR * (len(grams) + len(other) - shared):
                return True
        return False


def read_texts(paths: Iterable[Path]) -> list[str]:
    """The texts of data files."""
    texts = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    return texts


def _bag(folded: str) -> tuple[str, ...]:
    return tuple(sorted(folded.split()))


def _grams(folded: str) -> frozenset[str]:
    padded = f" {folded} "
    return frozenset(padded[i : i + GRAM] for i in range(max(1, len(padded) - GRAM + 1)))
