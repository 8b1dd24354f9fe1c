"""A real Music Player Daemon, through Home Assistant's own integration."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant, State
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice import player_daemon
from tests.custom_components.local_llm_voice.household import Household

PLAYER = "media_player.mpd"

pytestmark = pytest.mark.skipif(not player_daemon.available(), reason="mpd or sox is not installed")


@pytest.fixture
async def daemon(socket_enabled: None, tmp_path: Path) -> AsyncGenerator[player_daemon.Daemon]:
    """A running daemon."""
    daemon = await player_daemon.start(tmp_path)
    yield daemon
    await daemon.stop()


@pytest.fixture
async def stereo(hass: HomeAssistant, daemon: player_daemon.Daemon, household: Household) -> Household:
    """The daemon as the only player of the house."""
    entry = MockConfigEntry(domain="mpd", title="MPD", data={"host": "127.0.0.1", "port": daemon.port})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    async_expose_entity(hass, "conversation", PLAYER, True)
    return household


def player(hass: HomeAssistant) -> State:
    state = hass.states.get(PLAYER)
    assert state
    return state


async def test_songs_are_played_by_name(hass: HomeAssistant, stereo: Household) -> None:
    heard = await stereo.do("play_music", song="take five")
    assert heard.speech == "Playing Take Five by Dave Brubeck."
    assert (player(hass).state, player(hass).attributes["media_title"]) == ("playing", "Take Five")
    heard = await stereo.do("pause")
    assert (heard.speech, player(hass).state) == ("Paused.", "paused")
    heard = await stereo.do("resume")
    assert (heard.speech, player(hass).state) == ("Playing again.", "playing")
    await stereo.do("set_volume", level=30)
    assert player(hass).attributes["volume_level"] == 0.3
    heard = await stereo.do("stop")
    assert (heard.speech, player(hass).state) == ("Stopped.", "off")


async def test_all_of_an_artist_is_queued(hass: HomeAssistant, stereo: Household) -> None:
    heard = await stereo.do("play_music", artist="dave brubek")
    assert heard.speech == "Playing Dave Brubeck."
    first = player(hass).attributes["media_title"]
    await stereo.do("next_track")
    assert {first, player(hass).attributes["media_title"]} == {"Take Five", "Blue Rondo"}
