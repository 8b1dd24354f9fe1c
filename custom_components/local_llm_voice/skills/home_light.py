"""Home: brightness and color of lights."""

from collections.abc import Sequence
from typing import Any, Final

import probatio

from homeassistant.components.light import (
    ATTR_BRIGHTNESS_PCT,
    ATTR_SUPPORTED_COLOR_MODES,
    DOMAIN as LIGHT,
    brightness_supported,
    color_supported,
    color_temp_supported,
)
from homeassistant.components.light.intent import INTENT_SET
from homeassistant.core import State
from homeassistant.helpers import config_validation as cv

from ..turn import Answer, SkillError, Turn
from .act import Reached, act, async_intent, async_service, spoken
from .colors import WHITES, color_of
from .schema import DELAY, PERCENT, TARGET, WHOLE
from .skill import ACTS, SETS, function
from .targets import find_targets

STEP: Final = 20
"""Percent, where "brighter" says no amount."""

TOLERANCE: Final = 3
"""Percent by which lamps miss what they are told."""


def _slots(turn: Turn, args: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The slots of HassLightSet, and how each is spoken."""
    slots: dict[str, Any] = {}
    changes: list[str] = []
    if (brightness := args.get("brightness")) is not None:
        slots["brightness"] = brightness
        changes.append(turn.say("home.percent", level=brightness))
    if (kelvin := args.get("color_temperature")) is not None:
        slots["temperature"] = kelvin
        changes.append(turn.say("home.kelvin", kelvin=kelvin))
    if (spoken := args.get("color")) is not None:
        if (color := color_of(spoken, turn.language)) is None:
            raise SkillError("home.no_color", color=spoken)
        if color in WHITES:
            slots["temperature"] = WHITES[color]
        else:
            slots["color"] = color
        changes.append(spoken)
    if not slots:
        raise SkillError("home.light_what")
    return slots, changes


def _can(light: State, slots: dict[str, Any]) -> bool:
    modes = light.attributes.get(ATTR_SUPPORTED_COLOR_MODES)
    if "color" in slots and not color_supported(modes):
        return False
    if "temperature" in slots and not (
        color_temp_supported(modes) or color_supported(modes)
    ):
        return False
    return "brightness" not in slots or brightness_supported(modes)


def _fitting(turn: Turn, args: dict[str, Any]) -> list[State]:
    """The lights that can be set so; what is said first has to make sense."""
    slots, _ = _slots(turn, args)
    lights = find_targets(turn, args, domains={LIGHT})
    if not (fitting := [light for light in lights if _can(light, slots)]):
        raise SkillError("home.light_cannot")
    return fitting


def _dimmable(turn: Turn, args: dict[str, Any]) -> list[State]:
    lights = [
        light
        for light in find_targets(turn, args, domains={LIGHT})
        if brightness_supported(light.attributes.get(ATTR_SUPPORTED_COLOR_MODES))
    ]
    if not lights:
        raise SkillError("home.light_cannot")
    return lights


@function(
    title="Set light",
    description="Set brightness, color or color temperature of lights.",
    arguments={
        probatio.Optional("brightness", description="0 to 100"): PERCENT,
        probatio.Optional("color", description="Name of a color"): cv.string,
        probatio.Optional("color_temperature", description="Kelvin"): WHOLE,
        **TARGET,
        **DELAY,
    },
    annotations=SETS,
    assist=False,
    guard=_fitting,
)
async def set_light(turn: Turn, args: dict[str, Any]) -> Answer:
    """Set brightness, color or warmth."""
    slots, changes = _slots(turn, args)
    fitting = _fitting(turn, args)

    async def run(usable: Sequence[State]) -> None:
        await async_intent(turn, INTENT_SET, usable, **slots)

    return await act(
        turn,
        fitting,
        run,
        key="home.light_set",
        reached=_shows(slots.get("brightness")),
        changes=changes,
    )


@function(
    title="Brighten",
    description="Make lights brighter.",
    arguments={
        probatio.Optional("amount", description="Percent"): PERCENT,
        **TARGET,
        **DELAY,
    },
    annotations=ACTS,
    guard=_dimmable,
)
async def brighten(turn: Turn, args: dict[str, Any]) -> Answer:
    """More light."""
    return await _async_step(turn, args, args.get("amount", STEP))


@function(
    title="Dim",
    description="Make lights darker.",
    arguments={
        probatio.Optional("amount", description="Percent"): PERCENT,
        **TARGET,
        **DELAY,
    },
    annotations=ACTS,
    guard=_dimmable,
)
async def dim(turn: Turn, args: dict[str, Any]) -> Answer:
    """Less light."""
    return await _async_step(turn, args, -args.get("amount", STEP))


async def _async_step(turn: Turn, args: dict[str, Any], step: int) -> Answer:
    """Change the brightness of each light by so many percent."""
    lights = _dimmable(turn, args)
    # Lights of a room that are off stay off; dimming switches none on.
    lit = [light for light in lights if light.state != "off"]
    if not lit and step < 0:
        raise SkillError("home.already_off", names=spoken(turn, lights))
    lit = lit or lights
    levels = {light.entity_id: _level(light) + step for light in lit}
    # Dimming is not switching off.
    levels = {key: max(1, min(100, level)) for key, level in levels.items()}

    async def run(usable: Sequence[State]) -> None:
        for light in usable:
            level = levels[light.entity_id]
            await async_service(
                turn, LIGHT, "turn_on", [light], **{ATTR_BRIGHTNESS_PCT: level}
            )

    def reached(light: State) -> bool:
        return abs(_level(light) - levels[light.entity_id]) <= TOLERANCE

    level = round(sum(levels.values()) / len(levels))
    return await act(
        turn, lit, run, key="home.light_level", reached=reached, level=level
    )


def _level(light: State) -> int:
    """The brightness in percent; 0 where it is off."""
    return round((light.attributes.get("brightness") or 0) / 255 * 100)


def _shows(brightness: int | None) -> Reached:
    def reached(light: State) -> bool:
        if brightness is None:
            return light.state == "on"
        return abs(_level(light) - brightness) <= TOLERANCE

    return reached


FUNCTIONS = (set_light, brighten, dim)
