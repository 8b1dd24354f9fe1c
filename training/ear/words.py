"""Spoken words: what the ear writes is lower-case words and apostrophes, numbers as words, nothing else."""

import re

from num2words import num2words

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DASHES = str.maketrans(
    {"-": " ", "‐": " ", "–": " ", "’": "'", "`": "'", ",": " ", ".": " ", "?": " ", "!": " ", ":": " "}
)
_ALLOWED = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?|'[^\W\d_]+")
_YEARS = range(1500, 2000)


def spoken(text: str, language: str = "en") -> str | None:
    """The words of `text` as they are said, or None where it has signs that nobody could read aloud."""
    words = _NUMBER.sub(lambda match: f" {_number(match.group(), language)} ", text.lower().replace("%", " percent "))
    words = " ".join(words.translate(_DASHES).split())
    if not words or not all(_ALLOWED.fullmatch(word) for word in words.split()):
        return None
    return words


def _number(digits: str, language: str) -> str:
    value = float(digits) if "." in digits else int(digits)
    year = language == "en" and value in _YEARS
    words = str(num2words(value, lang=language, to="year" if year else "cardinal"))
    return words.replace("-", " ").replace(",", "").replace(" and ", " ")
