"""Numbers said in words, read as the numbers they are: "twenty three", "dreiundzwanzig", "quatre-vingt-deux", 二十三.

With every number in digits before it, the model need not learn the number words of nine languages, and points at a
number however it was said. Words that are articles too ("ein", "un", "one") stay words when they stand alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from .number_lexicon import LEXICONS, Lexicon

LARGEST = 10**12
MOST_DECIMALS = 6
MOST_WORDS = 16
"""Of one number."""
LONGEST_WORD = 80
"""Characters of a number in one word."""
FIGURES = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")


def plain_number(value: float) -> int | float:
    """The value as an int where it is whole."""
    return int(value) if float(value).is_integer() else float(value)


class _Kind(Enum):
    SMALL = auto()
    """0 to 99."""
    HUNDREDS = auto()
    """A whole number of hundreds in one word."""
    HUNDRED = auto()
    """Times a hundred."""
    LARGE = auto()
    """Times a thousand, a million."""
    FIGURES = auto()
    """Digits: a number in words only together with a word, "3 million"."""
    AND = auto()
    POINT = auto()


@dataclass(frozen=True, slots=True)
class _Part:
    kind: _Kind
    value: int | float = 0
    ends_word: bool = True


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """The words `first` up to, not including, `end` say this number."""

    first: int
    end: int
    value: int | float


def spoken_numbers(words: Sequence[str], language: str) -> Iterator[SpokenNumber]:
    """The numbers that words say, each as long as can be; `words` are lower case and follow on each other directly."""
    lexicon = LEXICONS.get(language)
    at = 0
    while lexicon and at < len(words):
        found = _Reader(words[at : at + MOST_WORDS], lexicon).read()
        if found is None or (found[1] == 1 and words[at] in lexicon.articles):
            at += 1
            continue
        yield SpokenNumber(at, at + found[1], found[0])
        at += found[1]


class _Reader:
    """Reads the number with which some words begin: recursive descent over the parts of the words."""

    def __init__(self, words: Sequence[str], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._parts: list[_Part] = []
        for word in words:
            parts = _parts(word, lexicon)
            if parts is None:
                break
            self._parts += parts

    def read(self) -> tuple[int | float, int] | None:
        """The number and how many words it takes; None where the words begin with no number."""
        whole = self._whole()
        if whole is None:
            return None
        value, end = whole
        words = self._words(end)
        if words is None or value > LARGEST:
            return None
        decimals, end = self._decimals(end)
        if decimals:
            return float(f"{plain_number(value)}.{decimals}"), self._words(end) or words
        return plain_number(value), words

    def _words(self, end: int) -> int | None:
        """How many words the parts before `end` are; None where `end` is inside a word."""
        if not self._parts[end - 1].ends_word:
            return None
        return sum(part.ends_word for part in self._parts[:end])

    def _at(self, at: int, kind: _Kind) -> int | float | None:
        """The value of the part at this place, where it is of this kind."""
        part = self._parts[at] if at < len(self._parts) else None
        return part.value if part is not None and part.kind is kind else None

    def _whole(self) -> tuple[int | float, int] | None:
        total: int | float = 0
        limit: int | float = LARGEST + 1
        at = 0
        while True:
            after = at + 1 if total and self._at(at, _Kind.AND) is not None else at
            found = self._below_thousand(after)
            value, end = found if found else (1, after)
            large = self._at(end, _Kind.LARGE)
            if large is not None and large < limit:
                total, at, limit = total + round(value * large), end + 1, large
            elif found is None or large is not None or value >= limit:
                return (total, at) if at else None
            else:
                return total + value, end

    def _below_thousand(self, at: int) -> tuple[int | float, int] | None:
        """A number below a thousand, or of up to 99 hundreds; or figures that a larger word follows."""
        if (figures := self._at(at, _Kind.FIGURES)) is not None:
            return (figures, at + 1) if self._at(at + 1, _Kind.LARGE) is not None else None
        hundreds = self._at(at, _Kind.HUNDREDS)
        small = self._small(at)
        if hundreds is not None:
            value, end = hundreds, at + 1
        elif self._at(small[1] if small else at, _Kind.HUNDRED) is not None:
            value, end = 100 * (small[0] if small else 1), (small[1] if small else at) + 1
        else:
            return small
        rest = self._small(end + 1 if self._at(end, _Kind.AND) is not None else end)
        return (value + rest[0], rest[1]) if rest and rest[0] else (value, end)

    def _small(self, at: int) -> tuple[int | float, int] | None:
        found = self._below_twenty(at)
        if found is None:
            return None
        value, end = found
        if self._lexicon.twenties and value == 4 and self._at(end, _Kind.SMALL) == 20:  # quatre-vingts
            value, end = 80, end + 1
        linked = self._at(end, _Kind.AND) is not None and self._lexicon.linked_tens
        following = self._below_twenty(end + linked)
        most = 19 if self._lexicon.twenties and value in (60, 80) else 9
        is_ten = self._lexicon.spaced_tens and value >= 20 and value % 10 == 0
        if is_ten and following and 0 < following[0] <= most:
            return value + following[0], following[1]
        return value, end

    def _below_twenty(self, at: int) -> tuple[int | float, int] | None:
        """One word's number, or dix-sept, dix-huit, dix-neuf."""
        value = self._at(at, _Kind.SMALL)
        if value is None:
            return None
        if self._lexicon.twenties and value == 10 and (self._at(at + 1, _Kind.SMALL) or 0) in (7, 8, 9):
            return 10 + (self._at(at + 1, _Kind.SMALL) or 0), at + 2
        return value, at + 1

    def _decimals(self, at: int) -> tuple[str, int]:
        """The digits after the point, as they were said; none where there is no point."""
        digits = ""
        if self._at(at, _Kind.POINT) is None:
            return digits, at
        at += 1
        while (value := self._at(at, _Kind.SMALL)) is not None and len(digits) < MOST_DECIMALS:
            found = self._small(at) if not digits else None
            digits, at = (f"{digits}{found[0]}", found[1]) if found else (f"{digits}{value}", at + 1)
            if value > 9:
                break
        return digits, at


