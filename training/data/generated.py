"""Slots that no list holds, because there are too many of them: numbers, years, arithmetic.

{n:1-59}        a whole number, in digits or in words          {n:0-100/5}  multiples of five only
{digits:1-59}   the same, always in digits                     {half:15-25} with halves ("21.5")
{ordinal:1-31}  "first" = 1                                    {year}       "1984" = "1984", "nineteen ninety four"
"""

import random
import re

from wyoming_server.calls import Value

from . import arithmetic
from .numbers import in_words, ordinal, say, year_in_words

RANGE = re.compile(r"(n|digits|half|ordinal):(-?\d+)-(\d+)(?:/(\d+))?")

HALF_WORDS = {"es": "y medio", "it": "e mezzo"}
"""How a half is said after the whole number, where nobody reads out the decimals."""


def knows(source: str) -> bool:
    """Whether such a slot is made here."""
    return source in {"year", "sum_in_english"} or RANGE.fullmatch(source) is not None


def draw(source: str, language: str, rng: random.Random) -> tuple[str, Value]:
    """What is said, and what it stands for."""
    if source == "sum_in_english":
        return arithmetic.draw(rng)
    if source == "year":
        year = rng.randint(1950, 2026)
        spoken = str(year) if rng.random() < 0.6 else year_in_words(year, language)
        return spoken, spoken
    matched = RANGE.fullmatch(source)
    if matched is None:
        raise KeyError(source)
    kind, low, high, step = matched[1], int(matched[2]), int(matched[3]), int(matched[4] or 1)
    number = _pick(low, high, step, rng)
    match kind:
        case "digits":
            return str(number), number
        case "ordinal":
            return ordinal(number, language), number
        case "half" if rng.random() < 0.35:
            half = number + 0.5
            mark = "." if language in {"en", "ja", "zh"} else ","
            digits = str(half).replace(".", mark)
            if rng.random() < 0.6:
                return digits, half
            after = HALF_WORDS.get(language)
            return (f"{in_words(number, language)} {after}" if after else in_words(half, language)), half
    return say(number, language, rng), number


def _pick(low: int, high: int, step: int, rng: random.Random) -> int:
    """A number of the range; in wide ranges small and round ones are likelier, as in speech."""
    if step > 1:
        return low + step * rng.randint(0, (high - low) // step)
    if high - low > 30 and rng.random() < 0.5:
        rounded = [n for n in range(low, min(high, low + 2000) + 1) if n % 5 == 0]
        return rng.choice(rounded)
    return rng.randint(low, high)
