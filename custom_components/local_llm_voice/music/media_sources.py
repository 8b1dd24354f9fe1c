"""Music in Home Assistant's media folders, and stations of its radio directory."""

import logging
import re
import time
from typing import Final, override

from homeassistant.components import media_source
from homeassistant.components.media_player import (
    BrowseMedia,
    MediaClass,
    MediaPlayerEntityFeature,
    SearchMediaQuery,
)
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError

from ..const import DOMAIN
from .item import Item
from .player_search import items_of
from .succession import Succession, Successive
from .wanted import MediaKind, Wanted

_LOGGER = logging.getLogger(__name__)

FOLDERS: Final = "media-source://media_source"
STATIONS: Final = "media-source://radio_browser"

MAX_FILES: Final = 5000
MAX_DEPTH: Final = 6
FRESH_SECONDS: Final = 600

_NUMBER = re.compile(r"^\d{1,3}[\s._-]+(?=\S)")
"""Of a track inside its album: "01 - Take Five"."""


class MediaFiles:
    """The music files in the media folders, by what their paths say."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Start with nothing known."""
        self._hass = hass
        self._items: list[Item] = []
        self._read = 0.0

    async def async_items(self) -> list[Item]:
        """Return the files. After FRESH_SECONDS the folders are read again, for the next time."""
        now = time.monotonic()
        if not self._read:
            await self._async_read()
        elif now - self._read > FRESH_SECONDS:
            self._read = now
            self._hass.async_create_background_task(
                self._async_read(), f"{DOMAIN} reads the media folders"
            )
        return self._items

    async def _async_read(self) -> None:
        items: list[Item] = []
        await self._async_walk(FOLDERS, (), items)
        self._items, self._read = items, time.monotonic()

    async def _async_walk(
        self, content_id: str, path: tuple[str, ...], items: list[Item]
    ) -> None:
        try:
            folder = await media_source.async_browse_media(self._hass, content_id)
        except HomeAssistantError as err:
            _LOGGER.debug("Cannot browse a media folder: %s", err)
            return
        for child in folder.children or ():
            if len(items) >= MAX_FILES:
                return
            if child.can_expand and len(path) < MAX_DEPTH:
                inside = (*path, child.title)
                await self._async_walk(child.media_content_id, inside, items)
            elif child.can_play and child.media_class == MediaClass.MUSIC:
                items.append(_track(child, path))


class MediaSources(Successive):
    """What Home Assistant's media sources have."""

    def __init__(
        self,
        hass: HomeAssistant,
        state: State,
        context: Context,
        succession: Succession,
        files: MediaFiles,
    ) -> None:
        """Use what is known of the media folders."""
        super().__init__(hass, state, context, succession)
        self._files = files

    @override
    async def async_find(self, wanted: Wanted) -> list[Item]:
        """Return the files, or the stations of that name."""
        if not self.features & MediaPlayerEntityFeature.PLAY_MEDIA:
            return []
        if wanted.kind is not MediaKind.RADIO:
            return await self._files.async_items()
        if "radio_browser" not in self.hass.config.components:
            return []
        found = await media_source.async_search_media(
            self.hass, STATIONS, SearchMediaQuery(search_query=wanted.name)
        )
        return [
            Item(
                kind=MediaKind.RADIO,
                title=station.title,
                content_id=station.content_id,
                content_type=station.content_type,
            )
            for station in items_of(found.result)
        ]


def _track(file: BrowseMedia, path: tuple[str, ...]) -> Item:
    """A file named "Artist/Album/01 - Title.mp3" or "Artist - Title.mp3"."""
    title = _NUMBER.sub("", file.title.rsplit(".", 1)[0])
    artist = path[-2] if len(path) > 1 else None
    album = path[-1] if path else None
    if " - " in title:
        artist, title = title.split(" - ", 1)
    return Item(
        kind=MediaKind.TRACK,
        title=title,
        artist=artist,
        album=album,
        content_id=file.media_content_id,
        content_type=file.media_content_type or "music",
    )
