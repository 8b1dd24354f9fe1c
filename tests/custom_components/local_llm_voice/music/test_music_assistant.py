"""Music Assistant: Home Assistant's own integration and client, and a server that speaks as the real one does."""

import asyncio
from collections.abc import AsyncGenerator
from functools import partial

import custom_components.local_llm_voice as integration
import pytest
from custom_components.local_llm_voice.music.music_assistant import media_type_of
from custom_components.local_llm_voice.plays.history import HOUSE, Origin
from custom_components.local_llm_voice.plays.progress import Rule
from custom_components.local_llm_voice.plays.track import Track
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.devices import Satellite
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show
from tests.custom_components.local_llm_voice.music_assistant_server import MusicAssistantServer

KITCHEN, LIVING_ROOM = "media_player.kitchen_stereo", "media_player.living_room_stereo"

NEEDED = 0.5
"""Seconds to hear until a track counts."""


class SatelliteHome(Home):
    """A satellite in the kitchen."""

    async def furnish(self) -> None:
        """Set it up."""
        satellite = Satellite("Kitchen Satellite")
        self.add("assist_satellite", "Kitchen", satellite)
        await self._set_up()
        await self.hass.async_block_till_done()
        assert satellite.device_entry is not None
        area = ar.async_get(self.hass).async_create("Kitchen")
        dr.async_get(self.hass).async_update_device(satellite.device_entry.id, area_id=area.id)


@pytest.fixture(autouse=True)
def short_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integration, "Rule", partial(Rule, longer_than=1, at_most=NEEDED, unknown_length=NEEDED))


@pytest.fixture
async def music(socket_enabled: None) -> AsyncGenerator[MusicAssistantServer]:
    """A running server with a player in two rooms."""
    music = MusicAssistantServer()
    for room in ("Kitchen", "Living Room"):
        music.add(f"{room} Stereo")
    await music.start()
    yield music
    await music.stop()


@pytest.fixture
async def owner(
    hass: HomeAssistant, entry: MockConfigEntry, music: MusicAssistantServer
) -> AsyncGenerator[MockConfigEntry]:
    """Home Assistant's integration, connected."""
    home = SatelliteHome(hass)
    await home.furnish()
    owner = MockConfigEntry(domain="music_assistant", data={"url": f"http://127.0.0.1:{music.port}", "token": "token"})
    owner.add_to_hass(hass)
    assert await async_setup_component(hass, "music_assistant", {})
    await hass.async_block_till_done()
    ar.async_get(hass).async_get_or_create("Living Room")
    for entity_id, area in ((KITCHEN, "kitchen"), (LIVING_ROOM, "living_room")):
        registered = er.async_get(hass).async_get(entity_id)
        assert registered is not None
        assert registered.device_id is not None
        dr.async_get(hass).async_update_device(registered.device_id, area_id=area)
        async_expose_entity(hass, "conversation", entity_id, True)
    yield owner
    await hass.config_entries.async_unload(owner.entry_id)


@pytest.fixture
def listener(hass: HomeAssistant, owner: MockConfigEntry, household: Household) -> Household:
    """Somebody in the kitchen."""
    satellite = er.async_get(hass).async_get("assist_satellite.kitchen_satellite")
    assert satellite
    household.device_id = satellite.device_id
    return household


@pytest.mark.parametrize(
    ("function", "args", "speech", "media_id"),
    [
        ("play_music", {"song": "take five"}, "Playing Take Five by Dave Brubeck.", "library://track/2"),
        ("play_music", {"artist": "dave brubeck"}, "Playing Dave Brubeck.", "library://artist/2"),
        ("play_music", {"album": "time out"}, "Playing Time Out by Dave Brubeck.", "library://album/2"),
        (
            "play_music",
            {"album": "time out", "service": "YouTube Music"},
            "Playing Time Out by Dave Brubeck.",
            "ytmusic--x8Fq://album/9",
        ),
        ("play_music", {"playlist": "friday night"}, "Playing Friday Night.", "library://playlist/1"),
        ("play_music", {"genre": "jazz"}, "Playing Jazz.", "library://genre/2"),
        ("play_radio", {"station": "radio gaga"}, "Playing Radio Gaga.", "library://radio/1"),
        ("play_podcast", {"title": "the daily"}, "Playing The Daily.", "library://podcast/1"),
        ("play_audiobook", {"title": "the hobbit"}, "Playing The Hobbit.", "library://audiobook/1"),
    ],
)
async def test_what_it_finds_is_played(
    listener: Household,
    music: MusicAssistantServer,
    show: Show,
    function: str,
    args: dict[str, str],
    speech: str,
    media_id: str,
) -> None:
    heard = await listener.say(f"play {' on '.join(args.values())}", [(function, args)])
    assert heard.speech == speech
    (played,) = music.asked("player_queues/play_media")
    assert (played["queue_id"], played["media"], played["option"]) == ("kitchen_stereo", [media_id], "replace")
    kind = media_type_of(media_id)
    show(heard, f"Music Assistant plays the {kind} `{media_id}` on `{KITCHEN}`")


