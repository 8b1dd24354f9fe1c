"""What plays next on players that keep no queue: kept here, and begun when a track ends."""

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
import logging
from typing import Final, override

from homeassistant.components.media_player import (
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_DURATION,
    ATTR_MEDIA_POSITION,
    ATTR_MEDIA_POSITION_UPDATED_AT,
    MediaPlayerEntityFeature,
    MediaPlayerState,
)
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import (
    CALLBACK_TYPE,
    Context,
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_state_change_event

from ..const import DOMAIN
from .item import Item
from .library import MAX_QUEUED, Library

_LOGGER = logging.getLogger(__name__)

END: Final = 3.0
"""Seconds before the end of a track at which it has ended, rather than been stopped."""

STARTS: Final = 15.0
"""Seconds in which a player may be silent, or still report the old track, before it begins."""

_GOES_ON: Final = frozenset(
    {
        MediaPlayerState.PLAYING,
        MediaPlayerState.BUFFERING,
        MediaPlayerState.PAUSED,
        STATE_UNAVAILABLE,
        STATE_UNKNOWN,
    }
)

type Play = Callable[[Item], Awaitable[None]]


@dataclass
class _Rest:
    """What is still to come on one player."""

    play: Play
    stop_listening: CALLBACK_TYPE
    told: float = 0.0
    """When the player was last told to play something."""

    before: str | None = None
    """What it played until then."""

    content: str | None = None
    """What it plays since then; None before it has begun."""

    items: deque[Item] = field(default_factory=deque)


class Succession:
    """What comes next, by player; in memory only."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Start with nothing to come."""
        self._hass = hass
        self._rests: dict[str, _Rest] = {}

    @callback
    def async_begin(self, entity_id: str, play: Play, items: Sequence[Item]) -> None:
        """Let items follow what the player is about to be told, instead of any others."""
        self.async_forget(entity_id)
        rest = self._rest(entity_id, play)
        rest.items.extend(items)
        self._tell(entity_id, rest)

    @callback
    def async_add(
        self, entity_id: str, play: Play, items: Sequence[Item], *, soon: bool
    ) -> None:
        """Let items come after what is to come, or (`soon`) before it."""
        rest = self._rest(entity_id, play)
        if soon:
            rest.items.extendleft(reversed(items))
        else:
            rest.items.extend(items)
        while len(rest.items) > MAX_QUEUED:
            rest.items.pop()

    async def async_skip(self, entity_id: str) -> bool:
        """Begin what comes next now; return whether there was something."""
        if (rest := self._rests.get(entity_id)) is None or not rest.items:
            return False
        self._tell(entity_id, rest)
        await rest.play(rest.items.popleft())
        return True

    @callback
    def async_forget(self, entity_id: str) -> None:
        """Let nothing come any more."""
        if rest := self._rests.pop(entity_id, None):
            rest.stop_listening()

    @callback
    def async_stop(self) -> None:
        """Forget everything."""
        for entity_id in list(self._rests):
            self.async_forget(entity_id)

    def _rest(self, entity_id: str, play: Play) -> _Rest:
        if (rest := self._rests.get(entity_id)) is None:
            rest = self._rests[entity_id] = _Rest(
                play,
                async_track_state_change_event(
                    self._hass, entity_id, self._async_changed
                ),
            )
            if state := self._hass.states.get(entity_id):
                rest.content = _content(state)
        rest.play = play
        return rest

    def _tell(self, entity_id: str, rest: _Rest) -> None:
        state = self._hass.states.get(entity_id)
        rest.told, rest.content = self._hass.loop.time(), None
        rest.before = _content(state) if state else None

    @callback
    def _async_changed(self, event: Event[EventStateChangedData]) -> None:
        entity_id = event.data["entity_id"]
        old, new = event.data["old_state"], event.data["new_state"]
        if (rest := self._rests.get(entity_id)) is None:
            return
        if new is None:
            self.async_forget(entity_id)
            return
        if old is None:
            return
        starting = rest.content is None and self._hass.loop.time() - rest.told < STARTS
        if old.state == MediaPlayerState.PLAYING and new.state not in _GOES_ON:
            if rest.items and _ended(old, new):
                self._hass.async_create_background_task(
                    self._async_next(entity_id), f"{DOMAIN} next track on {entity_id}"
                )
            elif not starting:
                # Somebody stopped it, or there is nothing left.
                self.async_forget(entity_id)
        elif new.state == MediaPlayerState.PLAYING and (content := _content(new)):
            if rest.content is None:
                begins = old.state != MediaPlayerState.PLAYING
                if begins or content != rest.before or not starting:
                    rest.content = content
            elif content != rest.content:
                # Somebody plays something else there.
                self.async_forget(entity_id)

    async def _async_next(self, entity_id: str) -> None:
        try:
            await self.async_skip(entity_id)
        except (HomeAssistantError, OSError) as err:
            _LOGGER.warning(
                "The next track did not start on %s: %s", entity_id, type(err).__name__
            )
            self.async_forget(entity_id)


class Successive(Library):
    """A library whose player may keep no queue itself."""

    def __init__(
        self,
        hass: HomeAssistant,
        state: State,
        context: Context,
        succession: Succession,
    ) -> None:
        """Put what the player cannot keep into the succession."""
        super().__init__(hass, state, context)
        self._succession = succession

    @property
    def _keeps_queue(self) -> bool:
        return bool(self.features & MediaPlayerEntityFeature.MEDIA_ENQUEUE)

    @property
    @override
    def can_queue(self) -> bool:
        """Return whether there is a way to play something later."""
        can = (
            MediaPlayerEntityFeature.MEDIA_ENQUEUE | MediaPlayerEntityFeature.PLAY_MEDIA
        )
        return bool(self.features & can)

    @override
    async def async_play(self, items: Sequence[Item]) -> None:
        """Play the first now and the others after it."""
        self._succession.async_forget(self.entity_id)
        if self._keeps_queue:
            await super().async_play(items)
            return
        first, *others = items[:MAX_QUEUED]
        self._succession.async_begin(self.entity_id, self._async_begin, others)
        try:
            await self._async_begin(first)
        except BaseException:
            self._succession.async_forget(self.entity_id)
            raise

    @override
    async def async_queue(self, items: Sequence[Item], *, soon: bool = False) -> None:
        """Play items later."""
        if self._keeps_queue:
            await super().async_queue(items, soon=soon)
        else:
            self._succession.async_add(
                self.entity_id, self._async_begin, items, soon=soon
            )

    async def _async_begin(self, item: Item) -> None:
        await self._async_play_media(item, None)


def _ended(old: State, new: State) -> bool:
    """Whether a track that played until `new` had come to its end."""
    try:
        length = float(old.attributes[ATTR_MEDIA_DURATION])
        position = float(old.attributes[ATTR_MEDIA_POSITION])
    except (KeyError, TypeError, ValueError):
        return False
    updated = old.attributes.get(ATTR_MEDIA_POSITION_UPDATED_AT)
    since = updated if isinstance(updated, datetime) else old.last_updated
    return position + (new.last_updated - since).total_seconds() >= length - END


def _content(state: State) -> str | None:
    content: str | None = state.attributes.get(ATTR_MEDIA_CONTENT_ID)
    return content
