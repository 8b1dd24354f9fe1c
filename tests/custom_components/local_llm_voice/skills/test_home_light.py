"""Brightness and color, on real lights."""

from typing import Any

import pytest
from custom_components.local_llm_voice.skills.colors import COLORS, WHITES, color_of
from custom_components.local_llm_voice.speech import LANGUAGES, words
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show

BED, CEILING, COUNTER = "light.bed_light", "light.ceiling_light", "light.counter_light"


@pytest.mark.parametrize(
    ("said", "args", "effect", "speech"),
    [
        ("bed light to 40 percent", {"name": "bed light", "brightness": 40}, {f"{BED} brightness": 102},
         "Set Bed Light to 40 percent."),
        ("make the bed light blue", {"name": "bed light", "color": "blue"}, {f"{BED} hs_color": (240.0, 100.0)},
         "Set Bed Light to blue."),
        ("make the bed light warm white", {"name": "bed light", "color": "warm white"},
         {f"{BED} color_temp_kelvin": 2700}, "Set Bed Light to warm white."),
        ("bed light to 4000 kelvin", {"name": "bed light", "color_temperature": 4000},
         {f"{BED} color_temp_kelvin": 4000}, "Set Bed Light to 4000 kelvin."),
        ("red light at 30 percent in the kitchen", {"area": "kitchen", "color": "red", "brightness": 30},
         {f"{CEILING} hs_color": (0.0, 100.0), COUNTER: "off"}, "Set Ceiling Light to 30 percent and red."),
        ("half light", {"brightness": 50}, {f"{CEILING} brightness": 128, f"{COUNTER} brightness": 128, BED: "off"},
         "Set Counter Light and Ceiling Light to 50 percent."),
        ("bed light to zero", {"name": "bed light", "brightness": 0}, {BED: "off"}, "Set Bed Light to 0 percent."),
    ],
)  # fmt: skip
async def test_set_light(
    home: Home, kitchen: Household, show: Show, said: str, args: dict[str, Any], effect: dict[str, Any], speech: str
) -> None:
    heard = await kitchen.say(said, [("set_light", args)])
    assert heard.speech == speech
    show(heard, home.shows(effect))


@pytest.mark.parametrize(
    ("args", "speech"),
    [
        ({"name": "desk lamp", "brightness": 10}, "That light can't do that."),
        ({"name": "counter light", "color": "green"}, "That light can't do that."),
        ({"name": "counter light", "color_temperature": 3000}, "That light can't do that."),
        ({"name": "bed light", "color": "sea monster"}, "I don't know the color sea monster."),
        ({"name": "bed light"}, "How should I set the light?"),
        ({"name": "bed light", "in_minutes": 5}, "How should I set the light?"),
    ],
)
async def test_what_a_light_cannot_do(home: Home, kitchen: Household, args: dict[str, Any], speech: str) -> None:
    heard = await kitchen.do("set_light", **args)
    assert (heard.speech, heard.failed) == (speech, True)
    assert home.services == []


async def test_brighter_and_darker(home: Home, kitchen: Household, show: Show) -> None:
    home.become(CEILING, is_on=True, brightness=128)
    heard = await kitchen.say("brighter", [("brighten", {})])
    assert heard.speech == "Ceiling Light is now at 70 percent.", "lights that are off stay off"
    show(heard, home.shows({f"{CEILING} brightness": 178, COUNTER: "off"}))
    home.become(COUNTER, is_on=True, brightness=128)
    heard = await kitchen.say("dim by half", [("dim", {"amount": 50})])
    assert heard.speech == "Counter Light and Ceiling Light are now at 10 percent."
    show(heard, home.shows({f"{CEILING} brightness": 51, f"{COUNTER} brightness": 3}))
    await kitchen.do("brighten", amount=100)
    home.shows({f"{CEILING} brightness": 255, f"{COUNTER} brightness": 255})


async def test_dimming_what_is_off_switches_nothing_on(home: Home, kitchen: Household) -> None:
    heard = await kitchen.do("dim", name="bed light")
    assert (heard.speech, heard.failed) == ("Already off: Bed Light.", True)
    assert home.state(BED).state == "off"
    assert (await kitchen.do("brighten", name="bed light")).speech == "Bed Light is now at 20 percent."
    assert (await kitchen.do("dim", name="desk lamp")).speech == "That light can't do that."


async def test_a_lamp_that_does_not_obey(home: Home, kitchen: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custom_components.local_llm_voice.skills.act.SETTLE_SECONDS", 0.05)
    home.become(BED, is_on=True, brightness=255)
    home.devices[BED].deaf = True
    assert (await kitchen.do("set_light", name="bed light", brightness=20)).failed
    assert (await kitchen.do("dim", name="bed light")).failed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_color_is_known_by_its_words(language: str) -> None:
    for name in (*WHITES, *COLORS):
        for word in words(language, f"color.{name}"):
            assert color_of(word, language) is not None
        assert color_of(words(language, f"color.{name}")[0], language) == name


@pytest.mark.parametrize(
    ("spoken", "language", "color"),
    [("Blau", "de", "blue"), ("blu", "it", "blue"), ("turquoise", "fr", "turquoise"), ("steelblue", "en", "steelblue"),
     ("torquoise", "en", "turquoise"), ("赤", "ja", "red"), ("rojo", "es", "red"), ("nothing", "en", None)],
)  # fmt: skip
def test_colors_as_they_are_said(spoken: str, language: str, color: str | None) -> None:
    assert color_of(spoken, language) == color
