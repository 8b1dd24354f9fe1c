"""Music of players that search themselves, such as Sonos, Squeezebox or Jellyfin."""

from collections.abc import Mapping
from typing import Any, Final, override

from homeassistant.components.media_player import (
    ATTR_MEDIA_FILTER_CLASSES,
    ATTR_MEDIA_SEARCH_QUERY,
    DOMAIN as PLAYER,
    SERVICE_SEARCH_MEDIA,
    BrowseMedia,
    MediaClass,
    MediaPlayerEntityFeature,
)
from homeassistant.const import ATTR_ENTITY_ID

from .item import Item
from .succession import Successive
from .wanted import MediaKind, Wanted

KINDS: Final[Mapping[str, MediaKind]] = {
    MediaClass.ALBUM: MediaKind.ALBUM,
    MediaClass.ARTIST: MediaKind.ARTIST,
    MediaClass.CHANNEL: MediaKind.RADIO,
    MediaClass.CONTRIBUTING_ARTIST: MediaKind.ARTIST,
    MediaClass.EPISODE: MediaKind.PODCAST,
    MediaClass.GENRE: MediaKind.GENRE,
    MediaClass.MUSIC: MediaKind.TRACK,
    MediaClass.PLAYLIST: MediaKind.PLAYLIST,
    MediaClass.PODCAST: MediaKind.PODCAST,
    MediaClass.TRACK: MediaKind.TRACK,
}
"""What the media classes of Home Assistant are for us; others are no music."""


class PlayerSearch(Successive):
    """What the player finds itself."""

    @override
    async def async_find(self, wanted: Wanted) -> list[Item]:
        """Search with the player."""
        can = self.features & MediaPlayerEntityFeature.SEARCH_MEDIA
        if not can or not wanted.name:
            return []
        classes = [name for name, kind in KINDS.items() if kind is wanted.kind]
        if classes and (items := await self._async_search(wanted, classes)):
            return items
        # Players without artists or genres have their tracks all the same.
        return await self._async_search(wanted, [])

    async def _async_search(self, wanted: Wanted, classes: list[str]) -> list[Item]:
        data: dict[str, Any] = {ATTR_MEDIA_SEARCH_QUERY: wanted.search_text}
        if classes:
            data[ATTR_MEDIA_FILTER_CLASSES] = classes
        data[ATTR_ENTITY_ID] = self.entity_id
        response = await self.async_ask(PLAYER, SERVICE_SEARCH_MEDIA, data)
        found = response.get(self.entity_id)
        return items_of(found.result if found else ())


def items_of(results: Any) -> list[Item]:
    """Return the music among the results of a search."""
    return [item for result in results if (item := _item(result)) is not None]


def _item(result: BrowseMedia) -> Item | None:
    kind = KINDS.get(result.media_class)
    if not result.can_play or kind is None:
        return None
    title, artist = result.title, None
    if kind is MediaKind.TRACK and " - " in title:
        artist, title = title.split(" - ", 1)
    return Item(
        kind=kind,
        title=title,
        artist=artist,
        content_id=result.media_content_id,
        content_type=result.media_content_type,
    )
