"""Home: on and off, open and closed, locked and unlocked."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import probatio

from homeassistant.components.alarm_control_panel import AlarmControlPanelEntityFeature
from homeassistant.components.media_player import MediaPlayerEntityFeature
from homeassistant.const import ATTR_CODE, ATTR_SUPPORTED_FEATURES
from homeassistant.core import State
from homeassistant.helpers import intent

from ..const import CONF_PIN
from ..turn import Answer, Turn, Unclear, Unconfirmed
from .act import Reached, act, async_intent, async_service, opens_the_house, spoken
from .schema import DELAY, PERCENT, TARGET
from .skill import SETS, function
from .targets import EVERYWHERE, Wanted, find_targets

ALARM: Final = "alarm_control_panel"

SWITCHED: Final = frozenset(
    {
        ALARM,
        "automation",
        "button",
        "climate",
        "cover",
        "fan",
        "group",
        "humidifier",
        "input_boolean",
        "input_button",
        "light",
        "lock",
        "media_player",
        "remote",
        "scene",
        "script",
        "siren",
        "switch",
        "vacuum",
        "valve",
        "water_heater",
    }
)
ROOM_ON: Final = frozenset({"light"})
ROOM_OFF: Final = frozenset({"light", "switch", "fan", "media_player"})
"""What "turn on/off the kitchen" means; nobody wants every switch of a room on."""

OPENED: Final = frozenset({"cover", "valve"})
LOCKS: Final = frozenset({"lock"})
SECURED: Final = frozenset({ALARM, "cover", "lock"})

MOMENTARY: Final = frozenset(
    {"automation", "button", "input_button", "scene", "script"}
)
"""Their states do not tell whether they were run."""

_ON: Final = {
    ALARM: {"arming", "armed_away", "armed_home"},
    "cover": {"open", "opening"},
    "lock": {"locked", "locking"},
    "valve": {"open", "opening"},
    "vacuum": {"cleaning"},
}
_OFF: Final = {
    ALARM: {"disarmed"},
    "cover": {"closed", "closing"},
    "lock": {"unlocked", "unlocking", "open", "opening"},
    "media_player": {"off", "standby"},
    "vacuum": {"docked", "returning", "idle", "off"},
    "valve": {"closed", "closing"},
}
_NOT_ON: Final = frozenset({"off", "standby", "unknown"})


def _consented(
    turn: Turn,
    states: list[State],
    key: str,
    domains: frozenset[str] = SECURED,
) -> list[State]:
    """The states; raises Unconfirmed where one of them opens the house and nobody agreed."""
    secure = [s for s in states if s.domain in domains and opens_the_house(s)]
    if secure and not turn.confirmed:
        if all(state.domain == ALARM for state in secure):
            key = "home.confirm_disarm"
        ids = tuple(state.entity_id for state in states)
        raise Unconfirmed(key, entity_ids=ids, names=spoken(turn, secure))
    return states


def _is_on(state: State) -> bool:
    if expected := _ON.get(state.domain):
        return state.state in expected
    return state.domain in MOMENTARY or state.state not in _NOT_ON


def _is_off(state: State) -> bool:
    expected = _OFF.get(state.domain, {"off"})
    return state.domain in MOMENTARY or state.state in expected


def _switched(turn: Turn, args: dict[str, Any], default: frozenset[str]) -> list[State]:
    """What to switch; asks where nothing was said."""
    if not turn.entity_ids and Wanted.of(args).nothing:
        raise Unclear("home.what", ())
    states = find_targets(turn, args, domains=SWITCHED, default=default)
    # Of all in a room, leave alone the players that cannot be switched.
    return [state for state in states if _can_switch(state)] or states


def _can_switch(state: State) -> bool:
    features = state.attributes.get(ATTR_SUPPORTED_FEATURES, 0)
    return state.domain != "media_player" or bool(
        features & MediaPlayerEntityFeature.TURN_OFF
    )


_covers = partial(find_targets, domains=OPENED)
_locks = partial(find_targets, domains=LOCKS)


def _to_turn_on(turn: Turn, args: dict[str, Any]) -> list[State]:
    """On opens a cover and locks a lock."""
    states = _switched(turn, args, ROOM_ON)
    return _consented(turn, states, "home.confirm_open", frozenset({"cover"}))


def _to_turn_off(turn: Turn, args: dict[str, Any]) -> list[State]:
    """Off closes a cover, unlocks a lock and disarms an alarm.

    "Turn off all the lights" from nowhere means the house.
    """
    if turn.area is None and Wanted.of(args) == Wanted(domain="light"):
        args = {**args, "area": EVERYWHERE}
    states = _switched(turn, args, ROOM_OFF)
    return _consented(turn, states, "home.confirm_unlock", SECURED - {"cover"})


def _to_toggle(turn: Turn, args: dict[str, Any]) -> list[State]:
    return _consented(turn, _switched(turn, args, ROOM_ON), "home.confirm_open")


def _to_open(turn: Turn, args: dict[str, Any]) -> list[State]:
    states = find_targets(turn, args, domains={*OPENED, "lock"}, default=OPENED)
    return _consented(turn, states, "home.confirm_open")


def _to_unlock(turn: Turn, args: dict[str, Any]) -> list[State]:
    return _consented(turn, _locks(turn, args), "home.confirm_unlock")


def _to_position(turn: Turn, args: dict[str, Any]) -> list[State]:
    states = _covers(turn, args)
    if args["position"] > 0:
        return _consented(turn, states, "home.confirm_open")
    return states


async def _async_turn_on(turn: Turn, states: Sequence[State]) -> None:
    """HassTurnOn, and arming, which it does not do."""
    for alarm in states:
        if alarm.domain == ALARM:
            features = alarm.attributes.get(ATTR_SUPPORTED_FEATURES, 0)
            away = features & AlarmControlPanelEntityFeature.ARM_AWAY
            service = "alarm_arm_away" if away else "alarm_arm_home"
            await async_service(turn, ALARM, service, [alarm], **_code(turn))
    others = [state for state in states if state.domain != ALARM]
    await async_intent(turn, intent.INTENT_TURN_ON, others)


async def _async_turn_off(turn: Turn, states: Sequence[State]) -> None:
    """HassTurnOff, and disarming, which it does not do."""
    if alarms := [state for state in states if state.domain == ALARM]:
        await async_service(turn, ALARM, "alarm_disarm", alarms, **_code(turn))
    others = [state for state in states if state.domain != ALARM]
    await async_intent(turn, intent.INTENT_TURN_OFF, others)


def _code(turn: Turn) -> dict[str, str]:
    return {ATTR_CODE: pin} if (pin := turn.options.get(CONF_PIN)) else {}


@function(
    title="Turn on",
    description="Turn on devices, or all devices of a kind in an area.",
    arguments={**TARGET, **DELAY},
    annotations=SETS,
    assist=False,
    guard=_to_turn_on,
)
async def turn_on(turn: Turn, args: dict[str, Any]) -> Answer:
    """Switch on."""
    states = _to_turn_on(turn, args)
    run = partial(_async_turn_on, turn)
    return await act(turn, states, run, key="home.turned_on", reached=_is_on)


@function(
    title="Turn off",
    description="Turn off devices, or all devices of a kind in an area.",
    arguments={**TARGET, **DELAY},
    annotations=SETS,
    assist=False,
    guard=_to_turn_off,
)
async def turn_off(turn: Turn, args: dict[str, Any]) -> Answer:
    """Switch off."""
    states = _to_turn_off(turn, args)
    run = partial(_async_turn_off, turn)
    return await act(turn, states, run, key="home.turned_off", reached=_is_off)


@function(
    title="Toggle",
    description="Turn devices on that are off, and off that are on.",
    arguments={**TARGET, **DELAY},
    assist=False,
    guard=_to_toggle,
)
async def toggle(turn: Turn, args: dict[str, Any]) -> Answer:
    """Switch over."""
    states = _to_toggle(turn, args)
    before = {state.entity_id: state.state for state in states}

    def changed(state: State) -> bool:
        return state.domain in MOMENTARY or state.state != before[state.entity_id]

    run = partial(async_intent, turn, intent.INTENT_TOGGLE)
    return await act(turn, states, run, key="home.toggled", reached=changed)


@function(
    title="Open",
    description="Open covers, blinds, curtains, doors or valves.",
    arguments={**TARGET, **DELAY},
    annotations=SETS,
    assist=False,
    guard=_to_open,
)
async def open_(turn: Turn, args: dict[str, Any]) -> Answer:
    """Open a cover, valve or lock."""
    states = _to_open(turn, args)

    async def run(usable: Sequence[State]) -> None:
        locks = [state for state in usable if state.domain == "lock"]
        await async_intent(turn, intent.INTENT_TURN_OFF, locks)
        others = [state for state in usable if state.domain != "lock"]
        await async_intent(turn, intent.INTENT_TURN_ON, others)

    return await act(turn, states, run, key="home.opened", reached=_is_open)


def _is_open(state: State) -> bool:
    return _is_off(state) if state.domain == "lock" else _is_on(state)


@function(
    title="Close",
    description="Close covers, blinds, curtains, doors or valves.",
    arguments={**TARGET, **DELAY},
    annotations=SETS,
    assist=False,
    guard=_covers,
)
async def close(turn: Turn, args: dict[str, Any]) -> Answer:
    """Close a cover or valve."""
    states = _covers(turn, args)
    run = partial(async_intent, turn, intent.INTENT_TURN_OFF)
    return await act(turn, states, run, key="home.closed", reached=_is_off)


@function(
    title="Set position",
    description="Open covers or valves to a position.",
    arguments={
        probatio.Required("position", description="0 is closed, 100 open"): PERCENT,
        **TARGET,
        **DELAY,
    },
    annotations=SETS,
    assist=False,
    guard=_to_position,
)
async def set_position(turn: Turn, args: dict[str, Any]) -> Answer:
    """Open to a position."""
    states = _to_position(turn, args)
    position: int = args["position"]
    return await act(
        turn,
        states,
        partial(async_intent, turn, intent.INTENT_SET_POSITION, position=position),
        key="home.positioned",
        reached=_moves_to(position),
        position=position,
    )


def _moves_to(position: int) -> Reached:
    def reached(state: State) -> bool:
        moving = state.state in ("opening", "closing")
        return moving or state.attributes.get("current_position") == position

    return reached


@function(
    title="Lock",
    description="Lock doors.",
    arguments={**TARGET, **DELAY},
    annotations=SETS,
    assist=False,
    guard=_locks,
)
async def lock(turn: Turn, args: dict[str, Any]) -> Answer:
    """Lock."""
    states = _locks(turn, args)
    run = partial(async_intent, turn, intent.INTENT_TURN_ON)
    return await act(turn, states, run, key="home.locked", reached=_is_on)


@function(
    title="Unlock",
    description="Unlock doors; the user is asked first.",
    arguments={**TARGET, **DELAY},
    assist=False,
    guard=_to_unlock,
)
async def unlock(turn: Turn, args: dict[str, Any]) -> Answer:
    """Unlock, after consent."""
    states = _to_unlock(turn, args)
    run = partial(async_intent, turn, intent.INTENT_TURN_OFF)
    return await act(turn, states, run, key="home.unlocked", reached=_is_off)


FUNCTIONS = (
    turn_on,
    turn_off,
    toggle,
    open_,
    close,
    set_position,
    lock,
    unlock,
)
