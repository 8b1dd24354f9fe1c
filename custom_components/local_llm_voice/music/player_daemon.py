"""Music of a Music Player Daemon: its tags are searched by its own protocol, which Home Assistant does not pass on."""

from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
import logging
from typing import TYPE_CHECKING, Any, Final, override

from homeassistant.components import media_source
from homeassistant.components.media_player import async_process_play_media_url
from homeassistant.const import CONF_HOST, CONF_PASSWORD, CONF_PORT
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from .item import Item
from .library import MAX_QUEUED, Library
from .wanted import MediaKind, Wanted

if TYPE_CHECKING:
    from mpd.asyncio import MPDClient  # type: ignore[import-untyped]

_LOGGER = logging.getLogger(__name__)

PLATFORM: Final = "mpd"

MAX_LISTED: Final = 5000
"""Songs that are compared one by one, so that misheard names are found too."""

SECONDS: Final = 5.0
"""The daemon stands in the house: what takes longer is not there."""

type Databases = dict[str, tuple[str, list[Item]]]
"""By entity id: when the daemon last updated its database, and the songs in it."""


class PlayerDaemon(Library):
    """The database of a Music Player Daemon."""

    def __init__(
        self, hass: HomeAssistant, state: State, context: Context, known: Databases
    ) -> None:
        """Find the daemon of an entity of Home Assistant's integration."""
        super().__init__(hass, state, context)
        self._known = known
        registered = er.async_get(hass).async_get(state.entity_id)
        entry_id = registered.config_entry_id if registered else None
        entry = hass.config_entries.async_get_entry(entry_id) if entry_id else None
        self._address: Mapping[str, Any] = entry.data if entry else {}

    @override
    async def async_find(self, wanted: Wanted) -> list[Item]:
        """Return the songs that may fit, and the stored playlists."""
        async with self._connection() as daemon:
            songs = []
            if wanted.kind is not MediaKind.RADIO:
                songs = await self._async_songs(daemon, wanted)
            playlists = await daemon.listplaylists()
        return songs + [
            Item(
                kind=MediaKind.PLAYLIST,
                title=stored["playlist"],
                content_id=stored["playlist"],
                content_type=MediaKind.PLAYLIST,
            )
            for stored in playlists
        ]

    async def _async_songs(self, daemon: MPDClient, wanted: Wanted) -> list[Item]:
        """Return all songs, which are read again when the database has changed."""
        stats = await daemon.stats()
        if int(stats["songs"]) > MAX_LISTED:
            text = max(wanted.search_text.split() or [""], key=len)
            return _tracks(await daemon.search("any", text))
        known = self._known.get(self.entity_id)
        if known is None or known[0] != stats["db_update"]:
            known = (stats["db_update"], _tracks(await daemon.listallinfo()))
            self._known[self.entity_id] = known
        return known[1]

    @property
    @override
    def can_queue(self) -> bool:
        """Return that the daemon keeps a queue, though its entity does not say so."""
        return True

    @override
    async def async_play(self, items: Sequence[Item]) -> None:
        """Play the first through Home Assistant, then put the others behind it."""
        first, *others = items[:MAX_QUEUED]
        await self._async_play_media(first, None)
        if others:
            await self.async_queue(others)

    @override
    async def async_queue(self, items: Sequence[Item], *, soon: bool = False) -> None:
        """Put songs into the daemon's queue."""
        async with self._connection() as daemon:
            for item in reversed(items[:MAX_QUEUED]) if soon else items[:MAX_QUEUED]:
                if item.kind is MediaKind.PLAYLIST:
                    await daemon.load(item.content_id)
                    continue
                address = await self._async_address(item)
                if soon and "song" in await daemon.status():
                    await daemon.addid(address, "+0")
                else:
                    await daemon.add(address)

    async def _async_address(self, item: Item) -> str:
        """Return what the daemon itself plays: Home Assistant's files by their address."""
        if not media_source.is_media_source_id(item.content_id):
            return item.content_id
        resolved = await media_source.async_resolve_media(
            self.hass, item.content_id, self.entity_id
        )
        return async_process_play_media_url(self.hass, resolved.url)

    async def async_playlists(self) -> list[str]:
        """Return the names of the stored playlists."""
        async with self._connection() as daemon:
            return [stored["playlist"] for stored in await daemon.listplaylists()]

    async def async_add_to_playlist(self, name: str, content_id: str) -> None:
        """Put a song at the end of a stored playlist."""
        async with self._connection() as daemon:
            await daemon.playlistadd(name, content_id)

    @asynccontextmanager
    async def _connection(self) -> AsyncGenerator[MPDClient]:
        """Connect; raises HomeAssistantError where the daemon fails or is not there."""
        # Installed with Home Assistant's integration, so only where that is in use.
        import mpd  # type: ignore[import-untyped]  # noqa: PLC0415
        from mpd.asyncio import MPDClient  # noqa: PLC0415

        client = MPDClient()
        client.timeout = SECONDS
        try:
            await client.connect(self._address[CONF_HOST], self._address[CONF_PORT])
            if password := self._address.get(CONF_PASSWORD):
                await client.password(password)
            yield client
        except (mpd.MPDError, OSError, KeyError) as err:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="player_daemon_failed",
                translation_placeholders={"error": str(err)},
            ) from err
        finally:
            client.disconnect()


def _tracks(songs: Iterable[Mapping[str, Any]]) -> list[Item]:
    return [_track(song) for song in songs if "file" in song]


def _track(song: Mapping[str, Any]) -> Item:
    """A song of the database; its file's name stands in for a missing title."""
    file = str(song["file"])
    date = _one(song.get("date"))
    return Item(
        kind=MediaKind.TRACK,
        title=_one(song.get("title")) or file.rsplit("/", 1)[-1].rsplit(".", 1)[0],
        content_id=file,
        content_type="music",
        artist=_one(song.get("artist")) or _one(song.get("albumartist")),
        album=_one(song.get("album")),
        genre=_one(song.get("genre")),
        year=int(date[:4]) if date and date[:4].isdigit() else None,
    )


def _one(value: Any) -> str | None:
    """A tag; where there are several, the first."""
    if isinstance(value, list):
        value = value[0] if value else None
    return str(value) if value else None
