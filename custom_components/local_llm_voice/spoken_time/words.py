"""The words for times of a language, and a text cut into them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
import json
from pathlib import Path
import re
from typing import Any, Final
import unicodedata

from ..speech import LANGUAGES, closest

_SIMPLE: Final = (
    "am",
    "pm",
    "now",
    "later",
    "weekend",
    "next",
    "this",
    "last",
    "before",
    "delta",
    "after",
    "few",
    "half",
    "month",
    "oclock",
    "ignored",
)
"""Lists of words that mean one thing, in order: a word of two lists is of the first."""

_CLOCK: Final = re.compile(r"(\d{1,2})\s?[:h.時点]\s?(\d{2})(?!\d)")
_NUMBER: Final = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Word:
    """A word that was understood: what kind it is, and what it says."""

    kind: str
    value: Any
    text: str


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    meanings: Mapping[str, tuple[str, Any]]
    hours: frozenset[str]
    """Words of "5 o'clock" that also are those of "5 hours"."""

    compounds: bool
    """Words may follow each other without a space."""

    next_is_next_week: bool
    """The next Friday is the one of the next week, on a Monday as well."""

    def cut(self, text: str) -> Iterator[Word]:
        """Cut a text into words; what is not known comes as the kind "unknown"."""
        text = normal(text)
        at = 0
        while at < len(text):
            if not text[at].isalnum() and text[at] != "'":
                at += 1
                continue
            word, length = self._at(text, at)
            yield word
            at += length

    def _at(self, text: str, at: int) -> tuple[Word, int]:
        if clock := _CLOCK.match(text, at):
            moment = (int(clock[1]), int(clock[2]))
            return Word("clock", moment, clock[0]), len(clock[0])
        best: tuple[bool, int] = (False, 0)
        for phrase in self.meanings:
            if text.startswith(phrase, at):
                whole = _ends(text, at + len(phrase)) or phrase.endswith("'")
                if whole or self.compounds:
                    best = max(best, (whole, len(phrase)))
        if length := best[1]:
            phrase = text[at : at + length]
            return Word(*self.meanings[phrase], phrase), length
        if number := _NUMBER.match(text, at):
            return Word("number", int(number[0]), number[0]), len(number[0])
        unknown = re.compile(r"[\w']+").match(text, at)
        rest = unknown[0] if unknown else text[at]
        return Word("unknown", None, rest), len(rest)


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or not text[at].isalnum()


def normal(text: str) -> str:
    """Return a text as it is compared: lower case, plain apostrophes and digits."""
    text = unicodedata.normalize("NFKC", text.replace("’", "'"))
    return unicodedata.normalize("NFC", text.casefold())


def words_of(language: str | None) -> Words:
    """Return the words of a language, of English where the language is not spoken."""
    return _read(closest(language))


def load() -> None:
    """Read every language, so that nothing is read later in the event loop."""
    for language in LANGUAGES:
        _read(language)


@cache
def _read(language: str) -> Words:
    path = Path(__file__).parent / "languages" / f"{language}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    meanings: dict[str, tuple[str, Any]] = {}

    def add(kind: str, value: Any, phrases: list[str]) -> None:
        for phrase in phrases:
            meanings.setdefault(normal(phrase), (kind, value))

    for pair, phrases in data["both"].items():
        add("both", tuple(pair.split()), phrases)
    for name in ("days", "holidays"):
        for value, phrases in data[name].items():
            add(name, value, phrases)
    add("am", None, data["am"])
    add("pm", None, data["pm"])
    for value, phrases in data["parts"].items():
        add("parts", value, phrases)
    for name in ("weekdays", "months"):
        for index, phrases in enumerate(data[name]):
            add(name, index, phrases)
    for value, phrases in data["units"].items():
        add("units", value, phrases)
    for name in _SIMPLE:
        add(name, None, data[name])
    for phrase, number in data["numbers"].items():
        add("number", number, [phrase])
    return Words(
        meanings=meanings,
        hours=frozenset(map(normal, data["oclock"])),
        compounds=data["compounds"],
        next_is_next_week=data["next_is_next_week"],
    )
