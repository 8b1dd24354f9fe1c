"""Whether the voice server is there, on the page of the system's health."""

from typing import Any

from homeassistant.components.system_health import SystemHealthRegistration
from homeassistant.core import HomeAssistant, callback

from .client import ServerError
from .const import DOMAIN
from .models import LocalLlmVoiceConfigEntry


@callback
def async_register(hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Register what is asked for the page."""
    register.async_register_info(_async_info)


async def _async_info(hass: HomeAssistant) -> dict[str, Any]:
    entries: list[LocalLlmVoiceConfigEntry] = hass.config_entries.async_loaded_entries(
        DOMAIN
    )
    return {"voice_server": _async_server(entries[0])} if entries else {}


async def _async_server(entry: LocalLlmVoiceConfigEntry) -> Any:
    try:
        await entry.runtime_data.client.async_describe()
    except ServerError:
        return {"type": "failed", "error": "unreachable"}
    return "ok"
