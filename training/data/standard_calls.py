"""Home Assistant's intents as calls of the catalogue, for its sentence templates."""

from collections.abc import Mapping

from wyoming_server.calls import Call, Value, call_from_data

SIMPLE = {
    "HassCancelAllTimers": "cancel_all_timers",
    "HassCancelTimer": "cancel_timer",
    "HassClimateGetTemperature": "get_temperature",
    "HassClimateSetTemperature": "set_temperature",
    "HassDecreaseTimer": "shorten_timer",
    "HassFanSetSpeed": "set_fan_speed",
    "HassGetCurrentDate": "get_date",
    "HassGetCurrentTime": "get_time",
    "HassIncreaseTimer": "extend_timer",
    "HassLawnMowerDock": "dock_mower",
    "HassLawnMowerStartMowing": "start_mower",
    "HassLightSet": "set_light",
    "HassListAddItem": "add_item",
    "HassListCompleteItem": "complete_item",
    "HassListRemoveItem": "remove_item",
    "HassMediaNext": "next_track",
    "HassMediaPause": "pause",
    "HassMediaPlayerMute": "mute",
    "HassMediaPlayerUnmute": "unmute",
    "HassMediaPrevious": "previous_track",
    "HassMediaUnpause": "resume",
    "HassNevermind": "nevermind",
    "HassPauseTimer": "pause_timer",
    "HassSetPosition": "set_position",
    "HassSetVolume": "set_volume",
    "HassShoppingListAddItem": "add_item",
    "HassShoppingListCompleteItem": "complete_item",
    "HassStartTimer": "start_timer",
    "HassTimerStatus": "timer_status",
    "HassUnpauseTimer": "resume_timer",
    "HassVacuumCleanArea": "start_vacuum",
    "HassVacuumReturnToBase": "dock_vacuum",
    "HassVacuumStart": "start_vacuum",
}
"""Intents that are one function whatever their slots are."""

BY_DOMAIN = {
    "HassTurnOn": {"cover": "open", "valve": "open", "lock": "lock", "scene": "run_scene", "script": "run_script"},
    "HassTurnOff": {"cover": "close", "valve": "close", "lock": "unlock"},
}

RENAMED = {
    "HassFanSetSpeed": {"percentage": "speed"},
    "HassSetVolume": {"volume_level": "level"},
    "HassLightSet": {"temperature": "color_temperature"},
    "HassListAddItem": {"name": "list"},
    "HassListCompleteItem": {"name": "list"},
    "HassListRemoveItem": {"name": "list"},
}
PLAYER_FUNCTIONS = {"next_track", "previous_track", "pause", "resume", "mute", "unmute", "set_volume"}
LISTS = {
    "area": ("area",),
    "floor": ("floor",),
    "timer_name": ("timer", "for_timer"),
    "shopping_list_item": ("item",),
    "todo_list_item": ("item",),
    "message": ("message",),
}
NAMES = {
    "light": ("light_device", "lamp", "device"),
    "fan": ("fan_device",),
    "cover": ("cover_device", "cover_name"),
    "lock": ("lock_device", "lock"),
    "climate": ("climate_device", "heater"),
    "vacuum": ("vacuum_device", "vacuum"),
    "lawn_mower": ("mower_device", "mower"),
    "media_player": ("player",),
    "scene": ("scene",),
    "script": ("script",),
    "switch": ("switch_device", "device"),
    "input_boolean": ("switch_device", "device"),
    "todo": ("list",),
}


def lists_for(name: str, domain: str) -> tuple[str, ...]:
    """The word lists of ours that can fill a list of Home Assistant's, the best first."""
    return NAMES.get(domain, ()) if name == "name" else LISTS.get(name, ())


def call_for(intent: str, slots: Mapping[str, Value], spoken: Mapping[str, str], domain: str) -> Call | None:
    """The call that a filled sentence asks for; None where it has none, raises CallError where it cannot be written."""
    args: dict[str, Value] = {RENAMED.get(intent, {}).get(key, key): value for key, value in slots.items()}
    if "conversation_command" in args or domain in {"button", "input_button"}:
        return None
    kind = str(args.pop("domain", "")) or domain
    if "color" in args:
        args["color"] = spoken.get("color", str(args["color"]))
    name = SIMPLE.get(intent, "")
    if intent == "HassSetVolumeRelative":
        name = _relative_volume(args)
    elif intent in BY_DOMAIN:
        name = BY_DOMAIN[intent].get(kind, "turn_on" if intent == "HassTurnOn" else "turn_off")
    elif intent == "HassGetState":
        name = "get_state"
        if kind not in {"light", "fan", "switch", "cover", "lock"} or "state" not in args:
            return None
        args["state"] = spoken.get("state", str(args["state"]))
    if not name:
        return None
    if name in PLAYER_FUNCTIONS | {"volume_up", "volume_down"} and "name" in args:
        args["player"] = args.pop("name")
    elif kind and _says_domain(name, args):
        args["domain"] = kind
    return call_from_data(name, args)


def _relative_volume(args: dict[str, Value]) -> str:
    step = args.pop("volume_step", 0)
    if isinstance(step, str):
        return f"volume_{step}"
    args["amount"] = abs(int(step))
    return "volume_up" if step > 0 else "volume_down"


def _says_domain(name: str, args: Mapping[str, Value]) -> bool:
    """Whether the call names the domain: something of a kind, without a name."""
    return "name" not in args and "device_class" not in args and name in {"turn_on", "turn_off", "get_state"}
