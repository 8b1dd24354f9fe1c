"""What a media player's state says: which track, doing what, how far."""

from datetime import datetime
from math import isfinite
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from homeassistant.components.media_player import (
    ATTR_MEDIA_ALBUM_NAME,
    ATTR_MEDIA_ARTIST,
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_CONTENT_TYPE,
    ATTR_MEDIA_DURATION,
    ATTR_MEDIA_POSITION,
    ATTR_MEDIA_POSITION_UPDATED_AT,
    ATTR_MEDIA_TITLE,
    MediaPlayerState,
    MediaType,
)
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import State
from homeassistant.util import dt as dt_util

from ..music.music_assistant import PLATFORM as MUSIC_ASSISTANT, media_type_of
from .play import Activity, Observation
from .track import Track

_NOT_MUSIC: Final = frozenset(
    {
        MediaType.APP,
        MediaType.APPS,
        MediaType.CHANNEL,
        MediaType.CHANNELS,
        MediaType.EPISODE,
        MediaType.GAME,
        MediaType.IMAGE,
        MediaType.MOVIE,
        MediaType.PODCAST,
        MediaType.SEASON,
        MediaType.TVSHOW,
        MediaType.VIDEO,
    }
)

_NOT_SONGS: Final = frozenset(
    {"announcement", "audiobook", "podcast", "podcast_episode", "sound_effect"}
)
"""Ids of Music Assistant say what they are; its players call everything music."""

_ACTIVITIES: Final = {
    MediaPlayerState.PLAYING: Activity.PLAYING,
    MediaPlayerState.PAUSED: Activity.PAUSED,
    MediaPlayerState.BUFFERING: Activity.PAUSED,
    STATE_UNAVAILABLE: Activity.GONE,
    STATE_UNKNOWN: Activity.GONE,
}
"""Any other state is a player that is stopped."""


def observation(state: State, at: float, platform: str | None) -> Observation:
    """Read a state; `at` is the time of reading on a clock that never jumps."""
    activity = _ACTIVITIES.get(state.state, Activity.STOPPED)
    track = track_of(state, platform)
    return Observation(at, activity, track, _position(state, activity, track))


def track_of(state: State, platform: str | None) -> Track | None:
    """Return the music that a player reports; None where it is none, or unnamed."""
    attributes = state.attributes
    title = str(attributes.get(ATTR_MEDIA_TITLE) or "").strip()
    if not title or attributes.get(ATTR_MEDIA_CONTENT_TYPE) in _NOT_MUSIC:
        return None
    media_id = stable_id(attributes.get(ATTR_MEDIA_CONTENT_ID))
    if media_id and platform == MUSIC_ASSISTANT:
        if (media_type := media_type_of(media_id)) in _NOT_SONGS:
            return None
        if media_type != "track":
            # A station plays the song now, but not when it is asked for again.
            media_id = None
    artist = str(attributes.get(ATTR_MEDIA_ARTIST) or "").strip()
    duration = _number(attributes.get(ATTR_MEDIA_DURATION)) or None
    if not artist and duration is None and " - " in title:
        # A radio station that names its songs has one line for both.
        artist, title = (part.strip() for part in title.split(" - ", 1))
    return Track(
        title,
        artist or None,
        attributes.get(ATTR_MEDIA_ALBUM_NAME) or None,
        media_id,
        duration,
        platform,
    )


def stable_id(media_id: Any) -> str | None:
    """Return an id that can be played again later.

    Home Assistant plays its own files by an address with a signature that expires; the
    file's name in the media library does not.
    """
    if not media_id:
        return None
    url = urlsplit(str(media_id))
    if url.path.startswith("/media/") and "authSig=" in url.query:
        path = unquote(url.path.removeprefix("/media/"))
        return f"media-source://media_source/{path}"
    return str(media_id)


def _position(state: State, activity: Activity, track: Track | None) -> float | None:
    """Return the position now: players report it seldom, and with its time."""
    position = _number(state.attributes.get(ATTR_MEDIA_POSITION))
    if position is None:
        return None
    updated = state.attributes.get(ATTR_MEDIA_POSITION_UPDATED_AT)
    if activity is Activity.PLAYING and isinstance(updated, datetime):
        position += max(0.0, (dt_util.utcnow() - updated).total_seconds())
    if track and track.duration:
        return min(position, track.duration)
    return position


def _number(value: Any) -> float | None:
    """Return a number; some players give it as a text."""
    try:
        number = float(value)
    except TypeError, ValueError:
        return None
    return number if isfinite(number) else None
