"""What helps to find a fault, without what people said or listen to."""

from typing import Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.const import CONF_HOST
from homeassistant.core import HomeAssistant

from .const import CONF_FEEDS, CONF_PIN
from .models import LocalLlmVoiceConfigEntry, TurnTrace

TO_REDACT = {CONF_HOST, CONF_PIN, CONF_FEEDS}


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: LocalLlmVoiceConfigEntry
) -> dict[str, Any]:
    """Return how the entry is set up, what the home offers in numbers, and how fast it was."""
    runtime = entry.runtime_data
    home = runtime.vocabulary.home
    return {
        "data": async_redact_data(dict(entry.data), TO_REDACT),
        "options": async_redact_data(dict(entry.options), TO_REDACT),
        "people": len(entry.subentries),
        "server_available": runtime.client.available,
        "home": {
            key: len(value) for key, value in home.items() if isinstance(value, list)
        },
        "scheduled": runtime.schedule.count,
        "turns": [_described(trace) for trace in runtime.traces],
    }


def _described(trace: TurnTrace) -> dict[str, Any]:
    """A turn by the functions and the names of their arguments; not their words."""
    return {
        **trace.as_dict(),
        "calls": [{"name": c.name, "args": sorted(c.args)} for c in trace.calls],
    }
