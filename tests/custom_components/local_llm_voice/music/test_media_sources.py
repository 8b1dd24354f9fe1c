"""Files in Home Assistant's media folder, for players that cannot search."""

from pathlib import Path

import pytest
from homeassistant.components.media_player import MediaPlayerEntityFeature as Feature
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockModule, mock_integration  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.household import Household
from tests.custom_components.local_llm_voice.music_home import MusicHome

KITCHEN = "media_player.kitchen_stereo"
FILES = (
    "Dave Brubeck/Time Out/01 - Take Five.mp3",
    "Dave Brubeck/Time Out/02 Blue Rondo.mp3",
    "Pinkfong - Baby Shark.mp3",
    "holiday.mp4",
    "notes.txt",
)


@pytest.fixture
async def simple(hass: HomeAssistant, listener: Household, music_home: MusicHome, tmp_path: Path) -> Household:
    """A player that only plays what it is told, and a folder of music."""
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    hass.config.media_dirs = {"music": str(tmp_path)}
    assert await async_setup_component(hass, "media_source", {})
    await hass.async_block_till_done()
    music_home.become(KITCHEN, supported_features=Feature.PLAY_MEDIA | Feature.STOP)
    return listener


@pytest.mark.parametrize(
    ("args", "speech", "file"),
    [
        ({"song": "take five"}, "Playing Take Five by Dave Brubeck.", FILES[0]),
        ({"song": "blue rondo"}, "Playing Blue Rondo by Dave Brubeck.", FILES[1]),
        ({"song": "baby shark", "artist": "pinkfong"}, "Playing Baby Shark by Pinkfong.", FILES[2]),
        ({"album": "time out"}, "Playing Time Out by Dave Brubeck.", FILES[0]),
        ({"artist": "pinkfong"}, "Playing Baby Shark by Pinkfong.", FILES[2]),
    ],
)
async def test_file_is_found_by_its_path(
    simple: Household, music_home: MusicHome, args: dict[str, str], speech: str, file: str
) -> None:
    heard = await simple.do("play_music", **args)
    assert heard.speech == speech
    media_id = music_home.player("kitchen").attributes["media_content_id"]
    assert media_id == f"media-source://media_source/music/{file}"


async def test_videos_and_missing_songs(simple: Household) -> None:
    assert (await simple.do("play_music", song="holiday")).speech == "I can't find holiday."
    assert (await simple.do("play_radio", station="radio gaga")).speech == "I can't find radio gaga."


async def test_folders_are_read_once(simple: Household, music_home: MusicHome, tmp_path: Path) -> None:
    await simple.do("play_music", song="take five")
    (tmp_path / "Adele - Hello.mp3").touch()
    assert (await simple.do("play_music", song="hello")).failed


async def test_folder_that_is_gone(hass: HomeAssistant, simple: Household, tmp_path: Path) -> None:
    hass.config.media_dirs["music"] = str(tmp_path / "gone")
    assert (await simple.do("play_music", song="take five")).speech == "I can't find take five."


async def test_bounds(simple: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custom_components.local_llm_voice.music.media_sources.MAX_FILES", 1)
    assert (await simple.do("play_music", song="baby shark")).failed


async def test_player_that_takes_nothing(simple: Household, music_home: MusicHome) -> None:
    music_home.become(KITCHEN, supported_features=Feature.STOP)
    assert (await simple.do("play_music", song="take five", area="kitchen")).failed
    heard = await simple.do("play_music", song="take five")
    assert heard.speech == "Which one do you mean: Living Room Stereo or Bedroom Stereo?"


async def test_station_of_the_radio_directory(
    hass: HomeAssistant, simple: Household, music_home: MusicHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Radio Browser itself is on the internet: a source of the same shape stands in for it."""
    from types import SimpleNamespace

    from homeassistant.components.media_player import MediaClass, SearchMedia, SearchMediaQuery
    from homeassistant.components.media_source import BrowseMediaSource, MediaSource, MediaSourceItem
    from pytest_homeassistant_custom_component.common import mock_platform

    class Stations(MediaSource):
        async def async_search_media(self, item: MediaSourceItem, query: SearchMediaQuery) -> SearchMedia:
            station = BrowseMediaSource(
                domain="radio_browser",
                identifier="1234",
                media_class=MediaClass.MUSIC,
                media_content_type="audio/mpeg",
                title="Radio Gaga",
                can_play=True,
                can_expand=False,
            )
            return SearchMedia(result=[station])

    async def source(hass: HomeAssistant) -> MediaSource:
        return Stations("radio_browser")

    mock_integration(hass, MockModule("radio_browser"))
    mock_platform(hass, "radio_browser.media_source", SimpleNamespace(async_get_media_source=source))
    assert await async_setup_component(hass, "radio_browser", {})
    await hass.async_block_till_done()
    heard = await simple.do("play_radio", station="radio gaga")
    assert heard.speech == "Playing Radio Gaga."
    media_id = music_home.player("kitchen").attributes["media_content_id"]
    assert media_id == "media-source://radio_browser/1234"
