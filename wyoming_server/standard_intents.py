"""Calls as Home Assistant's built-in intents, for clients that know nothing of the catalogue.

Home Assistant's own Wyoming agent runs whatever intent a server names, with its entities as slots. The names and slots
below are those of Home Assistant 2026.10 (components/*/intent.py). A call that no built-in intent can carry whole is
not translated at all: doing half of what was asked is worse than saying no.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .calls import Call, Value

EVERYWHERE = "everywhere"
"""What the model writes as area for the whole house; the intents of services read name="all" so."""


@dataclass(frozen=True)
class StandardIntent:
    """A built-in intent of Home Assistant with its slots."""

    name: str
    slots: Mapping[str, Value]


@dataclass(frozen=True)
class _Rule:
    """How one function becomes an intent: its arguments by the slots they fill, and slots that are always the same."""

    intent: str
    slots: Mapping[str, str]
    fixed: Mapping[str, Value]
    everywhere: bool
    needed: frozenset[str]


def _rule(
    intent: str,
    slots: str = "",
    *,
    fixed: Mapping[str, Value] | None = None,
    everywhere: bool = False,
    needed: str = "",
) -> _Rule:
    """A rule from words: a slot takes the argument of the same name, or `slot=argument`."""
    pairs = (word.partition("=")[::2] for word in slots.split())
    return _Rule(intent, {a or s: s for s, a in pairs}, dict(fixed or {}), everywhere, frozenset(needed.split()))


_PLACE = "name area floor"
_TARGET = f"{_PLACE} domain device_class"
_PLAYER = "name=player area floor"
_DURATION = "hours minutes seconds"
_WHICH = "name area start_hours start_minutes start_seconds"
_LOCK: Mapping[str, Value] = {"domain": "lock"}

_RULES: Mapping[str, _Rule] = {
    "turn_on": _rule("HassTurnOn", _TARGET, everywhere=True, needed="name area floor domain device_class"),
    "turn_off": _rule("HassTurnOff", _TARGET, everywhere=True, needed="name area floor domain device_class"),
    "toggle": _rule("HassToggle", _TARGET, everywhere=True, needed="name area floor domain device_class"),
    # Home Assistant opens covers and valves, and locks locks, by turning them on.
    "open": _rule("HassTurnOn", _TARGET, everywhere=True, needed="name domain device_class"),
    "close": _rule("HassTurnOff", _TARGET, everywhere=True, needed="name domain device_class"),
    "lock": _rule("HassTurnOn", _PLACE, fixed=_LOCK, everywhere=True),
    "unlock": _rule("HassTurnOff", _PLACE, fixed=_LOCK),
    "set_position": _rule("HassSetPosition", f"position {_TARGET}", needed="name area floor device_class domain"),
    "set_light": _rule(
        "HassLightSet", f"brightness color temperature=color_temperature {_PLACE} domain", everywhere=True
    ),
    "set_temperature": _rule("HassClimateSetTemperature", f"temperature {_PLACE}"),
    "get_temperature": _rule("HassClimateGetTemperature", _PLACE),
    "set_fan_speed": _rule("HassFanSetSpeed", f"percentage=speed {_PLACE} domain", everywhere=True),
    "dock_vacuum": _rule("HassVacuumReturnToBase", _PLACE),
    "start_mower": _rule("HassLawnMowerStartMowing", _PLACE),
    "dock_mower": _rule("HassLawnMowerDock", _PLACE),
    "get_state": _rule("HassGetState", f"state {_TARGET}", needed="name area floor"),
    "run_scene": _rule("HassTurnOn", "name", fixed={"domain": "scene"}),
    "run_script": _rule("HassTurnOn", "name", fixed={"domain": "script"}),
    "broadcast": _rule("HassBroadcast", "message"),
    "pause": _rule("HassMediaPause", _PLAYER, everywhere=True),
    "resume": _rule("HassMediaUnpause", _PLAYER),
    "stop": _rule("HassMediaPause", _PLAYER, everywhere=True, needed="player area floor"),
    "next_track": _rule("HassMediaNext", _PLAYER),
    "previous_track": _rule("HassMediaPrevious", _PLAYER),
    "set_volume": _rule("HassSetVolume", f"volume_level=level {_PLAYER}", everywhere=True),
    "mute": _rule("HassMediaPlayerMute", _PLAYER, everywhere=True),
    "unmute": _rule("HassMediaPlayerUnmute", _PLAYER, everywhere=True),
    "get_weather": _rule("HassGetWeather"),
    "get_time": _rule("HassGetCurrentTime"),
    "get_date": _rule("HassGetCurrentDate"),
    "start_timer": _rule("HassStartTimer", f"{_DURATION} name", needed=_DURATION),
    "extend_timer": _rule("HassIncreaseTimer", f"{_DURATION} {_WHICH}", needed=_DURATION),
    "shorten_timer": _rule("HassDecreaseTimer", f"{_DURATION} {_WHICH}", needed=_DURATION),
    "cancel_timer": _rule("HassCancelTimer", _WHICH),
    "cancel_all_timers": _rule("HassCancelAllTimers", "area"),
    "pause_timer": _rule("HassPauseTimer", _WHICH),
    "resume_timer": _rule("HassUnpauseTimer", _WHICH),
    "timer_status": _rule("HassTimerStatus", _WHICH),
    # The list's name is required there; the shopping list, left out by the catalogue, carries this name by default.
    "add_item": _rule("HassListAddItem", "item name=list", fixed={"name": "Shopping List"}),
    "complete_item": _rule("HassListCompleteItem", "item name=list", fixed={"name": "Shopping List"}),
    "remove_item": _rule("HassListRemoveItem", "item name=list", fixed={"name": "Shopping List"}),
    "nevermind": _rule("HassNevermind"),
}

_TIMES = {"hours": 3600, "minutes": 60, "seconds": 1}


def standard_intent(call: Call) -> StandardIntent | None:
    """The built-in intent that does all of what a call says, or None."""
    special = _SPECIAL.get(call.name)
    if special is not None:
        return special(call)
    rule = _RULES.get(call.name)
    if rule is None:
        return None
    args = _whole_times(call.args)
    if rule.needed and not rule.needed & args.keys():
        return None
    if not args.keys() <= rule.slots.keys():
        return None
    slots = {**rule.fixed, **{rule.slots[name]: value for name, value in args.items()}}
    if slots.get("area") == EVERYWHERE:
        if not rule.everywhere:
            return None
        del slots["area"]
        slots.setdefault("name", "all")
    return StandardIntent(rule.intent, slots)


def _relative_volume(sign: int) -> Callable[[Call], StandardIntent | None]:
    def intent(call: Call) -> StandardIntent | None:
        amount = call.args.get("amount")
        step: Value = ("up" if sign > 0 else "down") if amount is None else sign * int(amount)
        rest = {"name" if k == "player" else k: v for k, v in call.args.items() if k != "amount"}
        if not rest.keys() <= {"name", "area", "floor"} or rest.get("area") == EVERYWHERE:
            return None
        return StandardIntent("HassSetVolumeRelative", {"volume_step": step, **rest})

    return intent


def _play_music(call: Call) -> StandardIntent | None:
    """One search over what was named; the intent has a single query and the kind of media that is looked for."""
    classes = {"song": "track", "album": "album", "artist": "artist", "playlist": "playlist", "query": None}
    said = {name: value for name, value in call.args.items() if name in classes}
    rest = {"name" if k == "player" else k: v for k, v in call.args.items() if k not in classes}
    if not said or not rest.keys() <= {"name", "area", "floor"} or rest.get("area") == EVERYWHERE:
        return None
    slots: dict[str, Value] = {"search_query": " ".join(str(said[name]) for name in classes if name in said)}
    media_class = next((classes[name] for name in classes if name in said), None)
    if media_class is not None:
        slots["media_class"] = media_class
    return StandardIntent("HassMediaSearchAndPlay", {**slots, **rest})


def _start_vacuum(call: Call) -> StandardIntent | None:
    """Cleaning an area is an intent of its own."""
    if "area" not in call.args:
        return StandardIntent("HassVacuumStart", call.args) if call.args.keys() <= {"name", "floor"} else None
    if not call.args.keys() <= {"name", "area"} or call.args["area"] == EVERYWHERE:
        return None
    return StandardIntent("HassVacuumCleanArea", call.args)


_SPECIAL: Mapping[str, Callable[[Call], StandardIntent | None]] = {
    "volume_up": _relative_volume(1),
    "volume_down": _relative_volume(-1),
    "play_music": _play_music,
    "start_vacuum": _start_vacuum,
}


def _whole_times(args: Mapping[str, Value]) -> Mapping[str, Value]:
    """Arguments with durations in whole numbers, as the slots want them: 1.5 hours become 1 hour and 30 minutes."""
    if not any(isinstance(args.get(unit), float) for unit in _TIMES):
        return args
    left = round(sum(float(args[unit]) * length for unit, length in _TIMES.items() if unit in args))
    whole: dict[str, Value] = {}
    for unit, length in _TIMES.items():
        if count := left // length:
            whole[unit] = count
        left %= length
    return {**{name: value for name, value in args.items() if name not in _TIMES}, **whole}
