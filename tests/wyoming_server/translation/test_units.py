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
    ],
)
def test_units(text: str, units: list[str]) -> None:
    assert [unit.text for unit in split(text)] == units


def test_units_keep_their_place() -> None:
    text = "Play «Hey, Jude» on Ｓpotify 2.5"
    for unit in split(text):
        assert text[unit.start : unit.end].strip() == text[unit.start : unit.end] != ""
    assert [text[u.start : u.end] for u in split(text)] == ["Play", "Hey", "Jude", "on", "Ｓpotify", "2.5"]
    assert split(text)[-1].sort is Sort.NUMBER


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
