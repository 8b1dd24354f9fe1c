import random
import time
from itertools import pairwise

import pytest

from wyoming_server.translation.number_lexicon import LEXICONS
from wyoming_server.translation.number_words import spoken_numbers
from wyoming_server.translation.units import split


def numbers(text: str, language: str) -> list[float]:
    return [said.value for said in spoken_numbers(text.split(), language)]


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("two plus two", "en", [2, 2]),
        ("nineteen eighty four", "en", [19, 84]),
        ("twenty thirty", "en", [20, 30]),
        ("one hundred and five", "en", [105]),
        ("two thousand three thousand", "en", [2000, 3000]),
        ("nineteen hundred", "en", [1900]),
        ("the other one", "en", []),
        ("one hundred", "en", [100]),
        ("five and six", "en", [5, 6]),
        ("einen timer", "de", []),
        ("zweihundertdreiundvierzigtausend", "de", [243_000]),
        ("drei und zwanzig", "de", [3, 20]),
        ("hundertundfünf", "de", [105]),
        ("quatre vingt dix sept", "fr", [97]),
        ("soixante et onze", "fr", [71]),
        ("vingt quatre", "fr", [24]),
        ("un timer de dix minutes", "fr", [10]),
        ("treinta y cinco", "es", [35]),
        ("dos y tres", "es", [2, 3]),
        ("doscientas cincuenta", "es", [250]),
        ("ventuno", "it", [21]),
        ("centotto", "it", [108]),
        ("sei in casa", "it", []),
        ("tweeëntwintig", "nl", [22]),
        ("enoghalvfems", "da", [91]),
        ("achterdeur", "nl", []),
        ("twenty", "xx", []),
        ("3 million", "en", [3_000_000]),
        ("2.5 million", "en", [2_500_000]),
        ("20 5", "en", []),
        ("1.13 thousand", "en", [1130]),
        ("2.55 thousand point five", "en", [2550.5]),
    ],
)
def test_numbers(text: str, language: str, values: list[float]) -> None:
    assert numbers(text, language) == values


@pytest.mark.parametrize(
    ("text", "language", "units"),
    [
        ("三かける七", "ja", ["3", "か", "け", "る", "7"]),
        ("百五", "ja", ["105"]),
        ("一百五", "zh", ["150"]),
        ("一百零五", "zh", ["105"]),
        ("一千零二十", "zh", ["1020"]),
        ("一九八四", "zh", ["1984"]),
        ("三点五", "zh", ["3.5"]),
        ("三点五分", "zh", ["3", "点", "5", "分"]),
        ("一起", "zh", ["一", "起"]),
        ("3万", "ja", ["30000"]),
        ("十十", "ja", ["10", "10"]),
    ],
)
def test_han_numbers(text: str, language: str, units: list[str]) -> None:
    assert [unit.text for unit in split(text, language)] == units


@pytest.mark.parametrize(
    ("text", "language"),
    [("one " * 20_000, "en"), ("ein" * 20_000, "de"), ("eine" * 19 + "x", "de"), ("一" * 20_000, "zh")],
)
def test_a_text_without_end_is_read_in_time(text: str, language: str) -> None:
    started = time.perf_counter()
    split(text, language)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("language", LEXICONS)
def test_any_order_of_number_words_is_read(language: str) -> None:
    lexicon, draw = LEXICONS[language], random.Random(3)
    known = [*lexicon.small(), *lexicon.hundred, *lexicon.hundreds, *lexicon.large, *lexicon.link, *lexicon.point]
    words = [*known, "3", "2.55", "1,5", "2000"]
    for _ in range(2000):
        said = draw.choices(words, k=draw.randint(1, 9))
        end = 0
        for number in spoken_numbers(said, language):
            assert end <= number.first < number.end <= len(said)
            end = number.end


@pytest.mark.parametrize("language", ["ja", "zh"])
def test_any_order_of_han_numbers_is_read(language: str) -> None:
    draw = random.Random(3)
    for _ in range(5000):
        said = "".join(draw.choices("零〇一二三九十百千万億亿两点分3 5を", k=draw.randint(1, 14)))
        units = split(said, language)
        assert all(a.end <= b.start for a, b in pairwise(units))
