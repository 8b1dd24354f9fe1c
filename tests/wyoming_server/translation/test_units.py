import pytest

from wyoming_server.translation.units import Sort, number, split


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Turn OFF the light!", ["turn", "off", "the", "light"]),
        ("don’t stop me now", ["don", "t", "stop", "me", "now"]),
        ("play AC/DC by jean-michel", ["play", "ac", "dc", "by", "jean", "michel"]),
        ("what is 10 + 2.5*3", ["what", "is", "10", "+", "2.5", "*", "3"]),
        ("volume 30%, please", ["volume", "30", "%", "please"]),
        ("今日のbeatles", ["今", "日", "の", "beatles"]),
        ("café", ["café"]),
        ("５ ｍｉｎ", ["5", "min"]),
        ("u2 in the 80s 🎵", ["u", "2", "in", "the", "80", "s"]),
        ("-5 degrees", ["-", "5", "degrees"]),
        (" \n\t ", []),
        ("timer for twenty-five minutes", ["timer", "for", "25", "minutes"]),
        ("twenty, five", ["20", "5"]),
        ("play one two three", ["play", "one", "2", "3"]),
        ("3 million divided by fifty", ["3000000", "divided", "by", "50"]),
        ("two point five", ["2.5"]),
    ],
)
def test_units(text: str, units: list[str]) -> None:
    assert [unit.text for unit in split(text, "en")] == units


def test_units_keep_their_place() -> None:
    text = "Play «Hey, Jude» on Ｓpotify 2.5"
    for unit in split(text, "en"):
        assert text[unit.start : unit.end].strip() == text[unit.start : unit.end] != ""
    assert [text[u.start : u.end] for u in split(text, "en")] == ["Play", "Hey", "Jude", "on", "Ｓpotify", "2.5"]
    assert split(text, "en")[-1].sort is Sort.NUMBER


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1,000", "en", 1000),
        ("1.000", "de", 1000),
        ("1.5", "en", 1.5),
        ("1,5", "de", 1.5),
        ("1,5", "en", 1.5),
        ("12", "ja", 12),
        ("1.2.3", "en", None),
        ("ten", "en", None),
        ("1" * 400, "en", None),
    ],
)
def test_number(text: str, language: str, value: float | None) -> None:
    assert number(text, language) == value


def test_a_number_in_words_keeps_its_spelling() -> None:
    text = "Play Twenty One Pilots"
    unit = split(text, "en")[1]
    assert (unit.text, unit.sort, unit.value) == ("21", Sort.NUMBER, 21)
    assert text[unit.start : unit.end] == "Twenty One"


def test_a_decimal_is_written_as_the_language_writes_it() -> None:
    assert [unit.text for unit in split("zwei komma fünf grad", "de")] == ["2,5", "grad"]
    assert split("zwei komma fünf grad", "de")[0].value == 2.5
