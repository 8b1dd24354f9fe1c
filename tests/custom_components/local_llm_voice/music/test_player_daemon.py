"""A real Music Player Daemon, through Home Assistant's own integration."""

import asyncio
from collections.abc import AsyncGenerator
from functools import partial
from pathlib import Path

import custom_components.local_llm_voice as integration
import pytest
from custom_components.local_llm_voice.music.item import Item
from custom_components.local_llm_voice.music.wanted import MediaKind
from custom_components.local_llm_voice.plays.progress import Rule
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.setup import async_setup_component
from mpd.asyncio import MPDClient  # type: ignore[import-untyped]
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


@pytest.mark.parametrize(
    ("args", "speech", "titles"),
    [
        ({"genre": "jazz"}, "Playing Jazz.", {"Take Five", "Blue Rondo"}),
        ({"year": "1984"}, "Playing Careless Whisper by Wham.", {"Careless Whisper"}),
        ({"year": "sixties"}, "Playing Here Comes the Sun by The Beatles.", {"Here Comes the Sun"}),
        ({"year": "50s"}, "Playing 50s.", {"Take Five", "Blue Rondo"}),
        ({"album": "time out"}, "Playing Time Out by Dave Brubeck.", {"Take Five", "Blue Rondo"}),
        ({"playlist": "party"}, "Playing Party.", {"Take Five"}),
        ({"query": "careless whisper"}, "Playing Careless Whisper by Wham.", {"Careless Whisper"}),
        ({"query": "dave brubeck"}, "Playing Dave Brubeck.", {"Take Five", "Blue Rondo"}),
        ({"artist": "take five"}, "Playing Take Five by Dave Brubeck.", {"Take Five"}),
        ({"song": "dave brubeck"}, "Playing Dave Brubeck.", {"Take Five", "Blue Rondo"}),
        ({"genre": "beatles"}, "Playing Here Comes the Sun by The Beatles.", {"Here Comes the Sun"}),
        ({"artist": "beatles", "genre": "rock"}, "Playing Here Comes the Sun by The Beatles.", {"Here Comes the Sun"}),
    ],
)  # fmt: skip
async def test_music_is_found_by_its_tags(
    hass: HomeAssistant, stereo: Household, args: dict[str, str], speech: str, titles: set[str]
) -> None:
    heard = await stereo.do("play_music", **args)
    assert heard.speech == speech
    assert player(hass).attributes["media_title"] in titles


async def test_something_plays_when_nothing_is_named(hass: HomeAssistant, stereo: Household) -> None:
    heard = await stereo.do("play_music")
    assert (heard.speech, player(hass).state) == ("Playing music.", "playing")


@pytest.mark.parametrize(
    ("args", "speech"),
    [
        ({"song": "bohemian rhapsody"}, "I can't find bohemian rhapsody."),
        ({"song": "take five", "artist": "pinkfong"}, "I can't find take five by pinkfong."),
        ({"genre": "polka"}, "I can't find polka."),
        ({"artist": "blue"}, "I can't find blue."),
        ({"year": "1971"}, "I can't find 1971."),
        ({"year": "the year of the cat"}, "I don't know which years the year of the cat means."),
        ({"playlist": "workout"}, "I can't find workout."),
    ],
)
async def test_what_is_not_there_is_not_played(
    hass: HomeAssistant, stereo: Household, args: dict[str, str], speech: str
) -> None:
    heard = await stereo.do("play_music", **args)
    assert (heard.speech, heard.failed) == (speech, True)
    assert player(hass).state == "off"


async def test_queue(hass: HomeAssistant, stereo: Household) -> None:
    await stereo.do("play_music", song="baby shark")
    await stereo.do("add_to_queue", song="careless whisper")
    heard = await stereo.do("add_to_queue", song="take five", next=True)
    assert heard.speech == "Take Five by Dave Brubeck plays next."
    heard = await stereo.do("add_to_queue", playlist="party")
    assert heard.speech == "Added Party to the queue."
    played = []
    for _ in range(3):
        await stereo.do("next_track")
        played.append(player(hass).attributes["media_title"])
    assert played == ["Take Five", "Careless Whisper", "Take Five"]


async def test_song_is_added_to_a_playlist(hass: HomeAssistant, stereo: Household, tmp_path: Path) -> None:
    await stereo.do("play_music", song="baby shark")
    heard = await stereo.do("add_to_playlist", playlist="party")
    assert heard.speech == "Added Baby Shark by Pinkfong to Party."
    assert "Baby Shark.flac" in (tmp_path / "playlists" / "Party.m3u").read_text()
    heard = await stereo.do("add_to_playlist", playlist="breakfast")
    assert heard.speech == "There is no playlist called breakfast."


async def test_radio_is_a_source(hass: HomeAssistant, stereo: Household) -> None:
    heard = await stereo.do("play_radio", station="party")
    assert (heard.speech, player(hass).state) == ("Playing Party.", "playing")
    heard = await stereo.do("play_radio", station="radio gaga")
    assert heard.speech == "I can't find radio gaga."


