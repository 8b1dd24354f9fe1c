"""Music of Music Assistant: every service and library that it knows."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
import logging
from typing import Any, Final, override

from homeassistant.components.media_player import MediaPlayerEnqueue
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..plays.track import normalized
from .choose import CLOSE_ENOUGH, similarity
from .item import Item
from .library import MAX_QUEUED, Library
from .wanted import MediaKind, Wanted

_LOGGER = logging.getLogger(__name__)

PLATFORM: Final = "music_assistant"

RESULTS: Final = 10
"""Of each kind; the name decides among them."""

LISTED: Final = 1000
"""Of each kind, the most played first, among which a name is looked for that was misheard."""

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

_BY_ARTIST: Final = frozenset(
    {MediaKind.TRACK, MediaKind.ALBUM, MediaKind.ANYTHING},
)
"""What the server narrows down by an artist; other kinds it does not find any more then."""


@contextmanager
def _asking() -> Iterator[None]:
    """Whatever the client raises, a lost connection too, as one error with a text."""
    try:
        yield
    except Exception as err:
        raise HomeAssistantError(
            translation_domain=DOMAIN, translation_key="music_assistant_failed"
        ) from err


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
            if wanted.years:
                return await self._async_dated()
            return await self._async_tracks("random")
        items = await self._async_genres(wanted) if wanted.genre else []
        artist = wanted.artist if wanted.kind in _BY_ARTIST else None
        items += await self._async_search(wanted, artist)
        if artist and not items:
            items = await self._async_search(wanted)
        if not any(_close(wanted, item) for item in items):
            # Its library finds only names in which every letter said occurs in a row.
            for media_type in _TYPES[wanted.kind]:
                items += await self._async_library(media_type, "play_count_desc")
        if wanted.service:
            schemes = self._schemes(wanted.service)
            items.sort(key=lambda item: _scheme(item.content_id) not in schemes)
        return items

    async def async_most_played(self) -> Item | None:
        """Return the track that Music Assistant itself has counted most often.

        None where it has counted none. Raises what its actions raise.
        """
        tracks = await self._async_tracks("play_count_desc", limit=1)
        if not tracks or (music := self._music) is None:
            return None
        # Some track is first even where nothing was ever played. Whenever the server
        # counts a play it also notes the time, which is only in what it tells about a
        # single track.
        track_id = tracks[0].content_id.rpartition("/")[2]
        with _asking():
            track = await music.get_track(track_id, "library")
        return tracks[0] if track.last_played else None

    @override
    async def async_play(self, items: Sequence[Item]) -> None:
        """Play items instead of the present queue.

        The first sounds before the others are looked up, one by one, by the server.
        """
        first, *others = items[:MAX_QUEUED]
        try:
            await self._async_play_items([first], MediaPlayerEnqueue.REPLACE)
        except HomeAssistantError:
            # Its library gives new ids when it is read anew: ask for it by its name.
            by = {"artist": first.artist} if first.artist else {}
            named = replace(first, content_id=first.title)
            await self._async_play_items([named], MediaPlayerEnqueue.REPLACE, **by)
        if others:
            await self.async_queue(others)

    @override
    async def async_queue(self, items: Sequence[Item], *, soon: bool = False) -> None:
        """Put items into the queue."""
        how = MediaPlayerEnqueue.NEXT if soon else MediaPlayerEnqueue.ADD
        await self._async_play_items(items[:MAX_QUEUED], how)

    async def _async_play_items(
        self, items: Sequence[Item], enqueue: str, **by: str
    ) -> None:
        await self.async_service(
            PLATFORM,
            "play_media",
            media_id=[item.content_id for item in items],
            media_type=items[0].content_type,
            enqueue=enqueue,
            **by,
        )

    @property
    def _client(self) -> Any:
        """The client of its integration, for what its actions leave out; None while away."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id or "")
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return None
        return entry.runtime_data.mass

    @property
    def _music(self) -> Any:
        return client.music if (client := self._client) else None

    def _schemes(self, service: str) -> set[str]:
        """How the ids of a service begin: "YouTube Music" is "ytmusic--x8Fq"."""
        schemes = {service.casefold().replace(" ", "")}
        for provider in client.providers if (client := self._client) else ():
            names = (provider.name, provider.domain.replace("_", " "))
            if any(similarity(service, name) >= CLOSE_ENOUGH for name in names):
                schemes |= {provider.domain, provider.instance_id}
        return schemes

    async def _async_search(
        self, wanted: Wanted, artist: str | None = None
    ) -> list[Item]:
        # The album stays out: the server would take its name for the artist's.
        data: dict[str, Any] = {
            "name": wanted.name,
            "media_type": list(_TYPES[wanted.kind]),
            "limit": RESULTS,
        }
        if artist:
            data["artist"] = artist
        found = await self._async_ask("search", data)
        return [
            _item(result, wanted.artist)
            for results in found.values()
            for result in results or ()
        ]

    async def _async_genres(self, wanted: Wanted) -> list[Item]:
        """Its genres, which the action leaves out of its answer."""
        if wanted.kind is not MediaKind.GENRE or (music := self._music) is None:
            return []
        try:
            found = await music.search(wanted.name, ["genre"], limit=RESULTS)
        except Exception as err:  # noqa: BLE001 - older servers have none
            _LOGGER.debug("No genres: %s", type(err).__name__)
            return []
        return [
            Item(
                kind=MediaKind.GENRE,
                title=genre.name,
                content_id=genre.uri,
                content_type="genre",
            )
            for genre in found.genres
        ]

    async def _async_dated(self) -> list[Item]:
        """Tracks with the years of their albums, which the action leaves out."""
        if (music := self._music) is None:
            return []
        with _asking():
            tracks = await music.get_library_tracks(limit=LISTED, order_by="random")
        return [
            Item(
                kind=MediaKind.TRACK,
                title=track.name,
                content_id=track.uri,
                content_type="track",
                artist=track.artists[0].name if track.artists else None,
                album=track.album.name if track.album else None,
                year=track.album.year if track.album else None,
            )
            for track in tracks
        ]

    async def _async_tracks(self, order: str, limit: int = MAX_QUEUED) -> list[Item]:
        return await self._async_library("track", order, limit)

    async def _async_library(
        self, media_type: str, order: str, limit: int = LISTED
    ) -> list[Item]:
        found = await self._async_ask(
            "get_library",
            {"media_type": media_type, "order_by": order, "limit": limit},
        )
        return [_item(result) for result in found["items"]]

    async def _async_ask(self, service: str, data: dict[str, Any]) -> dict[str, Any]:
        data = {"config_entry_id": self._entry_id, **data}
        return await self.async_ask(PLATFORM, service, data)


def media_type_of(uri: str) -> str:
    """Return what an id of Music Assistant stands for: "library://track/1" is a "track".

    An id that is no address, such as "announcement", stands for itself.
    """
    return uri.rpartition("://")[2].partition("/")[0]


def _scheme(uri: str) -> str:
    return uri.partition("://")[0]


def _close(wanted: Wanted, item: Item) -> bool:
    return similarity(wanted.name, item.title) >= CLOSE_ENOUGH


def _item(result: Mapping[str, Any], artist: str | None = None) -> Item:
    """Something it found; of several artists the one that was asked for."""
    kind = str(result["media_type"])
    artists = [entry["name"] for entry in result.get("artists") or ()]
    if artist:
        artists.sort(key=lambda name: similarity(artist, name), reverse=True)
    album = result.get("album") or {}
    title = result["name"]
    if version := result.get("version"):
        # As its players call it; a remaster is the same song.
        versioned = f"{title} ({version})"
        title = title if normalized(versioned) == normalized(title) else versioned
    return Item(
        kind=MediaKind(kind) if kind in MediaKind else MediaKind.ANYTHING,
        title=title,
        content_id=result["uri"],
        content_type=kind,
        artist=artists[0] if artists else None,
        album=album.get("name"),
    )
