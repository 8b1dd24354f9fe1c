"""Music that was played before: known by what the player called it, and how often it was played."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, override

from homeassistant.core import Context, HomeAssistant, State
from homeassistant.helpers import entity_registry as er

from ..plays.history import HOUSE, History, Record
from ..plays.track import Kind, Track, normalized
from .choose import Worth
from .item import Item
from .music_assistant import PLATFORM as MUSIC_ASSISTANT, media_type_of
from .succession import Succession, Successive
from .wanted import MediaKind, Wanted

_ANYWHERE: Final = "media-source://"
"""What begins so can be played by every player of Home Assistant itself."""

_EXPIRES: Final = ("http://", "https://")
"""Addresses that players report are often good for a day only."""


def item_of(track: Track, platform: str | None) -> Item | None:
    """Return a track as something to play; None where the id means nothing to the player."""
    media_id = track.media_id
    if not media_id or media_id.startswith(_EXPIRES):
        return None
    anywhere = media_id.startswith(_ANYWHERE) and platform != MUSIC_ASSISTANT
    if not anywhere and track.platform != platform:
        return None
    kind = MediaKind.TRACK if track.kind is Kind.SONG else MediaKind.PLAYLIST
    if platform == MUSIC_ASSISTANT and media_type_of(media_id) != kind:
        return None
    music = "track" if platform == MUSIC_ASSISTANT else "music"
    return Item(
        kind=kind,
        title=track.title,
        artist=track.artist,
        album=track.album,
        content_id=media_id,
        content_type=music if kind is MediaKind.TRACK else "playlist",
    )


def platform_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return the integration of a player, which decides what its ids mean."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry.platform if entry else None


class Heard(Successive):
    """What this kind of player has played before."""

    def __init__(
        self,
        hass: HomeAssistant,
        state: State,
        context: Context,
        succession: Succession,
        history: History,
    ) -> None:
        """Look into the play history."""
        super().__init__(hass, state, context, succession)
        self._history = history

    @override
    async def async_find(self, wanted: Wanted) -> list[Item]:
        """Return what was played before and can be played again by its id."""
        platform = platform_of(self.hass, self.entity_id)
        items = (item_of(record.track, platform) for record in self._history)
        return [item for item in items if item]


def worth_of(records: Iterable[Record], now: datetime) -> Worth:
    """Return how much the house plays an item: a track, or all of an artist or album."""
    tracks: dict[str, float] = {}
    wholes: dict[tuple[MediaKind, str], float] = {}
    for record in records:
        track, value = record.track, record.value(HOUSE, now)
        tracks[track.key] = value
        kinds = {MediaKind.ARTIST: track.artist, MediaKind.ALBUM: track.album}
        if track.kind is Kind.PLAYLIST:
            kinds = {MediaKind.PLAYLIST: track.title}
        for kind, name in kinds.items():
            if name:
                key = (kind, normalized(name))
                wholes[key] = wholes.get(key, 0.0) + value

    def worth(item: Item) -> float:
        if item.kind is MediaKind.TRACK:
            return tracks.get(Track(item.title, item.artist, item.album).key, 0.0)
        return wholes.get((item.kind, normalized(item.title)), 0.0)

    return worth
