"""Numbers as people say them, in digits or in words."""

import random
import re
from functools import lru_cache

from num2words import num2words

HAN_DIGITS = "零一二三四五六七八九"
HAN_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
HAN_LANGUAGES = {"ja", "zh"}


@lru_cache(maxsize=200_000)
def in_words(number: float, language: str) -> str:
    """The number in words, as a transcript without punctuation spells it ("twenty one")."""
    if language in HAN_LANGUAGES:
        return _han(number, language)
    words = str(num2words(number, lang=language))
    if language == "da":
        return _danish(words)
    return words.replace("-", " ").replace(",", "") if language in {"en", "fr"} else words


def ordinal(number: int, language: str) -> str:
    """The ordinal number in words."""
    if language == "ja":
        return _han(number, language) + "番目"
    if language == "zh":
        return "第" + _han(number, language)
    words = str(num2words(number, lang=language, to="ordinal")).replace("-", " ")
    return words.replace("tredivete", "tredivte") if language == "da" else words


def year_in_words(year: int, language: str) -> str:
    """The year as it is read aloud, without a comma or hyphen ("nineteen eighty four")."""
    if language == "zh":
        return "".join(HAN_DIGITS[int(digit)] for digit in str(year))
    if language == "ja":
        return _han(year, language)
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


def _han(number: float, language: str) -> str:
    """Chinese or Japanese number words: 105 is 一百零五 in Chinese, 百五 in Japanese."""
    if number < 0:
        return {"ja": "マイナス", "zh": "负"}[language] + _han(-number, language)
    whole, _, decimals = str(number).partition(".")
    said = _han_whole(int(whole), language)
    return said + ("点" + "".join(HAN_DIGITS[int(d)] for d in decimals) if decimals else "")


def _han_whole(number: int, language: str) -> str:
    for size, unit in ((10**8, "億" if language == "ja" else "亿"), (10**4, "万")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if language == "zh" and 0 < rest < size // 10 else ""
            return _han_whole(head, language) + unit + gap + (_han_whole(rest, language) if rest else "")
    if language == "zh":
        said = _chinese_below_myriad(number)
        return said.removeprefix("一") if 10 <= number < 20 else said
    return _japanese_below_myriad(number)


def _chinese_below_myriad(number: int) -> str:
    """Every place has its digit, and a skipped place is said once: 1005 is 一千零五, 1010 is 一千零一十."""
    if number < 10:
        return HAN_DIGITS[number]
    size, unit = next(place for place in HAN_PLACES if number >= place[0])
    head, rest = divmod(number, size)
    gap = "零" if 0 < rest < size // 10 else ""
    return HAN_DIGITS[head] + unit + gap + (_chinese_below_myriad(rest) if rest else "")


def _japanese_below_myriad(number: int) -> str:
    """A one is not said before a place, nor a skipped place: 1105 is 千百五."""
    said = ""
    for size, unit in HAN_PLACES:
        head, number = divmod(number, size)
        if head:
            said += (HAN_DIGITS[head] if head > 1 else "") + unit
    return said + (HAN_DIGITS[number] if number or not said else "")
