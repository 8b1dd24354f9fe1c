"""Argument values in the form in which two of them are compared.

Two values are equal where a family would not hear a difference: case, punctuation, articles, "twenty" and "20".
"""

import re
import unicodedata
from typing import Any

from .expression import value_of

NormalForm = str | float | bool | tuple[str, ...]

FUNCTION_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a an the of for in on at by to during this my me please is be will going s from with and it its",
        "de": "der die das den dem des ein eine einen einem einer für im in am an um zu zum zur von vom bei gegen ab "
        "mein meine meinen meiner",
        "fr": "le la les l un une des de du d pour à a au aux en dans ce cette cet sur mon ma mes",
        "es": "el la los las un una unos unas de del para en a al por este esta mi mis lo",
        "it": "il lo la i gli le un uno una di del della dei delle da per in a al alla nel nella questo questa mio mia "
        "nell l dell",
        "nl": "de het een van voor in op om te bij naar mijn dit deze",
        "da": "den det de en et i på til af for om min",
    }.items()
}
"""Words that carry no meaning of their own inside a time, a place or an item."""

LOOSE = frozenset({"when", "location", "condition", "topic", "source", "area", "item", "message"})
"""Arguments that are compared without function words."""
UNORDERED = frozenset({"location", "when"})
"""Arguments whose words may stand in any order: "tomorrow at noon", "at noon tomorrow"."""

_ARTICLES = re.compile(
    r"^(the|a|an|my|our|der|die|das|den|dem|ein|eine|einen|le|la|les|l|un|une|el|los|las|una|il|lo|i|gli|de|het|een|"
    r"den|det) "
)
_KIND_WORDS = {
    "playlist": re.compile(
        r"(play ?lists?|lists?|wiedergabeliste|liste de lecture|lista( de reproducci[oó]n)?|afspeellijst|"
        r"プレイリスト|播放列表|歌单)$"
    ),
    "genre": re.compile(r"(music|songs?|musik|musique|m[uú]sica|muziek|音楽|ミュージック|音乐)$"),
    "list": re.compile(r" list$"),
}
"""Nouns of kind that may or may not be part of the value: "jazz" and "jazz music"."""

_COLORS = {
    word: color
    for color, words in {
        "red": "rot rouge rojo roja rosso rossa rood rode rød 赤 赤色 赤く 红色 红",
        "blue": "blau bleu bleue azul blu blauw blauwe blå 青 青色 青く ブルー 蓝色 蓝",
        "green": "grün vert verte verde groen groene grøn 緑 緑色 绿色 绿",
        "yellow": "gelb jaune amarillo amarilla giallo gialla geel gele gul 黄色 黄",
        "white": "weiß weiss blanc blanche blanco blanca bianco bianca wit witte hvid 白 白色",
        "orange": "naranja arancione oranje オレンジ オレンジ色 橙色",
        "pink": "rosa rose roze lyserød ピンク ピンク色 粉色 粉红色",
        "purple": "lila violett violet violette morado púrpura viola paars 紫 紫色",
    }.items()
    for word in words.split()
}
_ONES = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 20 + 10 * number
    for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
_JAPANESE_PARTICLE = re.compile(r"(の|に|は|が|を|で|へ|と|から|まで)$")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\s*%?")


def normal_form(argument: str, value: Any, language: str) -> NormalForm:
    """The form in which two values of one argument are compared."""
    if isinstance(value, bool):
        return value
    if argument == "expression":
        number = value_of(str(value))
        return fold(value) if number is None else float(f"{number:.9g}")
    if isinstance(value, int | float) or (argument != "year" and _NUMBER.fullmatch(str(value).strip())):
        return float(str(value).strip().rstrip("% "))
    text = fold(value)
    text = _ARTICLES.sub("", text) or text
    if argument in _KIND_WORDS:
        text = _KIND_WORDS[argument].sub("", text).strip() or text
    if argument == "color":
        return _COLORS.get(text, text)
    if language in ("ja", "zh"):
        text = text.replace(" ", "")
        return _JAPANESE_PARTICLE.sub("", text) if language == "ja" else text
    words = numbers_as_digits(text.split()) if language == "en" else text.split()
    if argument in LOOSE:
        words = [word for word in words if word not in FUNCTION_WORDS.get(language, ())] or words
    return tuple(sorted(words)) if argument in UNORDERED else " ".join(words)


def fold(value: Any) -> str:
    """Text without case, possessive and punctuation, with single spaces: "Matilda's Song!" -> "matilda song"."""
    text = unicodedata.normalize("NFKC", str(value)).casefold().replace("’", "'")
    text = re.sub(r"'s\b", "", text)
    if re.fullmatch(r"(\w\. ?)+", text):  # "c. n. n."
        text = text.replace(".", "").replace(" ", "")
    kept = (c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in text)
    return " ".join("".join(kept).split())


def numbers_as_digits(words: list[str]) -> list[str]:
    """Runs of English number words as digits: "nineteen eighty four" -> "1984"."""
    out: list[str] = []
    number: int | None = None
    for word in words:
        part = _ONES.get(word, _TENS.get(word))
        if part is not None:
            number = number or 0
            number = number * (100 if 10 <= number <= 99 and part >= 10 else 1) + part
        elif number is not None and word in ("hundred", "thousand"):
            number *= 100 if word == "hundred" else 1000
        else:
            out += [word] if number is None else [str(number), word]
            number = None
    return out if number is None else [*out, str(number)]
