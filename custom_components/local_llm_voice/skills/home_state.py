"""Home: questions about the state of things."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Any, Final

import probatio

from homeassistant.components.climate import DOMAIN as CLIMATE
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
from ..turn import Answer, SkillError, Turn
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

_RUNNING: Final = frozenset(
    {"climate", "lawn_mower", "media_player", "vacuum", "water_heater"}
)
_AT_REST: Final = frozenset(
    {"off", "standby", "docked", "paused", "idle", "error", "unavailable", "unknown"}
)
"""Any other state of these domains is "on"."""

IN_STATE: Final[Mapping[str, frozenset[str]]] = {
    "locked": frozenset({"lock"}),
    "unlocked": frozenset({"lock"}),
    "open": frozenset({"binary_sensor", "cover", "valve"}),
    "closed": frozenset({"binary_sensor", "cover", "valve"}),
    "home": frozenset({"device_tracker", "person"}),
}
"""What can be in a state, where not everything can."""

ASKED_OF_ALL: Final = {"off": "on", "closed": "open", "locked": "unlocked"}
"""What a question asks of everything, and what speaks against it.

"Are the doors locked?" means all of them, "is a light on?" any.
"""

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
    states = _asked_about(turn, args)
    names = await async_get_translations(
        turn.hass,
        _translated_in(turn),
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
    if others := _against(turn, asked, states, fitting):
        return turn.answer("home.not_all", states=_told(turn, others, names), data=data)
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
        if state.domain == CLIMATE and _raw(state) == "on":
            # Its state is what it is set to: nobody says that a heater is "heat".
            return words(turn.language, "state.on")[0]
        return _translated(state, names)
    return turn.say("home.measured", number=number, unit=unit or "").strip()


def _against(
    turn: Turn, asked: str, states: Sequence[State], fitting: Sequence[State]
) -> list[State]:
    """What makes the answer a no, where everything has to be as asked."""
    said = asked.casefold()
    name = next((s for s in STATES if said in words(turn.language, f"state.{s}")), "")
    if (against := ASKED_OF_ALL.get(name)) is None:
        return []
    able = IN_STATE.get(name, frozenset())
    return [
        state
        for state in states
        if state not in fitting and (state.domain in able or _raw(state) == against)
    ]


def _translated_in(turn: Turn) -> str:
    """The language of Home Assistant's names of states: it has two written Chinese."""
    language = closest(turn.language)
    if language != "zh":
        return language
    script = turn.language.replace("_", "-").casefold().split("-")
    return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(script) else "zh-Hans"


def _translated(state: State, names: Mapping[str, str]) -> str:
    device_class = state.attributes.get(ATTR_DEVICE_CLASS) or "_"
    for kind in (device_class, "_"):
        key = f"component.{state.domain}.entity_component.{kind}.state.{state.state}"
        if key in names:
            return names[key].lower()
    return state.state.replace("_", " ")


def _asked_about(turn: Turn, args: dict[str, Any]) -> list[State]:
    """The devices of a question: first those that can be in such a state at all.

    "Is the front door locked?" is about the lock, where its sensor has the same name.
    """
    said = (args.get("state") or "").casefold()
    for name, domains in IN_STATE.items():
        if said in words(turn.language, f"state.{name}"):
            with suppress(SkillError):
                return find_targets(turn, args, domains=domains, default=ASKED_ABOUT)
    return find_targets(turn, args, default=ASKED_ABOUT)


def _is(turn: Turn, state: State, asked: str, names: Mapping[str, str]) -> bool:
    """Whether a state is the one that was asked about, in the user's words."""
    said = asked.casefold()
    known = _known(state, names)
    exact = {raw for raw, name in known.items() if said in (raw, name)}
    if exact - {"on", "off"}:
        return state.state in exact
    for name in STATES:
        if said in words(turn.language, f"state.{name}"):
            return _raw(state) == name
    # "Unlocked" is much like "locked": the closest one counts.
    scored = [(closeness(said, name), raw) for raw, name in known.items()]
    score, raw = max(scored, default=(0.0, ""))
    return score >= CLOSE_ENOUGH and raw == state.state


def _known(state: State, names: Mapping[str, str]) -> dict[str, str]:
    """The states that such a device may have, and how they are called."""
    device_class = state.attributes.get(ATTR_DEVICE_CLASS) or "_"
    known = {state.state: state.state.casefold()}
    for kind in ("_", device_class):
        start = f"component.{state.domain}.entity_component.{kind}.state."
        known |= {
            key.removeprefix(start): name.casefold()
            for key, name in names.items()
            if key.startswith(start)
        }
    return known


def _raw(state: State) -> str:
    """The state in the words of people: an open door's sensor is "on"."""
    if state.domain == "binary_sensor":
        kind = state.attributes.get(ATTR_DEVICE_CLASS)
        if kind in _OPENINGS:
            return {"on": "open", "off": "closed"}.get(state.state, state.state)
        if kind == "lock":
            return {"on": "unlocked", "off": "locked"}.get(state.state, state.state)
    if state.domain in _RUNNING and state.state not in _AT_REST:
        return "on"
    return state.state


FUNCTIONS = (get_state,)
