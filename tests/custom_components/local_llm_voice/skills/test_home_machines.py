"""Fans, vacuum cleaners and lawn mowers, on real entities."""

from typing import Any

import pytest
from homeassistant.components.vacuum import VacuumActivity
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show


@pytest.mark.parametrize(
    ("said", "function", "args", "effect", "speech"),
    [
        ("fan to 30 percent", "set_fan_speed", {"speed": 30, "domain": "fan"}, {"fan.ceiling_fan percentage": 30},
         "Set Ceiling Fan to 30 percent."),
        ("fan to zero", "set_fan_speed", {"speed": 0, "name": "ceiling fan"}, {"fan.ceiling_fan": "off"},
         "Set Ceiling Fan to 0 percent."),
        ("vacuum the kitchen", "start_vacuum", {"area": "kitchen"}, {"vacuum.robbie": "cleaning"},
         "Robbie is cleaning."),
        ("start Robie", "start_vacuum", {"name": "robie"}, {"vacuum.robbie": "cleaning"}, "Robbie is cleaning."),
        ("send the vacuum home", "dock_vacuum", {}, {"vacuum.robbie": "returning"}, "Robbie is going home."),
        ("mow the lawn", "start_mower", {}, {"lawn_mower.shaun": "mowing"}, "Shaun is mowing."),
        ("send the mower home", "dock_mower", {"domain": "mower"}, {"lawn_mower.shaun": "returning"},
         "Shaun is going home."),
    ],
)  # fmt: skip
async def test_machines(
    home: Home,
    kitchen: Household,
    show: Show,
    said: str,
    function: str,
    args: dict[str, Any],
    effect: dict[str, Any],
    speech: str,
) -> None:
    home.become("fan.ceiling_fan", percentage=80)
    heard = await kitchen.say(said, [(function, args)])
    assert heard.speech == speech
    show(heard, home.shows(effect))


async def test_there_may_be_none(home: Home, kitchen: Household) -> None:
    home.hide("vacuum.robbie")
    assert (await kitchen.do("start_vacuum")).speech == "There is no such device here."
    assert (await kitchen.do("start_vacuum", in_minutes=5)).speech == "There is no such device here."


async def test_a_vacuum_is_called_back(home: Home, kitchen: Household) -> None:
    await kitchen.do("start_vacuum")
    assert (await kitchen.do("wrong")).speech == "Sorry, I took that back."
    home.shows({"vacuum.robbie": VacuumActivity.RETURNING})


async def test_what_cannot_be_taken_back_is_not_said_to_be(home: Home, kitchen: Household) -> None:
    await kitchen.do("start_mower")
    assert (await kitchen.do("wrong")).speech == "Sorry, what did you mean?"
    home.shows({"lawn_mower.shaun": "mowing"})
