"""Misheard names are repaired, and nothing else is touched."""

import pytest

from wyoming_server.speech.inventions import is_invented
from wyoming_server.speech.names import Vocabulary, sound

NAMES = """Kitchen, Office, Hall, Bed Light, Standing Light, EcoBee, Garage Door, Sliding Door, Front Door, TV,
Party Time, Hall Lights, Sam's Music, Anna, Matilda, Shopping List, Wohnzimmer, Oma, Lamp 1, Lamp 2"""
HOME = Vocabulary(name.strip() for name in NAMES.split(","))


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("Turn on the bad light.", "Turn on the Bed Light."),
        ("set eco be to 20 degrees", "set EcoBee to 20 degrees"),
        ("is the font door locked", "is the Front Door locked"),
        ("turn on the kitchin light", "turn on the Kitchen light"),
        ("start party dime", "start Party Time"),
        ("play Mathilda's favorite song", "play Matilda's favorite song"),
        ("turn on the light in the haul", "turn on the light in the Hall"),
        ("Mach das Wohnsimmer Licht an", "Mach das Wohnzimmer Licht an"),
    ],
)
def test_a_near_miss_becomes_the_name(heard: str, meant: str) -> None:
    assert HOME.repair(heard) == meant


@pytest.mark.parametrize(
    "said",
    [
        "turn on all lights",
        "play some music",
        "turn off his lights",
        "turn off is what I said",
        "turn on the bed light",
        "TURN ON THE BED LIGHT",
        "play matilda's favorite song",
        "what is the weather in boston",
        "set a timer for 5 minutes",
        "turn on lamp 3",
        "turn on the hall light",
        "turn on the standing lights",
        "add milk to the list",
        "",
        "…",
        "오늘 날씨 어때",
    ],
)
def test_what_was_heard_right_stays(said: str) -> None:
    assert HOME.repair(said) == said


def test_two_names_that_are_equally_near_are_left_alone() -> None:
    assert Vocabulary(["Bad Room", "Bed Room"]).repair("light in the bod room") == "light in the bod room"


def test_no_names_no_repair() -> None:
    assert Vocabulary([]).repair("turn on the bad light") == "turn on the bad light"


def test_a_sound_is_the_same_however_it_is_written() -> None:
    assert sound("EcoBee") == sound("eco be")
    assert sound("Mathilda") == sound("matilda")
    assert sound("kitchen") != sound("chicken")


@pytest.mark.parametrize(
    ("text", "speech", "invented"),
    [
        ("Thank you.", 0.3, True),
        ("Thank you.", 1.0, False),
        ("Thanks for watching!", 3.0, True),
        ("Untertitel der Amara.org-Community", 2.0, True),
        ("♪", 2.0, True),
        ("...", 2.0, True),
        ("stop", 0.3, False),
        ("turn on the light", 0.4, False),
        ("7", 0.3, False),
    ],
)
def test_inventions(text: str, speech: float, invented: bool) -> None:
    assert is_invented(text, speech) is invented