@pytest.mark.parametrize(
    ("args", "media_id"),
    [
        ({"song": "take five", "artist": "dave brubeck", "album": "time out"}, "library://track/2"),
        ({"song": "take five", "album": "time out"}, "library://track/2"),
        ({"song": "take five live"}, "library://track/3"),
        ({"song": "blue rondo"}, "library://track/4"),
        ({"song": "under pressure", "artist": "david bowie"}, "library://track/5"),
        ({"song": "take five", "artist": "dave brewbeck"}, "library://track/2"),
        ({"song": "here comes the son"}, "library://track/6"),
        ({"artist": "dave brewbeck"}, "library://artist/2"),
        ({"playlist": "friday nite"}, "library://playlist/1"),
        ({"query": "brubeck"}, "library://artist/2"),
    ],
)
async def test_what_its_own_search_does_not_find(
    listener: Household, music: MusicAssistantServer, args: dict[str, str], media_id: str
) -> None:
    heard = await listener.do("play_music", **args)
    assert not heard.failed, heard.speech
    assert music.asked("player_queues/play_media")[0]["media"] == [media_id]


async def test_what_it_has_not(listener: Household, music: MusicAssistantServer) -> None:
    heard = await listener.do("play_music", song="bohemian rhapsody")
    assert (heard.speech, heard.failed) == ("I can't find bohemian rhapsody.", True)
    assert music.asked("player_queues/play_media") == []


async def test_years(listener: Household, music: MusicAssistantServer) -> None:
    heard = await listener.do("play_music", year="eighties")
    assert heard.speech == "Playing Under Pressure by Queen."
    assert music.titles("kitchen_stereo") == ["Under Pressure"]


async def test_something_begins_at_once(listener: Household, music: MusicAssistantServer) -> None:
    heard = await listener.do("play_music")
    assert heard.speech == "Playing music."
    first, others = music.asked("player_queues/play_media")
    assert (len(first["media"]), first["option"]) == (1, "replace")
    assert (len(others["media"]), others["option"]) == (5, "add")
    verified = [command.name for command in music.commands].index("player_queues/play_media")
    assert [command.name for command in music.commands[:verified]].count("music/verify_item_uri") == 1


async def test_queue(listener: Household, music: MusicAssistantServer) -> None:
    await listener.do("play_music", song="take five")
    assert (await listener.do("add_to_queue", song="baby shark")).speech == "Added Baby Shark by Pinkfong to the queue."
    await listener.do("add_to_queue", song="under pressure", next=True)
    assert music.titles("kitchen_stereo") == ["Take Five", "Under Pressure", "Baby Shark"]


async def test_whats_playing(listener: Household, music: MusicAssistantServer) -> None:
    await listener.do("play_music", song="take five live")
    assert (await listener.do("whats_playing")).speech == "Take Five (Live) by Dave Brubeck."


async def test_its_own_counts_help_on_the_first_day(listener: Household, music: MusicAssistantServer) -> None:
    music.library.plays["library://track/1"] = 5
    music.library.plays["library://track/2"] = 2
    asked = await listener.do("whats_favorite")
    assert (asked.speech, asked.failed) == ("Baby Shark by Pinkfong.", False)
    heard = await listener.do("play_favorite")
    assert heard.speech == "Playing Baby Shark by Pinkfong."
    assert (await listener.do("play_favorite", kind="artist")).failed
    music.library.items = []
    assert (await listener.do("play_favorite")).failed


async def test_what_was_never_played_is_no_favorite(listener: Household, music: MusicAssistantServer) -> None:
    kind = "I don't know a favorite yet. Play some music and I'll learn it."
    for function in ("whats_favorite", "play_favorite"):
        heard = await listener.do(function)
        assert (heard.speech, heard.failed) == (kind, True)
    assert music.asked("player_queues/play_media") == []


async def test_its_counts_are_not_asked_while_counting_is_off(
    listener: Household, music: MusicAssistantServer, entry: MockConfigEntry
) -> None:
    entry.runtime_data.plays.async_set_counting(False)
    music.library.plays["library://track/1"] = 5
    for function in ("whats_favorite", "play_favorite"):
        heard = await listener.do(function)
        assert heard.speech == "I don't know a favorite, because counting is turned off."
    assert music.asked("music/tracks/library_items") == []


async def test_queue_moves_with_the_music_and_back(listener: Household, music: MusicAssistantServer) -> None:
    await music.play("living_room_stereo", ["library://artist/2"], position=60)
    await listener.hass.async_block_till_done()
    assert (await listener.do("move_music")).speech == "Now playing on Kitchen Stereo."
    assert (len(music.titles("kitchen_stereo")), music.titles("living_room_stereo")) == (3, [])
    await listener.do("wrong")
    assert (music.titles("kitchen_stereo"), len(music.titles("living_room_stereo"))) == ([], 3)
    assert listener.hass.states.get(LIVING_ROOM).state == "playing"  # type: ignore[union-attr]


