"""What the stand-in for Music Assistant takes for granted, asked of a real server; nothing is played or changed there.

Set MUSIC_ASSISTANT_URL (such as http://192.168.1.5:8095) and MUSIC_ASSISTANT_TOKEN (a long-lived token of its profile
page), and have at least one track in its library.
"""

import os
import socket
from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
import pytest_socket
from music_assistant_client import MusicAssistantClient
from music_assistant_models.enums import MediaType, PlaybackState
from music_assistant_models.media_items import Track

from custom_components.local_llm_voice.music.music_assistant import media_type_of

URL = os.environ.get("MUSIC_ASSISTANT_URL", "")

pytestmark = pytest.mark.skipif(not URL, reason="MUSIC_ASSISTANT_URL names no Music Assistant server")


@pytest.fixture
def expected_lingering_timers() -> bool:
    """The heartbeat of the connection stops by itself."""
    return True


@pytest_asyncio.fixture
async def client(socket_enabled: None) -> AsyncGenerator[MusicAssistantClient]:
    """A connection to the server."""
    host = socket.gethostbyname(urlsplit(URL).hostname or "")
    pytest_socket.socket_allow_hosts([host], allow_unix_socket=True)
    async with MusicAssistantClient(URL, None, os.environ.get("MUSIC_ASSISTANT_TOKEN")) as client:
        yield client


@pytest_asyncio.fixture
async def track(client: MusicAssistantClient) -> Track:
    """The track that the server counted most often, as it lists it."""
    tracks = await client.music.get_library_tracks(limit=1, order_by="play_count_desc")
    assert tracks, "its library has no track"
    return tracks[0]


async def test_a_track_of_the_library_says_what_it_is(client: MusicAssistantClient, track: Track) -> None:
    assert track.uri == f"library://track/{track.item_id}"
    assert track.artists
    assert media_type_of(track.uri) == "track"
    (some,) = await client.music.get_library_tracks(limit=1, order_by="random")
    assert str(some.uri).startswith("library://track/")


async def test_a_single_track_says_when_it_was_played(client: MusicAssistantClient, track: Track) -> None:
    whole = await client.music.get_track(track.item_id, "library")
    recent = await client.music.recently_played(limit=50, media_types=[MediaType.TRACK])
    assert whole.last_played or not [item for item in recent if item.provider == "library"]


async def test_it_is_found_by_its_name_and_its_artist(client: MusicAssistantClient, track: Track) -> None:
    for query in (track.name, f"{track.artists[0].name} - {track.name}"):
        found = await client.music.search(query, [MediaType.TRACK], limit=10)
        assert track.uri in [item.uri for item in found.tracks], query


async def test_genres_and_years(client: MusicAssistantClient, track: Track) -> None:
    found = await client.music.search("rock", [MediaType.GENRE], limit=10)
    assert all(media_type_of(str(genre.uri)) == "genre" for genre in found.genres)
    assert track.album is None or hasattr(track.album, "year")


async def test_players_say_what_they_play(client: MusicAssistantClient) -> None:
    await client.players.fetch_state()
    for player in client.players:
        media = player.current_media
        if player.playback_state is PlaybackState.PLAYING and media and media.queue_item_id:
            assert media_type_of(media.uri) == media.media_type
            assert media.title
