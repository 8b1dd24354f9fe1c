"""An utterance as units: the words, numbers and signs that the specialist model reads, and points at in its answer.

A unit is a run of letters, a number, one arithmetic sign, or one character of a script without spaces. Everything else
(punctuation, apostrophes, emoji) is left out. A unit keeps its place in the original text, so that a value which the
model points at comes back in the speaker's own spelling.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

SIGNS = frozenset("+-*/^%×÷=°√²³€$£()")
SIGNS_INSIDE_WORDS = frozenset("-/*+")
"""Between two letters these only join words: "jean-michel", "AC/DC"."""
NO_SPACES = re.compile("[\u3005\u3006\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]")
"""Hiragana, katakana, Han: each character is a unit."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LONGEST_NUMBER = 15
"""Characters; all such numbers are exact as floats."""
GROUPED = {",": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"), ".": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")}
POINT_GROUPS = frozenset({"de", "es", "it", "nl", "fr", "da", "pt"})
"""Languages that write a thousand as 1.000."""


class Sort(Enum):
    """What a unit is made of."""

    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; `text` is what the model reads, `start` and `end` its place in the original text."""

    text: str
    sort: Sort
    start: int
    end: int


def split(text: str) -> list[Unit]:
    """The units of `text`, in order."""
    return list(_units(text))


def _units(text: str) -> Iterator[Unit]:
    at = 0
    while at < len(text):
        character = text[at]
        end = at + 1
        if NO_SPACES.match(character):
            yield Unit(_plain(character), Sort.WORD, at, end)
        elif matched := NUMBER.match(text, at):
            end = matched.end()
            yield Unit(_plain(text[at:end]), Sort.NUMBER, at, end)
        elif _is_letter(character):
            while end < len(text) and _is_letter(text[end]) and not NO_SPACES.match(text[end]):
                end += 1
            yield Unit(_plain(text[at:end]), Sort.WORD, at, end)
        elif character in SIGNS and not _joins_words(text, at):
            yield Unit(character, Sort.SIGN, at, end)
        at = end


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM" or (character.isnumeric() and not character.isdecimal())


def _joins_words(text: str, at: int) -> bool:
    return text[at] in SIGNS_INSIDE_WORDS and text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()


def _plain(text: str) -> str:
    """Compatibility forms unified, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def number(text: str, language: str) -> int | float | None:
    """The number that digits write, None where they are none or too many: "1,000" is 1000, "2,5" is 2.5."""
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text):
        return None
    group = "." if language in POINT_GROUPS else ","
    if GROUPED[group].fullmatch(text):
        text = text.replace(group, "")
    text = text.replace(",", ".")
    if text.count(".") > 1:
        return None
    return plain_number(float(text)) if "." in text else int(text)


def plain_number(value: float) -> int | float:
    """The value as an int where it is whole."""
    return int(value) if float(value).is_integer() else float(value)
