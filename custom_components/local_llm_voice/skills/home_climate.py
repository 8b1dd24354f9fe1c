"""Home: thermostats and temperatures."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import probatio

from homeassistant.components.climate import (
    ATTR_MAX_TEMP,
    ATTR_MIN_TEMP,
    ATTR_TARGET_TEMP_HIGH,
    ATTR_TARGET_TEMP_LOW,
    ATTR_TARGET_TEMP_STEP,
    DOMAIN as CLIMATE,
    SERVICE_SET_TEMPERATURE,
)
from homeassistant.const import ATTR_TEMPERATURE, UnitOfTemperature
from homeassistant.core import State

from ..turn import Answer, SkillError, Turn
from .act import act, async_service
from .schema import DELAY, NUMBER, TARGET, Arguments
from .skill import ACTS, READS, SETS, function
from .targets import find_targets
from .thermometers import degrees_of, spoken_place, thermometer

AMOUNT: Arguments = {probatio.Optional("amount", description="Degrees"): NUMBER}

ROUNDED: Final = 0.5
"""Degrees by which thermostats miss what they are told, where they do not say."""

_thermostats = partial(
    find_targets, domains={CLIMATE, "water_heater"}, default={CLIMATE}
)


@function(
    title="Set temperature",
    description="Set the target temperature of thermostats.",
    arguments={probatio.Required("temperature"): NUMBER, **TARGET, **DELAY},
    annotations=SETS,
    assist=False,
    guard=_thermostats,
)
async def set_temperature(turn: Turn, args: dict[str, Any]) -> Answer:
    """Set a thermostat."""
    return await _async_set(turn, args, partial(_centered, args["temperature"]))


@function(
    title="Warmer",
    description="Raise the target temperature of thermostats.",
    arguments={**AMOUNT, **TARGET, **DELAY},
    annotations=ACTS,
    guard=_thermostats,
)
async def warmer(turn: Turn, args: dict[str, Any]) -> Answer:
    """Raise the target temperature."""
    return await _async_set(turn, args, partial(_shifted, args.get("amount"), 1))


@function(
    title="Cooler",
    description="Lower the target temperature of thermostats.",
    arguments={**AMOUNT, **TARGET, **DELAY},
    annotations=ACTS,
    guard=_thermostats,
)
async def cooler(turn: Turn, args: dict[str, Any]) -> Answer:
    """Lower the target temperature."""
    return await _async_set(turn, args, partial(_shifted, args.get("amount"), -1))


@function(
    title="Get temperature",
    description="Say how warm it is in an area of the house.",
    arguments={**TARGET},
    annotations=READS,
)
async def get_temperature(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say how warm it is in the house."""
    state = thermometer(turn, args)
    unit = state.attributes.get("unit_of_measurement")
    degrees = degrees_of(state)
    return turn.answer(
        "home.temperature",
        place=spoken_place(turn, state, args),
        degrees=_spoken_degrees(turn, degrees or 0, unit),
        data={"temperature": degrees},
    )


async def _async_set(
    turn: Turn,
    args: dict[str, Any],
    targets: Callable[[State], dict[str, float]],
) -> Answer:
    """Set thermostats to what `targets` says of each: service data."""
    thermostats = _thermostats(turn, args)
    data = {state.entity_id: targets(state) for state in thermostats}
    thermostats = [state for state in thermostats if data[state.entity_id]]
    if not thermostats:
        raise SkillError("home.no_target_temperature")
    for state in thermostats:
        _check_range(turn, state, data[state.entity_id])

    async def run(usable: Sequence[State]) -> None:
        for state in usable:
            await async_service(
                turn,
                state.domain,
                SERVICE_SET_TEMPERATURE,
                [state],
                **data[state.entity_id],
            )

    def reached(state: State) -> bool:
        # Thermostats round to their steps.
        step = state.attributes.get(ATTR_TARGET_TEMP_STEP) or ROUNDED
        return all(
            abs((state.attributes.get(key) or 0) - value) <= step
            for key, value in data[state.entity_id].items()
        )

    first = data[thermostats[0].entity_id].values()
    degrees = sum(first) / len(first)
    return await act(
        turn,
        thermostats,
        run,
        key="home.temperature_set",
        reached=reached,
        degrees=_spoken_degrees(turn, degrees, None),
    )


def _centered(wanted: float, state: State) -> dict[str, float]:
    """The wanted temperature; in the middle where a thermostat keeps between two."""
    low = state.attributes.get(ATTR_TARGET_TEMP_LOW)
    high = state.attributes.get(ATTR_TARGET_TEMP_HIGH)
    if low is None or high is None or state.attributes.get(ATTR_TEMPERATURE):
        return {ATTR_TEMPERATURE: wanted}
    half = (high - low) / 2
    return {ATTR_TARGET_TEMP_LOW: wanted - half, ATTR_TARGET_TEMP_HIGH: wanted + half}


def _shifted(amount: float | None, sign: int, state: State) -> dict[str, float]:
    """The target temperatures of a thermostat, moved; empty where it has none."""
    step = amount or max(1.0, state.attributes.get(ATTR_TARGET_TEMP_STEP) or 1.0)
    keys = (ATTR_TEMPERATURE, ATTR_TARGET_TEMP_LOW, ATTR_TARGET_TEMP_HIGH)
    targets = {key: state.attributes.get(key) for key in keys}
    return {key: v + sign * step for key, v in targets.items() if v is not None}


def _check_range(turn: Turn, state: State, data: dict[str, float]) -> None:
    """Refuse what the thermostat cannot be set to, in one sentence."""
    low = state.attributes.get(ATTR_MIN_TEMP)
    high = state.attributes.get(ATTR_MAX_TEMP)
    for value in data.values():
        if low is not None and high is not None and not low <= value <= high:
            raise SkillError(
                "home.temperature_range",
                name=state.name,
                low=_spoken_degrees(turn, low, None),
                high=_spoken_degrees(turn, high, None),
            )


def _spoken_degrees(turn: Turn, degrees: float, unit: str | None) -> str:
    unit = unit or turn.hass.config.units.temperature_unit
    name = "fahrenheit" if unit == UnitOfTemperature.FAHRENHEIT else "degrees"
    key = "unit.fahrenheit" if name == "fahrenheit" else "home.degrees"
    rounded = round(degrees, 1)
    return turn.say(key, n=rounded, count=rounded)


FUNCTIONS = (set_temperature, warmer, cooler, get_temperature)
