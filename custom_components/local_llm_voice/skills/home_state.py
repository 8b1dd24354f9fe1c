"""Home: questions about the state of things."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import probatio

from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import State
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.translation import async_get_translations

from ..speech import closest, words
from ..turn import Answer, Turn
from .schema import TARGET
from .skill import READS, function
from .targets import EVERYWHERE, Wanted, closeness, find_targets

TOLD: Final = 4
"""Devices whose states are read out; more are counted."""

CLOSE_ENOUGH: Final = 80

ASKED_ABOUT: Final = frozenset(
    {
        "alarm_control_panel",
        "binary_sensor",
        "climate",
        "cover",
        "fan",
        "humidifier",
        "lawn_mower",
        "light",
        "lock",
        "media_player",
        "switch",
        "vacuum",
        "valve",
        "water_heater",
    }
)
"""What a question on a whole room is about."""

_OPENINGS: Final = frozenset({"door", "garage_door", "opening", "window"})

STATES: Final = ("on", "off", "open", "closed", "locked", "unlocked", "home")
"""States with words in speech, besides those that Home Assistant translates."""


@function(
    title="Get state",
    description="Answer a question on the state of devices.",
    arguments={
        probatio.Optional(
            "state", description="The state that is asked about, such as 'open'"
        ): cv.string,
        **TARGET,
    },
    annotations=READS,
    assist=False,
)
async def get_state(turn: Turn, args: dict[str, Any]) -> Answer:
    """Answer a question on devices: a yes or no, or their states."""
    wanted = Wanted.of(args)
    if not (wanted.name or wanted.area or wanted.floor):
        args = {**args, "area": EVERYWHERE}
    states = find_targets(turn, args, default=ASKED_ABOUT)
    names = await async_get_translations(
        turn.hass,
        closest(turn.language),
        "entity_component",
        {state.domain for state in states},
    )
    data = {"states": {state.entity_id: state.state for state in states}}
    if (asked := args.get("state")) is None:
        return turn.answer("home.states", states=_told(turn, states, names), data=data)
    fitting = [state for state in states if _is(turn, state, asked, names)]
    if len(states) == 1:
        return turn.answer(
            "home.yes_it_is" if fitting else "home.no_it_is",
            name=states[0].name,
            state=_said(turn, states[0], names),
            data=data,
        )
    if not fitting:
        return turn.answer("home.none_is", data=data)
    if len(fitting) == len(states):
        return turn.answer("home.all_are", data=data)
    if len(fitting) > TOLD:
        number = len(fitting)
        devices = turn.say("home.devices", n=number, count=number)
        return turn.answer("home.some_are", names=devices, data=data)
    return turn.answer(
        "home.some_are", names=[state.name for state in fitting], data=data
    )


def _told(
    turn: Turn, states: Sequence[State], names: Mapping[str, str]
) -> list[str] | str:
    """Read states out, or count how many devices are in each."""
    if len(states) <= TOLD:
        return [
            turn.say("home.is", name=state.name, state=_said(turn, state, names))
            for state in states
        ]
    counts: dict[str, int] = {}
    for state in states:
        said = _said(turn, state, names)
        counts[said] = counts.get(said, 0) + 1
    most = sorted(counts.items(), key=lambda item: -item[1])
    return [turn.say("home.are", n=number, state=said) for said, number in most[:TOLD]]


def _said(turn: Turn, state: State, names: Mapping[str, str]) -> str:
    """How a state is spoken: translated, a number with its unit."""
    if state.state in (STATE_UNAVAILABLE, STATE_UNKNOWN):
        return turn.say("home.state_unknown")
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    try:
        number = Fraction(state.state)
    except ValueError:
        return _translated(state, names)
    return turn.say("home.measured", number=number, unit=unit or "").strip()


def _translated(state: State, names: Mapping[str, str]) -> str:
    device_class = state.attributes.get(ATTR_DEVICE_CLASS) or "_"
    for kind in (device_class, "_"):
        key = f"component.{state.domain}.entity_component.{kind}.state.{state.state}"
        if key in names:
            return names[key].lower()
    return state.state.replace("_", " ")


def _is(turn: Turn, state: State, asked: str, names: Mapping[str, str]) -> bool:
    """Whether a state is the one that was asked about, in the user's words."""
    said = asked.casefold()
    if (
        said == state.state
        or closeness(said, _translated(state, names)) >= CLOSE_ENOUGH
    ):
        return True
    return any(
        _raw(state) == name and said in words(turn.language, f"state.{name}")
        for name in STATES
    )


def _raw(state: State) -> str:
    """The state in the words of people: an open door's sensor is "on"."""
    if state.domain == "binary_sensor":
        kind = state.attributes.get(ATTR_DEVICE_CLASS)
        if kind in _OPENINGS:
            return {"on": "open", "off": "closed"}.get(state.state, state.state)
        if kind == "lock":
            return {"on": "unlocked", "off": "locked"}.get(state.state, state.state)
    if state.domain in ("media_player", "climate") and state.state not in (
        "off",
        "standby",
    ):
        return "on"
    return state.state


FUNCTIONS = (get_state,)
