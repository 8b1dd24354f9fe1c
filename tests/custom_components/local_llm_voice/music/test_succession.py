"""Players that keep no queue: what comes next is begun when a track ends."""

from datetime import timedelta
from typing import Any

import pytest
from homeassistant.components.media_player import MediaPlayerEntityFeature as Feature
from homeassistant.components.media_player import MediaPlayerState
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.household import Household
from tests.custom_components.local_llm_voice.music_home import MusicHome
from tests.custom_components.local_llm_voice.players import FULL

KITCHEN = "media_player.kitchen_stereo"


@pytest.fixture
def simple(listener: Household, music_home: MusicHome) -> Household:
    """A player that plays one thing at a time."""
    music_home.become(KITCHEN, supported_features=FULL & ~Feature.MEDIA_ENQUEUE & ~Feature.NEXT_TRACK)
    return listener


def loaded(hass: HomeAssistant) -> Any:
    """The entry of the integration."""
    (entry,) = hass.config_entries.async_loaded_entries("local_llm_voice")
    return entry


async def end(hass: HomeAssistant, home: MusicHome) -> None:
    """Let the track come to its end."""
    length = home.player("kitchen").attributes["media_duration"]
    past: dict[str, Any] = {"media_position_updated_at": dt_util.utcnow() - timedelta(seconds=length)}
    home.become(KITCHEN, **past)
    home.become(KITCHEN, state=MediaPlayerState.IDLE)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_all_of_an_artist_is_played(hass: HomeAssistant, simple: Household, music_home: MusicHome) -> None:
    await simple.do("play_music", artist="dave brubeck")
    first = music_home.title("kitchen")
    await end(hass, music_home)
    assert {first, music_home.title("kitchen")} == {"Take Five", "Blue Rondo à la Turk"}
    await end(hass, music_home)
    assert music_home.title("kitchen") is None


async def test_queue_and_next(hass: HomeAssistant, simple: Household, music_home: MusicHome) -> None:
    await simple.do("play_music", song="take five")
    await simple.do("add_to_queue", song="baby shark")
    await simple.do("add_to_queue", song="here comes the sun", next=True)
    assert music_home.title("kitchen") == "Take Five"
    assert (await simple.do("next_track")).speech == "Skipped."
    assert music_home.title("kitchen") == "Here Comes the Sun"
    await end(hass, music_home)
    assert music_home.title("kitchen") == "Baby Shark"
    assert (await simple.do("next_track")).speech == "Kitchen Stereo can't do that."


async def test_stopped_music_stays_stopped(hass: HomeAssistant, simple: Household, music_home: MusicHome) -> None:
    await simple.do("play_music", artist="dave brubeck")
    await simple.do("stop")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert music_home.title("kitchen") is None
    music_home.put_on("kitchen", "sun")
    await end(hass, music_home)
    assert music_home.title("kitchen") is None


async def test_paused_music_goes_on(hass: HomeAssistant, simple: Household, music_home: MusicHome) -> None:
    await simple.do("play_music", artist="dave brubeck")
    await simple.do("pause")
    await simple.do("resume")
    await end(hass, music_home)
    assert music_home.title("kitchen") is not None


async def test_somebody_else_s_music_is_not_followed(
    hass: HomeAssistant, simple: Household, music_home: MusicHome
) -> None:
    await simple.do("play_music", artist="dave brubeck")
    music_home.put_on("kitchen", "sun")
    await end(hass, music_home)
    assert music_home.title("kitchen") is None


async def test_player_that_still_reports_the_old_track_is_waited_for(
    hass: HomeAssistant, simple: Household, music_home: MusicHome
) -> None:
    music_home.put_on("kitchen", "sun")
    await simple.do("play_music", artist="dave brubeck")
    succession = loaded(hass).runtime_data.music.succession
    stereo = music_home.stereo("kitchen")
    succession.async_begin(KITCHEN, succession._rests[KITCHEN].play, list(succession._rests[KITCHEN].items))
    stereo.become(volume_level=0.1)
    stereo.become(state=MediaPlayerState.IDLE)
    stereo.become(state=MediaPlayerState.PLAYING)
    await end(hass, music_home)
    assert music_home.title("kitchen") is not None


async def test_first_song_that_fails(simple: Household, music_home: MusicHome) -> None:
    music_home.stereo("kitchen").broken = True
    assert (await simple.do("play_music", artist="dave brubeck")).failed
    assert not await loaded(simple.hass).runtime_data.music.succession.async_skip(KITCHEN)


async def test_next_song_that_fails_ends_it(
    hass: HomeAssistant, simple: Household, music_home: MusicHome, caplog: pytest.LogCaptureFixture
) -> None:
    await simple.do("play_music", artist="dave brubeck")
    length = music_home.player("kitchen").attributes["media_duration"]
    stereo = music_home.stereo("kitchen")
    stereo.become(media_position_updated_at=dt_util.utcnow() - timedelta(seconds=length))
    stereo.broken = True
    hass.states.async_set(KITCHEN, "idle", music_home.player("kitchen").attributes)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert "The next track did not start on media_player.kitchen_stereo: HomeAssistantError" in caplog.text
    assert music_home.title("kitchen") is None


async def test_track_without_length_is_not_followed(
    hass: HomeAssistant, simple: Household, music_home: MusicHome
) -> None:
    await simple.do("play_music", artist="dave brubeck")
    music_home.become(KITCHEN, media_duration=None)
    music_home.become(KITCHEN, state=MediaPlayerState.IDLE)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert music_home.title("kitchen") is None


async def test_player_and_house_that_go_away(
    hass: HomeAssistant, simple: Household, music_home: MusicHome, entry: MockConfigEntry
) -> None:
    await simple.do("play_music", artist="dave brubeck")
    hass.states.async_remove(KITCHEN)
    await hass.async_block_till_done()
    music_home.put_on("kitchen", "five")
    await simple.do("play_music", artist="dave brubeck")
    await hass.config_entries.async_unload(entry.entry_id)
    await end(hass, music_home)
    assert music_home.title("kitchen") is None


async def test_queue_is_bounded(
    simple: Household, music_home: MusicHome, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("custom_components.local_llm_voice.music.succession.MAX_QUEUED", 2)
    await simple.do("play_music", song="take five")
    for _ in range(4):
        await simple.do("add_to_queue", song="baby shark")
    skipped = 0
    while await entry.runtime_data.music.succession.async_skip(KITCHEN):
        skipped += 1
    assert skipped == 2
