"""Counting on real players, in real time with a rule of tenths of a second."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import custom_components.local_llm_voice as integration
import pytest
from custom_components.local_llm_voice.plays.progress import Rule
from custom_components.local_llm_voice.plays.store import STORAGE_KEY, PlayStore
from custom_components.local_llm_voice.plays.tracker import EVENT_PLAY_COUNTED, PlayTracker
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Context, Event, HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.household import Household
from tests.custom_components.local_llm_voice.music_home import MusicHome

NEEDED = 0.3
"""Seconds to hear until a track counts."""

ENOUGH = NEEDED + 0.3
KITCHEN = "media_player.kitchen_stereo"

type Counts = Callable[[], dict[str, int]]


@pytest.fixture(autouse=True)
def short_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integration, "Rule", partial(Rule, longer_than=1, at_most=NEEDED))


@pytest.fixture
def plays(entry: MockConfigEntry, music_home: MusicHome) -> Counts:
    """The plays by title."""

    def counts() -> dict[str, int]:
        history = tracker(entry).history
        return {record.track.title: record.plays() for record in history if record.plays()}

    return counts


def tracker(entry: MockConfigEntry) -> PlayTracker:
    found: PlayTracker = entry.runtime_data.plays
    return found


async def test_a_play_counts_once_and_is_told(
    hass: HomeAssistant, music_home: MusicHome, plays: Counts, entry: MockConfigEntry
) -> None:
    events: list[Event[Any]] = []
    hass.bus.async_listen(EVENT_PLAY_COUNTED, events.append)
    music_home.put_on("kitchen", "shark")
    assert plays() == {}
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Baby Shark": 1}
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Baby Shark": 1}
    assert [event.data for event in events] == [
        {
            "entity_id": KITCHEN,
            "title": "Baby Shark",
            "artist": "Pinkfong",
            "album": "Best of Baby Shark",
            "areas": ["kitchen"],
            "plays": 1,
        }
    ]
    await hass.async_block_till_done()
    song = music_home.state("sensor.local_llm_voice_favorite_song")
    assert (song.state, song.attributes["artist"], song.attributes["plays"]) == ("Baby Shark", "Pinkfong", 1)
    artist = music_home.state("sensor.local_llm_voice_favorite_artist")
    assert (artist.state, artist.attributes["plays"]) == ("Pinkfong", 1)
    today = music_home.state("sensor.local_llm_voice_plays_today")
    assert (today.state, today.attributes["state_class"]) == ("1", "total")
    home = entry.runtime_data.vocabulary.home
    assert (home["songs"], home["artists"]) == (["Baby Shark"], ["Pinkfong"])


async def test_pausing_neither_helps_nor_hurts(music_home: MusicHome, plays: Counts) -> None:
    music_home.put_on("kitchen", "shark")
    await asyncio.sleep(NEEDED / 2)
    await music_home.stereo("kitchen").async_media_pause()
    await asyncio.sleep(ENOUGH)
    assert plays() == {}
    await music_home.stereo("kitchen").async_media_play()
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Baby Shark": 1}


async def test_a_track_that_was_cut_off_does_not_count(music_home: MusicHome, plays: Counts) -> None:
    music_home.put_on("kitchen", "shark")
    await asyncio.sleep(NEEDED / 2)
    music_home.put_on("kitchen", "sun")
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Here Comes the Sun": 1}


async def test_a_song_that_was_stopped_and_started_anew_is_a_new_play(
    music_home: MusicHome, plays: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("custom_components.local_llm_voice.plays.after_stop.JITTER", 0.1)
    stereo = music_home.stereo("kitchen")
    for stop in (stereo.async_media_stop, stereo.async_turn_off):
        music_home.put_on("kitchen", "shark")
        await asyncio.sleep(NEEDED * 0.6)
        await stop()
    music_home.put_on("kitchen", "shark")
    await asyncio.sleep(NEEDED * 0.6)
    assert plays() == {}
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Baby Shark": 1}


async def test_speakers_in_a_group_count_once(music_home: MusicHome, plays: Counts, entry: MockConfigEntry) -> None:
    members = [KITCHEN, "media_player.bedroom_stereo"]
    for entity_id in members:
        music_home.become(entity_id, group_members=members)
    music_home.put_on("kitchen", "shark")
    music_home.put_on("bedroom", "shark")
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Baby Shark": 1}
    (record,) = tracker(entry).history
    (origin,) = record.buckets
    assert origin.areas == ("bedroom", "kitchen")


async def test_the_same_song_in_two_rooms_at_other_times_counts_twice(music_home: MusicHome, plays: Counts) -> None:
    music_home.put_on("kitchen", "shark")
    stereo = music_home.stereo("bedroom")
    stereo.queue = ["shark"]
    stereo.play(position=60)
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Baby Shark": 2}


async def test_music_that_moved_to_another_room_goes_on(music_home: MusicHome, plays: Counts) -> None:
    stereo = music_home.stereo("kitchen")
    stereo.queue = ["shark"]
    stereo.play(position=50)
    await asyncio.sleep(ENOUGH)
    stereo = music_home.stereo("bedroom")
    stereo.queue = ["shark"]
    stereo.play(position=50 + ENOUGH)
    await music_home.stereo("kitchen").async_media_stop()
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Baby Shark": 1}


async def test_what_is_hidden_from_assist_is_not_counted(music_home: MusicHome, plays: Counts) -> None:
    music_home.hide("media_player.bedroom_stereo")
    music_home.put_on("bedroom", "shark")
    music_home.put_on("kitchen", "sun")
    music_home.hide(KITCHEN)
    music_home.become(KITCHEN, volume_level=0.1)
    await asyncio.sleep(ENOUGH)
    assert plays() == {}


async def test_nothing_is_counted_or_kept_while_the_switch_is_off(
    hass: HomeAssistant, music_home: MusicHome, plays: Counts, entry: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    switch = "switch.local_llm_voice_count_plays"
    assert music_home.state(switch).state == "on"
    await hass.services.async_call("switch", "turn_off", {"entity_id": switch}, blocking=True)
    music_home.put_on("kitchen", "shark")
    await asyncio.sleep(ENOUGH)
    assert plays() == {}
    await hass.config_entries.async_reload(entry.entry_id)
    assert "Baby Shark" not in str(hass_storage[STORAGE_KEY])
    await hass.async_block_till_done()
    assert music_home.state(switch).state == "off"
    await hass.services.async_call("switch", "turn_on", {"entity_id": switch}, blocking=True)
    music_home.put_on("kitchen", "sun")
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Here Comes the Sun": 1}


async def test_reload_in_mid_song_neither_loses_nor_doubles(
    hass: HomeAssistant, music_home: MusicHome, plays: Counts, entry: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    music_home.put_on("kitchen", "shark")
    await asyncio.sleep(NEEDED / 2)
    await hass.config_entries.async_reload(entry.entry_id)
    assert plays() == {}
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Baby Shark": 1}
    await hass.config_entries.async_reload(entry.entry_id)
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Baby Shark": 1}


async def test_shutdown_saves(
    hass: HomeAssistant, music_home: MusicHome, plays: Counts, hass_storage: dict[str, Any]
) -> None:
    music_home.put_on("kitchen", "shark")
    await asyncio.sleep(ENOUGH)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    assert hass_storage[STORAGE_KEY]["data"]["records"][0]["title"] == "Baby Shark"


async def test_power_cut_after_the_file_was_written(
    hass: HomeAssistant,
    music_home: MusicHome,
    entry: MockConfigEntry,
    hass_storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The process dies without a word; the next one reads what the last wrote by itself."""
    monkeypatch.setattr("custom_components.local_llm_voice.plays.store.SAVE_DELAY", 0)
    music_home.put_on("kitchen", "shark")
    await asyncio.sleep(0.1)
    await hass.async_block_till_done(wait_background_tasks=True)
    saved = hass_storage[STORAGE_KEY]["data"]
    assert saved["playing"][KITCHEN]["title"] == "Baby Shark"
    assert saved["records"] == []
    store = PlayStore(hass)
    other = PlayTracker(hass, store, await store.async_load(), Rule(longer_than=1, at_most=NEEDED))
    other.async_start()
    await asyncio.sleep(ENOUGH)
    assert [record.plays() for record in other.history] == [1]
    await hass.async_block_till_done(wait_background_tasks=True)
    again = PlayTracker(hass, store, await store.async_load(), Rule(longer_than=1, at_most=NEEDED))
    again.async_start()
    await asyncio.sleep(ENOUGH)
    assert [record.plays() for record in again.history] == [1]
    for running in (other, again):
        await running.async_stop()


