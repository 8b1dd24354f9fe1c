"""Where a player finds music, and how it plays what was found."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Final

from homeassistant.components.media_player import (
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_CONTENT_TYPE,
    ATTR_MEDIA_ENQUEUE,
    DOMAIN as PLAYER,
    SERVICE_PLAY_MEDIA,
    MediaPlayerEnqueue,
)
from homeassistant.const import ATTR_ENTITY_ID, ATTR_SUPPORTED_FEATURES
from homeassistant.core import Context, HomeAssistant, State

from ..services import async_call
from .item import Item
from .wanted import Wanted

MAX_QUEUED: Final = 50
"""Tracks of an artist or genre that are played in a row."""


class Library(ABC):
    """Music that one player can play."""

    def __init__(self, hass: HomeAssistant, state: State, context: Context) -> None:
        """Look for music on behalf of a player and of who asked for it."""
        self.hass = hass
        self.entity_id = state.entity_id
        self.features: int = state.attributes.get(ATTR_SUPPORTED_FEATURES, 0)
        self.context = context

    @abstractmethod
    async def async_find(self, wanted: Wanted) -> list[Item]:
        """Return what may be meant, the best known first; what is wanted is chosen from it."""

    async def async_play(self, items: Sequence[Item]) -> None:
        """Play the first now and the others after it."""
        first, *others = items[:MAX_QUEUED]
        await self._async_play_media(first, MediaPlayerEnqueue.REPLACE)
        if others:
            await self.async_queue(others)

    @property
    @abstractmethod
    def can_queue(self) -> bool:
        """Return whether something can be played later."""

    async def async_queue(self, items: Sequence[Item], *, soon: bool = False) -> None:
        """Play items after what plays now, or (`soon`) directly after the current track."""
        how = MediaPlayerEnqueue.NEXT if soon else MediaPlayerEnqueue.ADD
        # The one that is put directly behind the current track last is played first.
        for item in reversed(items[:MAX_QUEUED]) if soon else items[:MAX_QUEUED]:
            await self._async_play_media(item, how)

    async def _async_play_media(
        self, item: Item, enqueue: MediaPlayerEnqueue | None
    ) -> None:
        data: dict[str, Any] = {
            ATTR_MEDIA_CONTENT_ID: item.content_id,
            ATTR_MEDIA_CONTENT_TYPE: item.content_type,
        }
        if enqueue:
            data[ATTR_MEDIA_ENQUEUE] = enqueue
        await self.async_service(PLAYER, SERVICE_PLAY_MEDIA, **data)

    async def async_service(self, domain: str, service: str, **data: Any) -> None:
        """Call an action for the player."""
        data = {ATTR_ENTITY_ID: self.entity_id, **data}
        await async_call(self.hass, self.context, domain, service, data)

    async def async_ask(
        self, domain: str, service: str, data: dict[str, Any]
    ) -> dict[str, Any]:
        """Call an action that answers."""
        return await async_call(
            self.hass, self.context, domain, service, data, respond=True
        )
