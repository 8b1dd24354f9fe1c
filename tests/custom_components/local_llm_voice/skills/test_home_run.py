"""Scenes, scripts and broadcasts."""

from typing import Any

import pytest
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show

BED = "light.bed_light"


@pytest.mark.parametrize(
    ("said", "function", "name", "effect", "speech"),
    [
        ("movie night", "run_scene", "movie night", {f"{BED} brightness": 50}, "Started Movie Night."),
        ("start movie night", "run_script", "movie night", {f"{BED} brightness": 50}, "Started Movie Night."),
        ("good night", "run_script", "good night", {BED: "off"}, "Started Good Night."),
        ("activate good knight", "run_scene", "good knight", {BED: "off"}, "Started Good Night."),
        ("run wake up", "run_script", "wake up", {f"{BED} brightness": 200}, "Started Wake Up."),
    ],
)
async def test_routines(
    home: Home, kitchen: Household, show: Show, said: str, function: str, name: str, effect: dict[str, Any], speech: str
) -> None:
    home.become(BED, is_on=True, brightness=200)
    heard = await kitchen.say(said, [(function, {"name": name})])
    await home.hass.async_block_till_done()
    assert heard.speech == speech
    show(heard, home.shows(effect))


async def test_a_routine_that_is_not_there(home: Home, kitchen: Household) -> None:
    for args in ({"name": "party time"}, {"name": "party time", "in_minutes": 5}):
        for function in ("run_scene", "run_script"):
            heard = await kitchen.do(function, **args)
            assert (heard.speech, heard.failed) == ("I can't find party time here.", True)


async def test_a_broadcast_is_heard_in_the_other_rooms(home: Home, kitchen: Household, show: Show) -> None:
    heard = await kitchen.say("tell everyone dinner is ready", [("broadcast", {"message": "dinner is ready"})])
    assert heard.speech == "I passed it on."
    assert home.satellite("bedroom_satellite").announced == ["dinner is ready"]
    assert home.satellite("kitchen_satellite").announced == []
    show(heard, "the satellite in the bedroom says: dinner is ready")


async def test_a_broadcast_to_a_room(home: Home, kitchen: Household, show: Show) -> None:
    heard = await kitchen.say("tell the bedroom to get up", [("broadcast", {"message": "get up", "area": "bedroom"})])
    assert heard.speech == "I passed it on."
    assert home.satellite("bedroom_satellite").announced == ["get up"]
    show(heard, "the satellite in the bedroom says: get up")
    heard = await kitchen.do("broadcast", message="hello", area="everywhere")
    assert home.satellite("bedroom_satellite").announced == ["get up", "hello"]


async def test_where_there_is_no_satellite_a_player_speaks(home: Home, kitchen: Household) -> None:
    heard = await kitchen.do("broadcast", message="hello", area="living room")
    assert heard.speech == "I passed it on."
    assert home.state("media_player.lounge_speaker").state == "playing"
    assert ("tts.speak", "hello") in [(name, data.get("message")) for name, data in home.services]


async def test_nobody_to_tell(home: Home, kitchen: Household) -> None:
    for area, speech in (
        ("garden", "I know of no speaker to say that on."),
        ("moon", "I don't know a room called moon."),
    ):
        heard = await kitchen.do("broadcast", message="hello", area=area)
        assert (heard.speech, heard.failed) == (speech, True)
    home.satellite("bedroom_satellite").broken = True
    heard = await kitchen.do("broadcast", message="hello", area="bedroom")
    assert heard.speech == "I know of no speaker to say that on."
