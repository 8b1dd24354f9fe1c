"""Music Assistant: its actions stand in for the server, with answers of the shape of its integration."""

import asyncio
from typing import Any

import pytest
from homeassistant.components.music_assistant import MusicAssistantEntryData
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.helpers import entity_registry as er
from music_assistant_client import MusicAssistantClient
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.household import Household, Show
from tests.custom_components.local_llm_voice.music_home import MusicHome

KITCHEN = "media_player.kitchen_stereo"


def item(kind: str, name: str, uri: str, artist: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"media_type": kind, "uri": uri, "name": name, "version": "", "image": None}
    if artist:
        found["artists"] = [item("artist", artist, "library://artist/1")]
        found["album"] = item("album", "An Album", "library://album/1")
    return found


LIBRARY = [
    item("track", "Baby Shark", "library://track/1", "Pinkfong"),
    item("track", "Take Five", "library://track/2", "Dave Brubeck"),
    item("artist", "Dave Brubeck", "library://artist/2"),
    item("album", "Time Out", "library://album/2", "Dave Brubeck"),
    item("album", "Time Out", "spotify://album/2", "Dave Brubeck"),
    item("playlist", "Smooth Jazz", "library://playlist/1"),
    item("radio", "Radio Gaga", "tunein://radio/1"),
    item("podcast", "The Daily", "library://podcast/1"),
    item("audiobook", "The Hobbit", "library://audiobook/1"),
]


class Server:
    """What Music Assistant was asked."""

    def __init__(self, hass: HomeAssistant, home: MusicHome) -> None:
        self.home = home
        self.searches: list[dict[str, Any]] = []
        self.played: list[dict[str, Any]] = []
        self.library = LIBRARY
        self.libraries: list[dict[str, Any]] = []
        self.last_played = 1_795_000_000
        """When the track that was played last was played; 0 where none ever was."""
        for name, action, response in (
            ("search", self.search, SupportsResponse.ONLY),
            ("get_library", self.get_library, SupportsResponse.ONLY),
            ("play_media", self.play, SupportsResponse.NONE),
            ("transfer_queue", self.play, SupportsResponse.NONE),
        ):
            hass.services.async_register("music_assistant", name, action, supports_response=response)

    async def search(self, call: ServiceCall) -> ServiceResponse:
        self.searches.append(dict(call.data))
        found: dict[str, Any] = {"artists": [], "albums": [], "tracks": [], "playlists": [], "radio": []}
        for entry in self.library:
            if entry["media_type"] in call.data["media_type"]:
                found.setdefault(entry["media_type"], []).append(entry)
        return found

    async def get_library(self, call: ServiceCall) -> ServiceResponse:
        self.libraries.append(dict(call.data))
        tracks = [entry for entry in self.library if entry["media_type"] == "track"]
        found: dict[str, Any] = {"items": tracks[: call.data["limit"]]}
        return found

    async def command(self, command: str, **data: Any) -> list[dict[str, Any]]:
        """A command of its client, past Home Assistant's actions."""
        assert command == "music/tracks/library_items"
        self.libraries.append(data)
        track = {"item_id": "1", "provider": "library", "name": "Take Five", "provider_mappings": []}
        return [{**track, "last_played": self.last_played}]

    async def play(self, call: ServiceCall) -> None:
        self.played.append(dict(call.data))
        entity_id = call.data["entity_id"]
        stereo = self.home.devices[entity_id if isinstance(entity_id, str) else entity_id[0]]
        stereo.become(state="playing", media_content_id="x", media_title="x")