async def test_what_was_wrong_is_taken_back(listener: Household, music: MusicAssistantServer) -> None:
    hass = listener.hass
    await music.play("kitchen_stereo", ["library://track/2"], position=20)
    await hass.async_block_till_done()
    assert (await listener.do("play_music", song="baby shark")).speech == "Playing Baby Shark by Pinkfong."
    heard = await listener.do("wrong")
    assert (heard.failed, music.titles("kitchen_stereo")) == (False, ["Take Five"]), heard.speech
    assert hass.states.get(KITCHEN).state == "playing"  # type: ignore[union-attr]


async def test_two_rooms_that_play_together_count_once(
    listener: Household, music: MusicAssistantServer, entry: MockConfigEntry
) -> None:
    await music.play("living_room_stereo", ["library://track/2"])
    await listener.hass.async_block_till_done()
    heard = await listener.do("join_music")
    assert not heard.failed, heard.speech
    assert music.asked("players/cmd/group_many") == [
        {"target_player": "living_room_stereo", "child_player_ids": ["kitchen_stereo"]}
    ]
    await asyncio.sleep(NEEDED + 0.3)
    assert await _heard(listener.hass, entry) == {"Take Five": 1}
    state = listener.hass.states.get(KITCHEN)
    assert state is not None
    assert state.attributes["group_members"] == [LIVING_ROOM, KITCHEN]


async def _heard(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, int]:
    await hass.async_block_till_done()
    return {record.track.title: record.plays() for record in entry.runtime_data.plays.history if record.plays()}


async def test_plays_count(listener: Household, music: MusicAssistantServer, entry: MockConfigEntry) -> None:
    for uri in ("library://track/3", "library://podcast/1", "library://audiobook/1"):
        await music.play("kitchen_stereo", [uri])
        await asyncio.sleep(NEEDED + 0.3)
    assert await _heard(listener.hass, entry) == {"Take Five (Live)": 1}
    await listener.do("play_favorite")
    assert music.asked("player_queues/play_media")[0]["media"] == ["library://track/3"]


async def test_a_favorite_whose_id_is_gone(
    listener: Household, music: MusicAssistantServer, entry: MockConfigEntry
) -> None:
    track = Track("Baby Shark", "Pinkfong", media_id="library://track/99", platform="music_assistant")
    entry.runtime_data.plays.history.count(track, Origin(), dt_util.utcnow(), dt_util.now().date())
    heard = await listener.do("play_favorite")
    assert heard.speech == "Playing Baby Shark by Pinkfong."
    assert music.titles("kitchen_stereo") == ["Baby Shark"]


async def test_a_song_on_the_radio_is_not_the_station(
    listener: Household, music: MusicAssistantServer, entry: MockConfigEntry
) -> None:
    await music.play("kitchen_stereo", ["library://radio/1"])
    await music.name_song("kitchen_stereo", "Pinkfong - Baby Shark")
    await asyncio.sleep(NEEDED + 0.3)
    assert await _heard(listener.hass, entry) == {"Baby Shark": 1}
    await listener.do("play_favorite")
    assert music.asked("player_queues/play_media")[0]["media"] == ["library://track/1"]


async def test_an_announcement_interrupts_no_play(
    listener: Household, music: MusicAssistantServer, entry: MockConfigEntry
) -> None:
    await music.play("kitchen_stereo", ["library://track/2"])
    await asyncio.sleep(NEEDED * 0.7)
    await music.announce("kitchen_stereo", 0.2)
    assert await _heard(listener.hass, entry) == {}
    await asyncio.sleep(NEEDED * 0.7)
    assert await _heard(listener.hass, entry) == {"Take Five": 1}
    (record,) = entry.runtime_data.plays.history
    assert [bucket.skips for bucket in record.within(HOUSE)] == [0]


async def test_it_goes_away_in_the_middle_of_a_song(
    listener: Household, music: MusicAssistantServer, entry: MockConfigEntry, owner: MockConfigEntry
) -> None:
    hass = listener.hass
    await music.play("kitchen_stereo", ["library://track/2"], position=30)
    await hass.async_block_till_done()
    await music.stop()
    await asyncio.sleep(0.2)
    await hass.async_block_till_done()
    assert hass.states.get(KITCHEN).state == "unavailable"  # type: ignore[union-attr]
    assert (await listener.do("play_music", song="take five")).failed
    assert (await listener.do("whats_favorite")).failed
    await asyncio.sleep(NEEDED)
    assert await _heard(hass, entry) == {}
    await music.start()
    await hass.config_entries.async_reload(owner.entry_id)
    assert hass.states.get(KITCHEN).state == "playing"  # type: ignore[union-attr]
    assert await _heard(hass, entry) == {"Take Five": 1}
