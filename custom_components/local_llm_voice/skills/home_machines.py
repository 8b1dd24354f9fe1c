"""Home: fans, vacuum cleaners and lawn mowers."""

from functools import partial
from typing import Any, Final

import probatio

from homeassistant.components.fan.intent import INTENT_FAN_SET_SPEED
from homeassistant.components.lawn_mower.intent import (
    INTENT_LANW_MOWER_DOCK,
    INTENT_LANW_MOWER_START_MOWING,
)
from homeassistant.components.vacuum.intent import (
    INTENT_VACUUM_RETURN_TO_BASE,
    INTENT_VACUUM_START,
)
from homeassistant.core import State
from homeassistant.helpers.intent import INTENT_TURN_OFF

from ..turn import Answer, Turn
from .act import act, async_intent
from .schema import DELAY, PERCENT, TARGET
from .skill import SETS, function
from .targets import EVERYWHERE, find_targets

HOME: Final = ("docked", "returning")
"""States of a machine that was sent to its dock."""


def _machines(domain: str, turn: Turn, args: dict[str, Any]) -> list[State]:
    """The machines that are meant. Their area is where they stand, not where to go."""
    target = {**args, "area": EVERYWHERE} if not args.get("name") else args
    return find_targets(turn, {**target, "domain": domain}, domains={domain})


_fans = partial(find_targets, domains={"fan"})
_vacuums = partial(_machines, "vacuum")
_mowers = partial(_machines, "lawn_mower")


async def _async_send(
    turn: Turn, machines: list[State], intent_type: str, key: str, *reached: str
) -> Answer:
    """Send machines to work or home."""
    return await act(
        turn,
        machines,
        partial(async_intent, turn, intent_type),
        key=key,
        reached=lambda state: state.state in reached,
    )


@function(
    title="Set fan speed",
    description="Set the speed of fans.",
    arguments={
        probatio.Required("speed", description="0 to 100"): PERCENT,
        **TARGET,
        **DELAY,
    },
    annotations=SETS,
    assist=False,
    guard=_fans,
)
async def set_fan_speed(turn: Turn, args: dict[str, Any]) -> Answer:
    """Set the speed of a fan."""
    speed: int = args["speed"]
    if speed:
        run = partial(async_intent, turn, INTENT_FAN_SET_SPEED, percentage=speed)
    else:
        # The intent turns fans on, even with 0.
        run = partial(async_intent, turn, INTENT_TURN_OFF)

    def reached(state: State) -> bool:
        if not speed:
            return state.state == "off"
        # Fans round to the speeds they have.
        return state.state == "on" and bool(state.attributes.get("percentage"))

    return await act(
        turn,
        _fans(turn, args),
        run,
        key="home.fan_set",
        reached=reached,
        speed=speed,
    )


@function(
    title="Start vacuum",
    description="Start a vacuum cleaner.",
    arguments={**TARGET, **DELAY},
    annotations=SETS,
    assist=False,
    guard=_vacuums,
)
async def start_vacuum(turn: Turn, args: dict[str, Any]) -> Answer:
    """Start cleaning."""
    machines = _vacuums(turn, args)
    return await _async_send(
        turn, machines, INTENT_VACUUM_START, "home.vacuum_started", "cleaning"
    )


@function(
    title="Dock vacuum",
    description="Send a vacuum cleaner to its dock.",
    arguments={**TARGET, **DELAY},
    annotations=SETS,
    assist=False,
    guard=_vacuums,
)
async def dock_vacuum(turn: Turn, args: dict[str, Any]) -> Answer:
    """Send the vacuum home."""
    machines = _vacuums(turn, args)
    return await _async_send(
        turn, machines, INTENT_VACUUM_RETURN_TO_BASE, "home.docking", *HOME
    )


@function(
    title="Start mower",
    description="Start a lawn mower.",
    arguments={**TARGET, **DELAY},
    annotations=SETS,
    assist=False,
    guard=_mowers,
)
async def start_mower(turn: Turn, args: dict[str, Any]) -> Answer:
    """Start mowing."""
    machines = _mowers(turn, args)
    return await _async_send(
        turn, machines, INTENT_LANW_MOWER_START_MOWING, "home.mower_started", "mowing"
    )


@function(
    title="Dock mower",
    description="Send a lawn mower to its dock.",
    arguments={**TARGET, **DELAY},
    annotations=SETS,
    assist=False,
    guard=_mowers,
)
async def dock_mower(turn: Turn, args: dict[str, Any]) -> Answer:
    """Send the mower home."""
    machines = _mowers(turn, args)
    return await _async_send(
        turn, machines, INTENT_LANW_MOWER_DOCK, "home.docking", *HOME
    )


FUNCTIONS = (set_fan_speed, start_vacuum, dock_vacuum, start_mower, dock_mower)
