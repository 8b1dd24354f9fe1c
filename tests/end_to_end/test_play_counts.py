"""Counting what a real player plays, while Home Assistant dies in the middle of a song."""

import asyncio
import time

import pytest

from demo import player
from demo.home_assistant import HomeAssistant, start_home_assistant
from demo.house import House
from demo.music import SONGS, file_of

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(not player.available(), reason="mpd is not installed"),
]

SONG = next(song for song in SONGS if song.title == "Goldberg Variations Aria")
"""No other test plays it: what another player was left playing would be counted too."""


async def plays(house: House) -> int:
    """How often the song was counted."""
    result = await house.assistant.command(
        "call_service", domain="local_llm_voice", service="list_plays", return_response=True
    )
    counted = {favorite["name"]: favorite["plays"] for favorite in result["response"]["favorites"]}
    return int(counted.get(SONG.title, 0))


async def until_loaded(house: House) -> None:
    """Wait until the integration is set up again, which it is after the web server."""
    while True:
        states = await house.assistant.command("get_states")
        sensor = [s["state"] for s in states if s["entity_id"] == "sensor.local_llm_voice_plays_today"]
        if sensor not in ([], ["unavailable"]):
            return
        await asyncio.sleep(0.5)


async def act(house: House, service: str, **data: str) -> None:
    """Use the kitchen's player, as an app would."""
    states = await house.assistant.command("get_states")
    kitchen = next(s["entity_id"] for s in states if s["attributes"].get("friendly_name") == "Kitchen Speaker")
    await house.assistant.command(
        "call_service",
        domain="media_player",
        service=service,
        service_data=data,
        target={"entity_id": kitchen},
    )


async def test_kill_in_the_middle_of_a_song_neither_loses_nor_doubles_it(house: House) -> None:
    await act(house, "media_stop")  # whatever an earlier test left playing
    await asyncio.sleep(3)
    before = await plays(house)
    for _ in range(2):
        # Seconds of a song that was stopped are no part of the play that begins anew.
        await act(house, "play_media", media_content_id=file_of(SONG), media_content_type="music")
        await asyncio.sleep(8)
        await act(house, "media_stop")
        await asyncio.sleep(3)  # until Home Assistant has seen it: stopped and started between two looks, it is a seek
    began = time.monotonic()
    await act(house, "play_media", media_content_id=file_of(SONG), media_content_type="music")
    await asyncio.sleep(15)
    house.home_assistant.child.kill()
    await house.home_assistant.child.wait()
    house.home_assistant = await start_home_assistant()
    house.assistant = await HomeAssistant.connect(house.assistant.session)
    await until_loaded(house)
    loaded = time.monotonic() - began
    while await plays(house) == before:
        assert time.monotonic() - began < max(50, loaded + 15), "the play was lost"
        await asyncio.sleep(1)
    counted = time.monotonic() - began
    # Half of 75 seconds, by a position in whole seconds; the player plays on while Home Assistant is away.
    assert counted >= 36
    assert counted <= max(42, loaded + 15)
    await asyncio.sleep(5)
    await act(house, "media_stop")
    assert await plays(house) == before + 1