async def test_plays_that_cannot_be_gone_on_with_are_dropped(
    hass: HomeAssistant, music_home: MusicHome, hass_storage: dict[str, Any]
) -> None:
    shape = {"track": "of another release", "ago": 1}
    hass_storage[STORAGE_KEY] = {
        "version": 1,
        "minor_version": 1,
        "key": STORAGE_KEY,
        "data": {"counting": True, "at": "2099-01-01T00:00:00+00:00", "playing": {KITCHEN: shape}, "records": []},
    }
    store = PlayStore(hass)
    running = PlayTracker(hass, store, await store.async_load(), Rule())
    assert running.playing(KITCHEN) is None
    running.async_start()
    music_home.put_on("kitchen", "shark")
    await hass.async_block_till_done()
    play = running.playing(KITCHEN)
    assert play is not None
    assert play.track.title == "Baby Shark"
    await running.async_stop()


async def test_on_whose_account_a_play_goes(
    hass: HomeAssistant, listener: Household, music_home: MusicHome, plays: Counts, entry: MockConfigEntry
) -> None:
    await listener.do("play_music", song="baby shark")
    await asyncio.sleep(ENOUGH)
    stereo = music_home.stereo("bedroom")
    stereo.async_set_context(Context(user_id="a person"))
    music_home.put_on("bedroom", "five")
    await asyncio.sleep(ENOUGH)
    by = {record.track.title: [origin.by for origin in record.buckets] for record in tracker(entry).history}
    assert by == {"Baby Shark": [f"device:{listener.device_id}"], "Take Five": ["user:a person"]}