async def test_favorite_imported_by_name_is_played(hass: HomeAssistant, stereo: Household) -> None:
    tracks = [{"title": "Baby Shark", "artist": "Pinkfong", "plays": 34}, {"title": "Gone", "plays": 5}]
    await hass.services.async_call("local_llm_voice", "import_plays", {"tracks": tracks}, blocking=True)
    heard = await stereo.do("play_favorite")
    assert heard.speech == "Playing Baby Shark by Pinkfong."
    assert player(hass).attributes["media_title"] == "Baby Shark"
    heard = await stereo.do("play_favorite", kind="songs")
    assert heard.speech == "Playing Baby Shark by Pinkfong."
    heard = await stereo.do("play_favorite", genre="jazz")
    assert heard.failed


async def test_large_database_is_searched_instead_of_listed(
    hass: HomeAssistant, stereo: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("custom_components.local_llm_voice.music.player_daemon.MAX_LISTED", 2)
    heard = await stereo.do("play_music", song="careless whisper")
    assert heard.speech == "Playing Careless Whisper by Wham."


async def test_daemon_that_died_is_one_sentence(
    hass: HomeAssistant, stereo: Household, daemon: player_daemon.Daemon
) -> None:
    await daemon.stop()
    heard = await stereo.do("play_music", song="take five")
    assert heard.failed
    assert heard.speech in ("That did not work.", "I can't find take five.")


async def test_plays_are_counted_while_the_daemon_goes_on_by_itself(
    hass: HomeAssistant, household: Household, socket_enabled: None, tmp_path: Path, entry: MockConfigEntry
) -> None:
    """Tracks of two seconds, heard in real time; one is cut off."""
    plays = entry.runtime_data.plays
    plays._rule = Rule(longer_than=1, share=0.5)
    daemon = await player_daemon.start(tmp_path, seconds=2)
    players = MockConfigEntry(domain="mpd", title="MPD", data={"host": "127.0.0.1", "port": daemon.port})
    players.add_to_hass(hass)
    assert await hass.config_entries.async_setup(players.entry_id)
    await hass.async_block_till_done()
    async_expose_entity(hass, "conversation", PLAYER, True)
    await household.do("play_music", album="time out")
    for _ in range(8):
        await asyncio.sleep(0.5)
        await hass.services.async_call("homeassistant", "update_entity", {"entity_id": PLAYER}, blocking=True)
    assert {r.track.title: r.plays() for r in plays.history} == {"Take Five": 1, "Blue Rondo": 1}
    await household.do("play_music", song="baby shark")
    await asyncio.sleep(0.3)
    await household.do("play_music", song="take five")
    await asyncio.sleep(1.5)
    assert {r.track.title: r.plays() for r in plays.history if r.plays()} == {"Take Five": 2, "Blue Rondo": 1}
    heard = await household.do("whats_favorite")
    assert heard.speech == "Take Five by Dave Brubeck; you have played it 2 times."
    await household.do("stop")
    heard = await household.do("play_favorite")
    assert (heard.speech, player(hass).attributes["media_title"]) == ("Playing Take Five by Dave Brubeck.", "Take Five")
    await daemon.stop()


@pytest.fixture
def four_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Songs count after four seconds."""
    monkeypatch.setattr(integration, "Rule", partial(Rule, at_most=4))
    monkeypatch.setattr("custom_components.local_llm_voice.plays.after_stop.JITTER", 1.0)


async def test_seconds_of_a_song_that_was_stopped_are_gone(
    four_seconds: None, hass: HomeAssistant, stereo: Household, entry: MockConfigEntry
) -> None:
    plays = entry.runtime_data.plays
    for _ in range(3):
        await stereo.do("play_music", song="take five")
        await asyncio.sleep(2)
        await hass.services.async_call("media_player", "media_stop", {"entity_id": PLAYER}, blocking=True)
        await asyncio.sleep(0.3)
    assert [record.plays() for record in plays.history] == []
    await stereo.do("play_music", song="take five")
    await asyncio.sleep(1)
    await stereo.do("pause")
    await asyncio.sleep(2)
    await stereo.do("resume")
    await asyncio.sleep(2)
    assert [record.plays() for record in plays.history] == []
    await asyncio.sleep(2)
    assert [record.plays() for record in plays.history] == [1]


async def test_files_of_home_assistant_are_queued_by_their_address(
    hass: HomeAssistant,
    stereo: Household,
    daemon: player_daemon.Daemon,
    tmp_path: Path,
    entry: MockConfigEntry,
) -> None:
    hass.config.media_dirs = {"music": str(tmp_path / "music")}
    hass.config.internal_url = "http://127.0.0.1:8123"
    assert await async_setup_component(hass, "media_source", {})
    await hass.async_block_till_done()
    await stereo.do("play_music", song="take five")
    (library, *_) = entry.runtime_data.music.libraries(player(hass), Context())
    file = "media-source://media_source/music/Pinkfong/Best of Baby Shark/Baby Shark.flac"
    await library.async_queue([Item(kind=MediaKind.TRACK, title="Baby Shark", content_id=file, content_type="music")])
    client = MPDClient()
    await client.connect("127.0.0.1", daemon.port)
    (_, queued) = await client.playlistinfo()
    client.disconnect()
    assert queued["file"].startswith("http://127.0.0.1:8123/media/music/Pinkfong/")
    # Nobody serves the file: what the daemon's library raises is one sentence too.
    heard = await stereo.do("next_track")
    assert (heard.speech, heard.failed) == ("That did not work with MPD.", True)