@pytest.fixture
async def music(hass: HomeAssistant, music_home: MusicHome, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Players that belong to Music Assistant."""
    server = Server(hass, music_home)
    client = MusicAssistantClient("http://music-assistant.test", None)
    monkeypatch.setattr(client, "send_command", server.command)
    owner = MockConfigEntry(domain="music_assistant", state=ConfigEntryState.LOADED)
    owner.runtime_data = MusicAssistantEntryData(client, hass.async_create_task(asyncio.sleep(0)))
    owner.add_to_hass(hass)
    for room in ("kitchen", "living_room"):
        registry = er.async_get(hass)
        entry = registry.async_get(f"media_player.{room}_stereo")
        assert entry
        object.__setattr__(entry, "platform", "music_assistant")
        object.__setattr__(entry, "config_entry_id", owner.entry_id)
    return server


@pytest.mark.parametrize(
    ("function", "args", "speech", "media_id", "kind"),
    [
        ("play_music", {"song": "take five"}, "Playing Take Five by Dave Brubeck.", "library://track/2", "track"),
        ("play_music", {"artist": "dave brubeck"}, "Playing Dave Brubeck.", "library://artist/2", "artist"),
        ("play_music", {"album": "time out"}, "Playing Time Out by Dave Brubeck.", "library://album/2", "album"),
        (
            "play_music",
            {"album": "time out", "service": "Spotify"},
            "Playing Time Out by Dave Brubeck.",
            "spotify://album/2",
            "album",
        ),
        ("play_music", {"genre": "jazz"}, "Playing Smooth Jazz.", "library://playlist/1", "playlist"),
        ("play_radio", {"station": "radio gaga"}, "Playing Radio Gaga.", "tunein://radio/1", "radio"),
        ("play_podcast", {"title": "the daily"}, "Playing The Daily.", "library://podcast/1", "podcast"),
        ("play_audiobook", {"title": "the hobbit"}, "Playing The Hobbit.", "library://audiobook/1", "audiobook"),
    ],
)
async def test_what_it_finds_is_played(
    listener: Household,
    music: Server,
    show: Show,
    function: str,
    args: dict[str, str],
    speech: str,
    media_id: str,
    kind: str,
) -> None:
    heard = await listener.say(f"play {' on '.join(args.values())}", [(function, args)])
    assert heard.speech == speech
    (played,) = music.played
    assert (played["media_id"], played["media_type"], played["enqueue"]) == ([media_id], kind, "replace")
    show(heard, f"Music Assistant plays the {kind} `{media_id}` on `{KITCHEN}`")


async def test_search_is_narrowed_down(listener: Household, music: Server) -> None:
    await listener.do("play_music", song="take five", artist="dave brubeck", album="an album")
    (asked,) = music.searches
    assert (asked["name"], asked["artist"], asked["album"]) == ("take five", "dave brubeck", "an album")
    assert (asked["media_type"], asked["config_entry_id"]) == (["track"], _entry_id(listener))


def _entry_id(listener: Household) -> str | None:
    entry = er.async_get(listener.hass).async_get(KITCHEN)
    return entry.config_entry_id if entry else None


async def test_something(listener: Household, music: Server) -> None:
    heard = await listener.do("play_music")
    assert heard.speech == "Playing music."
    assert sorted(music.played[0]["media_id"]) == ["library://track/1", "library://track/2"]


async def test_queue(listener: Household, music: Server) -> None:
    await listener.do("play_music", song="take five")
    assert (await listener.do("add_to_queue", song="baby shark")).speech == "Added Baby Shark by Pinkfong to the queue."
    await listener.do("add_to_queue", song="baby shark", next=True)
    assert [played["enqueue"] for played in music.played] == ["replace", "add", "next"]


async def test_its_own_counts_help_on_the_first_day(listener: Household, music: Server) -> None:
    asked = await listener.do("whats_favorite")
    assert (asked.speech, asked.failed) == ("Baby Shark by Pinkfong.", False)
    heard = await listener.do("play_favorite")
    assert heard.speech == "Playing Baby Shark by Pinkfong."
    assert (await listener.do("play_favorite", kind="artist")).failed
    music.library = []
    assert (await listener.do("play_favorite")).failed


async def test_what_was_never_played_is_no_favorite(listener: Household, music: Server) -> None:
    music.last_played = 0
    kind = "I don't know a favorite yet. Play some music and I'll learn it."
    for function in ("whats_favorite", "play_favorite"):
        heard = await listener.do(function)
        assert (heard.speech, heard.failed) == (kind, True)
    assert music.played == []


async def test_its_counts_are_not_asked_while_counting_is_off(
    listener: Household, music: Server, entry: MockConfigEntry
) -> None:
    entry.runtime_data.plays.async_set_counting(False)
    for function in ("whats_favorite", "play_favorite"):
        heard = await listener.do(function)
        assert heard.speech == "I don't know a favorite, because counting is turned off."
    assert (music.libraries, music.played) == ([], [])


async def test_queue_moves_with_the_music(listener: Household, music: Server, music_home: MusicHome) -> None:
    music_home.put_on("living_room", "five")
    assert (await listener.do("move_music")).speech == "Now playing on Kitchen Stereo."
    assert music.played == [
        {"entity_id": [KITCHEN], "source_player": "media_player.living_room_stereo", "auto_play": True}
    ]
