"""Typed utterances through the Assist pipeline of a real Home Assistant, with what they change."""

from collections.abc import Mapping
from typing import Any

import pytest

from demo import assist
from demo.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def states(house: House) -> dict[str, Mapping[str, Any]]:
    """Every state by entity."""
    return {state["entity_id"]: state for state in await house.assistant.command("get_states")}


async def player_in(house: House, room: str) -> Mapping[str, Any]:
    """The state of a room's speaker."""
    return next(s for s in (await states(house)).values() if s["attributes"].get("friendly_name") == f"{room} Speaker")


def names(turn: assist.Turn) -> list[str]:
    """The functions called."""
    return [name.rsplit("__", 1)[-1] for name, _ in turn.calls]


async def test_light_on_and_off(house: House) -> None:
    turn = await assist.say(house.assistant, "turn on the kitchen light")
    assert names(turn) == ["turn_on"]
    assert (await states(house))["light.kitchen_light"]["state"] == "on"
    assert (await states(house))["light.living_room_light"]["state"] == "off"
    await assist.say(house.assistant, "turn off the kitchen light")
    assert (await states(house))["light.kitchen_light"]["state"] == "off"


async def test_favorite_song_plays_in_the_room_named(house: House) -> None:
    turn = await assist.say(house.assistant, "play my favorite song in the kitchen")
    assert names(turn) == ["play_favorite"]
    speaker = await player_in(house, "Kitchen")
    assert speaker["state"] == "playing"
    assert speaker["attributes"]["media_title"] == "Baby Shark"
    assert "Baby Shark" in turn.spoken


async def test_music_by_name_then_pause(house: House) -> None:
    await assist.say(house.assistant, "play Take Five in the living room")
    speaker = await player_in(house, "Living Room")
    assert (speaker["state"], speaker["attributes"]["media_title"]) == ("playing", "Take Five")
    await assist.say(house.assistant, "pause the music in the living room")
    assert (await player_in(house, "Living Room"))["state"] == "paused"


async def test_weather_of_the_home(house: House) -> None:
    turn = await assist.say(house.assistant, "what's the weather tomorrow")
    assert names(turn) == ["get_weather"]
    assert "rain" in turn.spoken.lower()


async def test_arithmetic(house: House) -> None:
    turn = await assist.say(house.assistant, "what is 12 times 7")
    assert names(turn) == ["calculate"]
    assert "84" in turn.spoken or "eighty" in turn.spoken.lower()


async def test_timer(house: House) -> None:
    turn = await assist.say(house.assistant, "set a timer for 10 minutes")
    assert names(turn) == ["start_timer"]
    assert turn.calls[0][1] == {"minutes": 10}
    assert not turn.error
    status = await assist.say(house.assistant, "how long is left on the timer")
    assert names(status) == ["timer_status"]
    await assist.say(house.assistant, "cancel the timer")


async def test_shopping_list(house: House) -> None:
    await assist.say(house.assistant, "add milk to the shopping list")
    assert (await states(house))["todo.shopping_list"]["state"] == "1"


async def test_unlocking_asks_first(house: House) -> None:
    turn = await assist.say(house.assistant, "unlock the front door")
    assert turn.spoken.rstrip().endswith("?")
    assert (await states(house))["lock.front_door"]["state"] == "locked"


async def test_talk_that_is_not_meant_for_it_changes_nothing(house: House) -> None:
    before = {entity: state["state"] for entity, state in (await states(house)).items() if entity.startswith("light.")}
    turn = await assist.say(house.assistant, "and then she told me that her sister never called back")
    assert turn.spoken
    after = {entity: state["state"] for entity, state in (await states(house)).items() if entity.startswith("light.")}
    assert before == after
