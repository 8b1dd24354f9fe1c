"""Whether the house counts what it plays."""

from typing import Any, override

from homeassistant.components.switch import SwitchEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import PlaysEntity
from .models import LocalLlmVoiceConfigEntry

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: LocalLlmVoiceConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the switch."""
    async_add_entities([CountPlaysSwitch(entry)])


class CountPlaysSwitch(PlaysEntity, SwitchEntity):
    """On while plays are counted; what was counted before stays."""

    _attr_entity_category = EntityCategory.CONFIG

    def __init__(self, entry: LocalLlmVoiceConfigEntry) -> None:
        """Switch the counting of this entry."""
        super().__init__(entry, "count_plays")

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Count plays."""
        self._plays.async_set_counting(True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Count no more."""
        self._plays.async_set_counting(False)

    @override
    def _read(self) -> None:
        self._attr_is_on = self._plays.counting
