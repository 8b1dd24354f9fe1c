"""What was played before, as something to play again."""

from datetime import UTC, datetime

import pytest
from custom_components.local_llm_voice.music.heard import item_of, worth_of
from custom_components.local_llm_voice.music.item import Item
from custom_components.local_llm_voice.music.wanted import MediaKind
from custom_components.local_llm_voice.plays.history import History, Origin
from custom_components.local_llm_voice.plays.track import Kind, Track

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("media_id", "heard_on", "platform", "content_type"),
    [
        ("a/b.flac", "mpd", "mpd", "music"),
        ("library://track/1", "music_assistant", "music_assistant", "track"),
        ("library://radio/1", "music_assistant", "music_assistant", None),
        ("media-source://media_source/local/a.mp3", "mpd", "sonos", "music"),
        ("media-source://media_source/local/a.mp3", "mpd", "music_assistant", None),
        ("a/b.flac", "mpd", "sonos", None),
        ("a/b.flac", None, "mpd", None),
        ("https://example.com/a.mp3?token=1", "cast", "cast", None),
        (None, "cast", "cast", None),
    ],
)
def test_which_ids_can_be_played_again(
    media_id: str | None, heard_on: str | None, platform: str, content_type: str | None
) -> None:
    item = item_of(Track("A", media_id=media_id, platform=heard_on), platform)
    assert (item.content_type if item else None) == content_type


def test_playlist_is_a_playlist() -> None:
    item = item_of(Track("Party", media_id="Party", platform="mpd", kind=Kind.PLAYLIST), "mpd")
    assert item is not None
    assert (item.kind, item.content_type) == (MediaKind.PLAYLIST, "playlist")


def test_worth_of_tracks_and_wholes() -> None:
    history = History()
    for track in (
        Track("A", "X", "Red"),
        Track("A", "X", "Red"),
        Track("B", "X"),
        Track("Party", kind=Kind.PLAYLIST),
    ):
        history.count(track, Origin(), NOW, NOW.date())
    worth = worth_of(history, NOW)

    def plays(kind: MediaKind, title: str, artist: str | None = None) -> int:
        return round(worth(Item(kind=kind, title=title, artist=artist, content_id="", content_type="")))

    assert plays(MediaKind.TRACK, "a", "x") == 2
    assert plays(MediaKind.ARTIST, "X") == 3
    assert plays(MediaKind.ALBUM, "Red") == 2
    assert plays(MediaKind.PLAYLIST, "party") == 1
    assert plays(MediaKind.TRACK, "C") == 0