@lru_cache(maxsize=20_000)
def _parts(word: str, lexicon: Lexicon) -> tuple[_Part, ...] | None:
    """A word as parts of a number; None where it says none. "Zweihundertdrei" has three."""
    if FIGURES.fullmatch(word):
        return (_Part(_Kind.FIGURES, float(word.replace(",", ".")) if set(word) & set(".,") else int(word)),)
    known = _known(lexicon)
    if word in known:
        return (known[word],)
    if not lexicon.compounds or len(word) > LONGEST_WORD:
        return None
    found = _split(word, known)
    return (*(_Part(p.kind, p.value, ends_word=False) for p in found[:-1]), found[-1]) if found else None


def _split(word: str, known: dict[str, _Part]) -> list[_Part] | None:
    for end in range(len(word), 0, -1):
        part = known.get(word[:end])
        if part is None or part.kind is _Kind.POINT:
            continue
        if end == len(word):
            return [part] if part.kind is not _Kind.AND else None
        rest = _split(word[end:], known)
        if rest is not None:
            return [part, *rest]
    return None


@lru_cache(maxsize=16)
def _known(lexicon: Lexicon) -> dict[str, _Part]:
    """Every word that is a part of a number, with what it says."""
    kinds: tuple[tuple[_Kind, Callable[[], dict[str, int]]], ...] = (
        (_Kind.POINT, lambda: dict.fromkeys(lexicon.point, 0)),
        (_Kind.AND, lambda: dict.fromkeys(lexicon.link, 0)),
        (_Kind.HUNDREDS, lambda: dict(lexicon.hundreds)),
        (_Kind.HUNDRED, lambda: dict.fromkeys(lexicon.hundred, 100)),
        (_Kind.LARGE, lambda: dict(lexicon.large)),
        (_Kind.SMALL, lexicon.small),
    )
    return {word: _Part(kind, value) for kind, words in kinds for word, value in words().items()}
