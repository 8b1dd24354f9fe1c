"""What goes wrong in services of Home Assistant, and how much of it is logged."""

import logging
from typing import Final

import probatio

from homeassistant.exceptions import HomeAssistantError

_LOGGER = logging.getLogger(__name__)

FAILURES: Final = (HomeAssistantError, probatio.Invalid, TimeoutError, OSError)
"""Refusals, data that a service does not take, and devices that cannot be reached."""


def log_failure(what: str, err: BaseException) -> None:
    """Log a failure; its text, which may hold words of the user, only for debugging."""
    _LOGGER.warning("%s failed: %s", what, type(err).__name__)
    _LOGGER.debug("%s failed", what, exc_info=err)
