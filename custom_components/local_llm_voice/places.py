"""Where things are: the areas of entities and devices."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)


def area_of_entity(hass: HomeAssistant, entity_id: str) -> ar.AreaEntry | None:
    """Return the area of an entity: its own, else its device's."""
    if (entry := er.async_get(hass).async_get(entity_id)) is None:
        return None
    if entry.area_id:
        return ar.async_get(hass).async_get_area(entry.area_id)
    return area_of_device(hass, entry.device_id)


def area_of_device(hass: HomeAssistant, device_id: str | None) -> ar.AreaEntry | None:
    """Return the area of a device, its parent's where it has none itself."""
    if not device_id or (device := dr.async_get(hass).async_get(device_id)) is None:
        return None
    if (area_id := dr.async_get_effective_area_id(hass, device)) is None:
        return None
    return ar.async_get(hass).async_get_area(area_id)
