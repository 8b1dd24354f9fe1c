"""Pause, go on, skip, jump, loud and quiet, on real players."""

from datetime import timedelta
from typing import Any

import pytest
from custom_components.local_llm_voice.const import DOMAIN
from homeassistant.components.media_player import MediaPlayerEntityFeature as Feature
from homeassistant.components.media_player import MediaPlayerState
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.household import Household, Show
from tests.custom_components.local_llm_voice.music_home import MusicHome
from tests.custom_components.local_llm_voice.players import FULL

KITCHEN = "media_player.kitchen_stereo"
SHARK, SUN = "Baby Shark", "Here Comes the Sun"


@pytest.mark.parametrize(
    ("said", "function", "args", "effect", "speech"),
    [
        ("pause", "pause", {}, {KITCHEN: "paused"}, "Paused."),
        ("pause the kitchen", "pause", {"area": "kitchen"}, {KITCHEN: "paused"}, "Paused."),
        ("stop", "stop", {}, {KITCHEN: "idle"}, "Stopped."),
        ("next", "next_track", {}, {f"{KITCHEN} media_title": SUN}, "Skipped."),
        ("go back", "previous_track", {}, {f"{KITCHEN} media_title": SUN}, "One back."),
        ("play it again", "restart_track", {}, {f"{KITCHEN} media_position": 0}, "From the beginning."),
        ("shuffle", "shuffle", {"on": True}, {f"{KITCHEN} shuffle": True}, "Shuffling."),
        ("stop shuffling", "shuffle", {"on": False}, {f"{KITCHEN} shuffle": False}, "No longer shuffling."),
        ("repeat this song", "repeat", {"mode": "one"}, {f"{KITCHEN} repeat": "one"}, "Repeating this song."),
        ("repeat", "repeat", {}, {f"{KITCHEN} repeat": "all"}, "Repeating everything."),
        ("stop repeating", "repeat", {"mode": "off"}, {f"{KITCHEN} repeat": "off"}, "No longer repeating."),
        ("volume 20", "set_volume", {"level": 20}, {f"{KITCHEN} volume_level": 0.2}, "Volume 20 percent."),
        ("louder", "volume_up", {}, {f"{KITCHEN} volume_level": 0.6}, "Volume 60 percent."),
        ("much quieter", "volume_down", {"amount": 40}, {f"{KITCHEN} volume_level": 0.1}, "Volume 10 percent."),
        ("mute", "mute", {}, {f"{KITCHEN} is_volume_muted": True}, "Muted."),
        ("unmute", "unmute", {}, {f"{KITCHEN} is_volume_muted": False}, "Sound is back on."),
    ],
)
async def test_what_plays_here_is_controlled(
    listener: Household,
    music_home: MusicHome,
    show: Show,
    said: str,
    function: str,
    args: dict[str, Any],
    effect: dict[str, Any],
    speech: str,
) -> None:
    music_home.put_on("living_room", "five")
    music_home.put_on("kitchen", "shark", "sun")
    heard = await listener.say(said, [(function, args)])
    assert heard.speech == speech
    show(heard, music_home.shows(effect))
    assert music_home.title("living_room") == "Take Five"
    if function not in ("restart_track",):
        await listener.do("wrong")
        assert music_home.title("kitchen") == SHARK
        assert music_home.player("kitchen").attributes["volume_level"] == 0.5


async def test_resume_goes_on_where_it_was_paused(listener: Household, music_home: MusicHome, show: Show) -> None:
    music_home.put_on("kitchen", "shark")
    await listener.do("pause")
    heard = await listener.say("go on", [("resume", {})])
    assert heard.speech == "Playing again."
    show(heard, music_home.shows({KITCHEN: "playing"}))
    await listener.do("stop")
    assert (await listener.do("resume")).speech == "Playing again."
    assert music_home.title("kitchen") == SHARK


async def test_nothing_plays(listener: Household, music_home: MusicHome) -> None:
    for function in ("pause", "resume", "next_track", "previous_track", "restart_track", "shuffle", "repeat"):
        heard = await listener.do(function)
        assert (function, heard.speech, heard.failed) == (function, "Nothing is playing.", True)
    heard = await listener.do("stop")
    assert (heard.speech, heard.failed) == ("OK.", False)
    heard = await listener.do("stop", area="kitchen")
    assert heard.speech == "Nothing is playing."


