"""What the entities of the play history have in common."""

from abc import abstractmethod
from typing import override

from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import Entity

from .const import DOMAIN
from .models import LocalLlmVoiceConfigEntry


class PlaysEntity(Entity):
    """Follows the play history."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, entry: LocalLlmVoiceConfigEntry, key: str) -> None:
        """Belong to the device of the entry."""
        self._plays = entry.runtime_data.plays
        self._attr_translation_key = key
        self._attr_unique_id = f"{entry.entry_id}_{key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            name=entry.title,
            entry_type=DeviceEntryType.SERVICE,
        )

    @override
    async def async_added_to_hass(self) -> None:
        """Read the history, and again whenever it changes."""
        self.async_on_remove(self._plays.async_add_listener(self._changed))
        self._read()

    @callback
    def _changed(self) -> None:
        self._read()
        self.async_write_ha_state()

    @abstractmethod
    def _read(self) -> None:
        """Take over what the history says."""
