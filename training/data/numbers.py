"""Numbers as people say them, in digits or in words."""

import random
import re
from functools import lru_cache

from num2words import num2words

CHINESE = "零一二三四五六七八九"


@lru_cache(maxsize=200_000)
def in_words(number: float, language: str) -> str:
    """The number in words, as a transcript without punctuation spells it ("twenty one")."""
    if language == "zh":
        return _chinese(number)
    words = str(num2words(number, lang=language))
    if language == "da":
        return _danish(words)
    return words.replace("-", " ").replace(",", "") if language in {"en", "fr"} else words


def ordinal(number: int, language: str) -> str:
    """The ordinal number in words."""
    words = str(num2words(number, lang=language, to="ordinal")).replace("-", " ")
    return words.replace("tredivete", "tredivte") if language == "da" else words


def year_in_words(year: int, language: str) -> str:
    """The year as it is read aloud, without a comma or hyphen ("nineteen eighty four")."""
    if language == "zh":
        return "".join(CHINESE[int(digit)] for digit in str(year))
    if language == "da" and year >= 2000:
        return _danish(str(num2words(year, lang=language)))
    return str(num2words(year, lang=language, to="year")).replace("-", " ").replace(",", "")


def say(number: float, language: str, rng: random.Random) -> str:
    """The number as digits or in words, at random; large and decimal numbers mostly as digits."""
    plain = isinstance(number, int) and abs(number) <= 100
    if rng.random() < (0.5 if plain else 0.7):
        return str(number)
    words = in_words(number, language)
    if language == "en" and rng.random() < 0.5:
        words = words.replace(" and ", " ")
    return words


def _danish(words: str) -> str:
    """Hundreds and thousands as separate words without endings, as they are said: "to tusind syv hundrede"."""
    words = re.sub(r"(?<=[a-zæøå])(hundrede|tusinde?)", r" \1", words).replace("tusinde", "tusind")
    return re.sub(r"tusind og (?=\w+ hundrede)", "tusind ", words)


def _chinese(number: float) -> str:
    if number < 0:
        return "负" + _chinese(-number)
    whole, _, decimals = str(number).partition(".")
    return _chinese_whole(int(whole)) + ("点" + "".join(CHINESE[int(d)] for d in decimals) if decimals else "")


def _chinese_whole(number: int) -> str:
    if number < 10:
        return CHINESE[number]
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            said = ("" if size == 10 and head == 1 else _chinese_whole(head)) + unit
            if rest:
                said += ("零" if rest < size // 10 else "") + _chinese_whole(rest)
            return said
    raise AssertionError(number)