async def test_the_only_room_that_plays_is_meant(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("bedroom", "shark")
    await listener.do("volume_up")
    assert music_home.player("bedroom").attributes["volume_level"] == 0.6
    await listener.do("pause")
    assert music_home.player("bedroom").state == "paused"


async def test_rooms_that_are_paused_do_not_make_it_a_toss_up(listener: Household, music_home: MusicHome) -> None:
    listener.device_id = music_home.device_id("hall")
    music_home.put_on("bedroom", "shark")
    await listener.do("pause")
    music_home.put_on("living_room", "sun")
    await listener.do("volume_up")
    assert music_home.player("living_room").attributes["volume_level"] == 0.6
    await listener.do("pause")
    heard = await listener.do("rate_song", liked=True)
    assert heard.speech == "Which one do you mean: Living Room Stereo or Bedroom Stereo?"


async def test_two_rooms_that_play_are_asked_about(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("bedroom", "shark")
    music_home.put_on("living_room", "sun")
    heard = await listener.do("pause")
    assert heard.speech == "Which one do you mean: Living Room Stereo or Bedroom Stereo?"
    await listener.say("living room")
    assert (music_home.title("bedroom"), music_home.title("living_room")) == (SHARK, None)


async def test_rooms_in_a_group_are_one(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("bedroom", "shark")
    music_home.put_on("living_room", "shark")
    members = ["media_player.bedroom_stereo", "media_player.living_room_stereo"]
    for room in ("bedroom", "living_room"):
        music_home.become(f"media_player.{room}_stereo", group_members=members)
    await listener.do("pause")
    assert music_home.player("bedroom").state == "paused"


async def test_stop_everywhere(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("bedroom", "shark")
    music_home.put_on("living_room", "sun")
    await listener.do("stop", area="everywhere")
    assert music_home.states("media_player.bedroom_stereo", "media_player.living_room_stereo") == ["idle", "idle"]


async def test_bare_stop_silences_a_timer_before_the_music(
    hass: HomeAssistant, listener: Household, music_home: MusicHome, show: Show
) -> None:
    music_home.put_on("kitchen", "shark")
    await listener.do("start_timer", seconds=30)
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=31))
    await hass.async_block_till_done()
    heard = await listener.say("stop", [("stop", {})])
    assert (heard.speech, music_home.title("kitchen")) == ("OK.", SHARK)
    show(heard, "the timer that rings falls silent, the music plays on")
    await listener.say("stop", [("stop", {})])
    assert music_home.title("kitchen") is None


async def test_pause_without_pause_is_stop_and_the_other_way_round(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("kitchen", "shark")
    music_home.become(KITCHEN, supported_features=FULL & ~Feature.PAUSE)
    await listener.do("pause")
    assert music_home.player("kitchen").state == "idle"
    music_home.put_on("kitchen", "shark")
    music_home.become(KITCHEN, supported_features=FULL & ~Feature.STOP)
    await listener.do("stop")
    assert music_home.player("kitchen").state == "paused"


async def test_what_a_player_cannot_do_is_said(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("kitchen", "shark")
    music_home.become(KITCHEN, supported_features=Feature.PLAY_MEDIA)
    for function, args in (
        ("next_track", {}),
        ("previous_track", {}),
        ("shuffle", {"on": True}),
        ("repeat", {"mode": "one"}),
        ("seek", {"seconds": 10}),
        ("set_volume", {"level": 10}),
        ("volume_up", {}),
        ("mute", {}),
    ):
        heard = await listener.do(function, **args)
        assert (function, heard.speech) == (function, "Kitchen Stereo can't do that.")


async def test_again_without_seeking_or_after_the_end(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("kitchen", "shark")
    music_home.become(KITCHEN, supported_features=FULL & ~Feature.SEEK, media_position=50)
    heard = await listener.do("restart_track")
    assert heard.speech == "From the beginning."
    assert music_home.player("kitchen").attributes["media_position"] == 0
    music_home.become(KITCHEN, state=MediaPlayerState.IDLE)
    await listener.do("restart_track")
    assert music_home.title("kitchen") == SHARK
    music_home.become(KITCHEN, supported_features=FULL)
    await listener.do("pause")
    await listener.do("restart_track")
    assert music_home.title("kitchen") == SHARK


async def test_seek_stays_inside_the_track(listener: Household, music_home: MusicHome, show: Show) -> None:
    music_home.put_on("kitchen", "shark")
    for seconds, low, high in ((30, 30, 32), (-10, 20, 23), (-60, 0, 0), (500, 99, 99)):
        heard = await listener.say(f"jump {seconds} seconds", [("seek", {"seconds": seconds})])
        show(heard, "the position moves, and stays inside the track")
        assert low <= music_home.player("kitchen").attributes["media_position"] <= high


async def test_louder_in_steps_where_the_level_is_unknown(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("kitchen", "shark")
    music_home.become(KITCHEN, supported_features=Feature.VOLUME_STEP)
    heard = await listener.do("volume_up")
    assert heard.speech == "OK."
    assert music_home.player("kitchen").attributes["volume_level"] == 0.55
    await listener.do("volume_down")
    assert music_home.player("kitchen").attributes["volume_level"] == 0.5


@pytest.mark.parametrize(
    ("function", "args"),
    [
        ("set_volume", {"level": 150}),
        ("set_volume", {"level": 101}),
        ("set_volume", {"level": -1}),
        ("volume_up", {"amount": 500}),
        ("volume_up", {"amount": -20}),
        ("volume_down", {"amount": 500}),
    ],
)
async def test_what_is_no_volume_changes_nothing(
    listener: Household, music_home: MusicHome, function: str, args: dict[str, int]
) -> None:
    heard = await listener.do(function, **args)
    assert (heard.speech, heard.failed) == ("The volume goes from 0 to 100 percent.", True)
    assert music_home.player("kitchen").attributes["volume_level"] == 0.5


async def test_yes_and_no_in_words(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("kitchen", "shark")
    await listener.do("shuffle", on=True)
    assert (await listener.do("shuffle", on="false")).speech == "No longer shuffling."
    assert music_home.player("kitchen").attributes["shuffle"] is False
    assert (await listener.do("shuffle", on="perhaps")).failed


@pytest.mark.parametrize(
    ("function", "args"),
    [("play_music", {"song": "baby shark"}), ("pause", {}), ("set_volume", {"level": 20}), ("stop", {})],
)
async def test_a_player_that_cannot_be_reached(
    listener: Household, music_home: MusicHome, function: str, args: dict[str, Any]
) -> None:
    music_home.become(KITCHEN, available=False)
    heard = await listener.do(function, area="kitchen", **args)
    assert (heard.speech, heard.failed) == ("I can't reach Kitchen Stereo right now.", True)


async def test_volume_everywhere_keeps_differences(listener: Household, music_home: MusicHome) -> None:
    music_home.become("media_player.bedroom_stereo", volume_level=0.95)
    heard = await listener.do("volume_up", area="everywhere")
    assert heard.speech == "OK."
    assert music_home.player("bedroom").attributes["volume_level"] == 1.0
    assert music_home.player("kitchen").attributes["volume_level"] == 0.6


async def test_volume_of_a_silent_room_is_set_all_the_same(listener: Household, music_home: MusicHome) -> None:
    await listener.do("set_volume", level=15)
    assert music_home.player("kitchen").attributes["volume_level"] == 0.15
    music_home.become(KITCHEN, volume_level=None)
    heard = await listener.do("set_volume", level=25)
    assert heard.speech == "Volume 25 percent."


async def test_other_agents_are_not_offered_a_second_pause(household: Household, music_home: MusicHome) -> None:
    names = {tool.name for tool in await household.tools("assist")}
    assert {f"{DOMAIN}__play_favorite", f"{DOMAIN}__whats_favorite", f"{DOMAIN}__seek"} <= names
    assert not names & {f"{DOMAIN}__pause", f"{DOMAIN}__next_track", f"{DOMAIN}__set_volume"}