async def test_a_player_that_stumbles_goes_on_playing_for_the_same_person(
    listener: Household, music_home: MusicHome, plays: Counts, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    await listener.do("play_music", song="baby shark")
    monkeypatch.setattr("custom_components.local_llm_voice.plays.tracker.WISH_SECONDS", 0)
    await asyncio.sleep(NEEDED / 2)
    await music_home.stereo("kitchen").async_media_stop()
    await music_home.stereo("kitchen").async_media_play()
    await asyncio.sleep(ENOUGH)
    music_home.put_on("kitchen", "sun")
    await asyncio.sleep(ENOUGH)
    await music_home.stereo("kitchen").async_media_stop()
    music_home.put_on("kitchen", "five")
    await asyncio.sleep(ENOUGH)
    asked = f"device:{listener.device_id}"
    by = {record.track.title: [origin.by for origin in record.buckets] for record in tracker(entry).history}
    # The next song belongs to what was asked for; what somebody starts after a stop does not.
    assert by == {"Baby Shark": [asked], "Here Comes the Sun": [asked], "Take Five": [None]}


async def test_playlists_count_with_their_songs(
    listener: Household, music_home: MusicHome, plays: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    await listener.do("play_music", playlist="party mix")
    music_home.put_on("kitchen", "sun")
    await asyncio.sleep(ENOUGH)
    assert plays() == {"Here Comes the Sun": 1, "Party Mix": 1}


async def test_player_that_goes_away(hass: HomeAssistant, music_home: MusicHome, plays: Counts) -> None:
    music_home.put_on("kitchen", "shark")
    await music_home.stereo("kitchen").async_remove()
    hass.states.async_remove(KITCHEN)
    await asyncio.sleep(ENOUGH)
    assert plays() == {}


async def test_a_title_without_a_name_is_nothing(music_home: MusicHome, plays: Counts) -> None:
    music_home.put_on("kitchen", "shark")
    music_home.become(KITCHEN, media_content_type="tvshow")
    await asyncio.sleep(ENOUGH)
    assert plays() == {}
