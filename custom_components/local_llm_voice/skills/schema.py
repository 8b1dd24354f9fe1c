"""Arguments that many functions share, as the catalogue groups them."""

from collections.abc import Mapping
import math
from typing import Any

import probatio

from homeassistant.helpers import config_validation as cv

type Arguments = dict[probatio.Marker, object]


def finite(value: float) -> float:
    """Validate a number that can be reckoned with; JSON and Python also know NaN and infinity."""
    if not math.isfinite(value):
        raise probatio.Invalid("not a finite number")
    return value


NUMBER = probatio.All(probatio.Coerce(float), finite)
WHOLE = probatio.Coerce(int)

BOOLEAN = probatio.All(cv.boolean, probatio.Coerce(bool))
"""However it is written: bool("false") alone would be a yes."""

PERCENT = probatio.All(WHOLE, probatio.Clamp(min=0, max=100))


def _texts(**descriptions: str) -> Arguments:
    return {
        probatio.Optional(name, description=description): cv.string
        for name, description in descriptions.items()
    }


def _numbers(**descriptions: str) -> Arguments:
    return {
        probatio.Optional(name, description=description): NUMBER
        for name, description in descriptions.items()
    }


PLAYER = _texts(
    area="Name of the area, or 'everywhere'",
    floor="Name of the floor",
    player="Name of the media player",
)

TARGET = _texts(
    area="Name of the area, or 'everywhere'",
    floor="Name of the floor",
    name="Name of the device",
    domain="Kind of device, such as 'light'",
    device_class="Closer kind of device, such as 'garage'",
)

DELAY = _numbers(
    in_hours="Do it in this many hours",
    in_minutes="Do it in this many minutes",
    in_seconds="Do it in this many seconds",
)

DURATION = _numbers(hours="Hours", minutes="Minutes", seconds="Seconds")

WHICH = _texts(
    name="Name of the timer",
    area="Area the timer was started in",
) | _numbers(
    start_hours="Hours the timer was started with",
    start_minutes="Minutes the timer was started with",
    start_seconds="Seconds the timer was started with",
)


def seconds_of(args: Mapping[str, Any], prefix: str = "") -> float:
    """Return the seconds of `hours`, `minutes` and `seconds`, all with the prefix."""
    factors = {"hours": 3600, "minutes": 60, "seconds": 1}
    return sum(float(args.get(prefix + unit, 0)) * n for unit, n in factors.items())


def delay_of(args: Mapping[str, Any]) -> float:
    """Return the seconds of DELAY, 0 where the function is due now."""
    return seconds_of(args, "in_")
