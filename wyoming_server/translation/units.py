"""An utterance as units: the words, numbers and signs that the specialist model reads, and points at in its answer.

A unit is a run of letters, a number, one arithmetic sign, or one character of a script without spaces. Everything else
(punctuation, apostrophes, emoji) is left out. A number that is said in words is one unit too, and the model reads its
digits. A unit keeps its place in the original text, so that a value which the model points at comes back in the
speaker's own spelling.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from .han_numbers import han_multiplier, han_number
from .number_words import plain_number, spoken_numbers

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
HAN_LANGUAGES = frozenset({"ja", "zh"})


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
    value: int | float | None = None
    """What a number is; None where it has too many digits."""


def split(text: str, language: str) -> list[Unit]:
    """The units of `text`, in order."""
    units = list(_units(text, language))
    return list(_with_spoken_numbers(text, units, language))


def _with_spoken_numbers(text: str, units: list[Unit], language: str) -> Iterator[Unit]:
    """The units with the words that say a number made one."""
    at = 0
    while at < len(units):
        end = at + 1
        while end < len(units) and _follows(text, units[end - 1], units[end]):
            end += 1
        run = units[at:end]
        done = 0
        for said in spoken_numbers([unit.text for unit in run], language):
            yield from run[done : said.first]
            yield _number_unit(said.value, run[said.first].start, run[said.end - 1].end, language)
            done = said.end
        yield from run[done:]
        at = end


def _follows(text: str, unit: Unit, following: Unit) -> bool:
    """Whether two words or figures stand beside each other, with nothing but space or a hyphen between."""
    between = text[unit.end : following.start]
    return Sort.SIGN not in (unit.sort, following.sort) and between.strip(" -\u2010\u2011") == "" and between != ""


def _number_unit(value: float, start: int, end: int, language: str) -> Unit:
    written = str(value).replace(".", "," if language in POINT_GROUPS else ".")
    return Unit(written, Sort.NUMBER, start, end, value)


def _units(text: str, language: str) -> Iterator[Unit]:
    at = 0
    while at < len(text):
        character = text[at]
        end = at + 1
        if language in HAN_LANGUAGES and (said := han_number(text, at, language)):
            end = said[1]
            yield _number_unit(said[0], at, end, language)
        elif NO_SPACES.match(character):
            yield Unit(_plain(character), Sort.WORD, at, end)
        elif matched := NUMBER.match(text, at):
            end = matched.end()
            value = number(_plain(text[at:end]), language)
            if language in HAN_LANGUAGES and isinstance(value, int) and (times := han_multiplier(text, end)):
                end += 1
                yield _number_unit(value * times, at, end, language)
            else:
                yield Unit(_plain(text[at:end]), Sort.NUMBER, at, end, value)
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
