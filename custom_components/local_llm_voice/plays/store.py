"""The play history in Home Assistant's storage."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
import logging
from pathlib import Path
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, UnsupportedStorageVersionError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from .as_data import history_as_dict, records_from_dict
from .history import History

_LOGGER = logging.getLogger(__name__)

STORAGE_KEY: Final = f"{DOMAIN}.plays"
STORAGE_VERSION: Final = 1

SAVE_DELAY: Final = 10
"""Seconds from a counted play to the disk: what a power cut can cost."""


@dataclass(slots=True)
class Saved:
    """What is kept on disk."""

    history: History = field(default_factory=History)
    playing: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By entity id: the play that was going on when the file was written."""

    at: datetime | None = None
    """When the file was written."""

    counting: bool = True


class PlayStore:
    """Loads and saves the history.

    Counts and the plays that are going on are written as one file and at once, so that
    after a crash no play is on disk as both counted and still to be counted.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare; nothing is read yet."""
        self._hass = hass
        self._store: Store[dict[str, Any]] = Store(
            hass, STORAGE_VERSION, STORAGE_KEY, private=True, atomic_writes=True
        )
        self._scheduled = False

    async def async_load(self) -> Saved:
        """Read the file. One that cannot be read is kept, and the user is told."""
        try:
            data = await self._store.async_load()
        except UnsupportedStorageVersionError, NotImplementedError:
            # A newer release wrote it: an update brings everything back.
            self._store.make_read_only()
            self._tell("plays_too_new", self._store.path)
            return Saved()
        except HomeAssistantError:
            _LOGGER.exception("Cannot read %s, plays are not kept", self._store.path)
            self._store.make_read_only()
            self._tell("plays_unreadable", self._store.path)
            return Saved()
        except KeyError, TypeError, AttributeError, ValueError:
            return await self._async_set_aside()
        if data is None:
            return Saved()
        try:
            return _saved_from_dict(data)
        except KeyError, TypeError, AttributeError, ValueError:
            return await self._async_set_aside()

    @callback
    def async_schedule_save(self, data: Callable[[], Saved]) -> None:
        """Save within SAVE_DELAY; calls in the meantime do not put it off."""
        if self._scheduled:
            return
        self._scheduled = True

        def as_dict() -> dict[str, Any]:
            self._scheduled = False
            return _as_dict(data())

        self._store.async_delay_save(as_dict, SAVE_DELAY)

    async def async_save(self, saved: Saved) -> None:
        """Save now."""
        self._scheduled = False
        await self._store.async_save(_as_dict(saved))

    async def _async_set_aside(self) -> Saved:
        """Move a file of another shape away, as Home Assistant does with broken JSON."""
        path = Path(self._store.path)
        aside = path.with_name(f"{path.name}.corrupt.{dt_util.utcnow().isoformat()}")
        await self._hass.async_add_executor_job(path.rename, aside)
        _LOGGER.error("The play history in %s is damaged, moved to %s", path, aside)
        self._tell("plays_damaged", str(aside))
        return Saved()

    @callback
    def _tell(self, key: str, path: str) -> None:
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            key,
            is_fixable=False,
            is_persistent=True,
            severity=ir.IssueSeverity.ERROR,
            translation_key=key,
            translation_placeholders={"path": path},
        )


def _as_dict(saved: Saved) -> dict[str, Any]:
    return {
        "counting": saved.counting,
        "at": dt_util.utcnow().isoformat(),
        "playing": saved.playing,
        "records": history_as_dict(saved.history),
    }


def _saved_from_dict(data: dict[str, Any]) -> Saved:
    playing = data["playing"]
    if not isinstance(playing, dict) or not isinstance(data["counting"], bool):
        raise TypeError("of another shape")
    return Saved(
        History(records_from_dict(data["records"])),
        playing,
        datetime.fromisoformat(data["at"]),
        data["counting"],
    )
