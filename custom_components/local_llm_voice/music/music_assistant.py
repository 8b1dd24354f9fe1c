"""Music of Music Assistant: every service and library that it knows."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, override

from homeassistant.components.media_player import MediaPlayerEnqueue
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from .item import Item
from .library import MAX_QUEUED, Library
from .wanted import MediaKind, Wanted

PLATFORM: Final = "music_assistant"

RESULTS: Final = 10
"""Of each kind; the name decides among them."""

_TYPES: Final[Mapping[MediaKind, tuple[str, ...]]] = {
    MediaKind.TRACK: ("track",),
    MediaKind.ALBUM: ("album",),
    MediaKind.PLAYLIST: ("playlist",),
    MediaKind.ARTIST: ("artist",),
    MediaKind.GENRE: ("playlist",),
    MediaKind.RADIO: ("radio",),
    MediaKind.PODCAST: ("podcast",),
    MediaKind.AUDIOBOOK: ("audiobook",),
    MediaKind.ANYTHING: ("artist", "album", "track", "playlist", "radio"),
}


class MusicAssistant(Library):
    """What Music Assistant finds for one of its players."""

    def __init__(self, hass: HomeAssistant, state: State, context: Context) -> None:
        """Find the entry that the player belongs to."""
        super().__init__(hass, state, context)
        registered = er.async_get(hass).async_get(state.entity_id)
        self._entry_id = registered.config_entry_id if registered else None

    @property
    @override
    def can_queue(self) -> bool:
        """Return that every player of Music Assistant has a queue."""
        return True

    @override
    async def async_find(self, wanted: Wanted) -> list[Item]:
        """Search; without a name, take any tracks of the library."""
        if not wanted.name:
            return await self._async_library("random")
        # An artist is narrowed down by nothing, a song by its artist.
        data: dict[str, Any] = {
            "name": wanted.name,
            "media_type": list(_TYPES[wanted.kind]),
            "limit": RESULTS,
        }
        if wanted.artist and wanted.kind is not MediaKind.ARTIST:
            data["artist"] = wanted.artist
        if wanted.album and wanted.kind is MediaKind.TRACK:
            data["album"] = wanted.album
        found = await self._async_ask("search", data)
        items = [
            _item(result) for results in found.values() for result in results or ()
        ]
        if service := wanted.service:
            scheme = service.casefold().replace(" ", "")
            items.sort(key=lambda item: not item.content_id.startswith(scheme))
        return items

    async def async_most_played(self) -> Item | None:
        """Return the track that Music Assistant itself has counted most often.

        None where it has counted none. Raises what its actions raise.
        """
        if not await self._async_has_counted():
            return None
        tracks = await self._async_library("play_count_desc", limit=1)
        return tracks[0] if tracks else None

    async def _async_has_counted(self) -> bool:
        # Its action tells no counts, and puts some track first even where all of them
        # are 0. Whenever the server counts a play it also notes the time, which is in
        # what its client returns.
        entry = self.hass.config_entries.async_get_entry(self._entry_id or "")
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return False
        try:
            latest = await entry.runtime_data.mass.music.get_library_tracks(
                limit=1, order_by="last_played_desc"
            )
            return any(track.last_played for track in latest)
        except Exception as err:
            raise HomeAssistantError("The tracks of Music Assistant failed") from err

    @override
    async def async_play(self, items: Sequence[Item]) -> None:
        """Play items instead of the present queue."""
        await self._async_play_items(items, "replace")

    @override
    async def async_queue(self, items: Sequence[Item], *, soon: bool = False) -> None:
        """Put items into the queue."""
        how = MediaPlayerEnqueue.NEXT if soon else MediaPlayerEnqueue.ADD
        await self._async_play_items(items, how)

    async def _async_play_items(self, items: Sequence[Item], enqueue: str) -> None:
        await self.async_service(
            PLATFORM,
            "play_media",
            media_id=[item.content_id for item in items[:MAX_QUEUED]],
            media_type=items[0].content_type,
            enqueue=enqueue,
        )

    async def _async_library(self, order: str, limit: int = MAX_QUEUED) -> list[Item]:
        found = await self._async_ask(
            "get_library",
            {"media_type": "track", "order_by": order, "limit": limit},
        )
        return [_item(result) for result in found["items"]]

    async def _async_ask(self, service: str, data: dict[str, Any]) -> dict[str, Any]:
        data = {"config_entry_id": self._entry_id, **data}
        return await self.async_ask(PLATFORM, service, data)


def _item(result: Mapping[str, Any]) -> Item:
    kind = str(result["media_type"])
    artists = result.get("artists") or ()
    album = result.get("album") or {}
    return Item(
        kind=MediaKind(kind) if kind in MediaKind else MediaKind.ANYTHING,
        title=result["name"],
        content_id=result["uri"],
        content_type=kind,
        artist=artists[0]["name"] if artists else None,
        album=album.get("name"),
    )
