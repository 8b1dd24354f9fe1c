"""Calling actions of Home Assistant, whose integrations raise whatever their libraries raise."""

from typing import Any

import probatio

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .const import DOMAIN


async def async_call(
    hass: HomeAssistant,
    context: Context,
    domain: str,
    service: str,
    data: dict[str, Any],
    *,
    respond: bool = False,
) -> dict[str, Any]:
    """Call an action and wait for it; return its response, where one is asked for.

    Raises HomeAssistantError, OSError, TimeoutError or probatio.Invalid, and nothing else.
    """
    try:
        response = await hass.services.async_call(
            domain,
            service,
            data,
            blocking=True,
            context=context,
            return_response=respond,
        )
    except HomeAssistantError, OSError, probatio.Invalid:
        raise
    except Exception as err:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="action_failed",
            translation_placeholders={"action": f"{domain}.{service}"},
        ) from err
    return dict(response or {})
