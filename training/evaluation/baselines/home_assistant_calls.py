"""What Home Assistant's agent ran, as calls of the catalogue, so that it is scored like any translator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wyoming_server.calls import CallError

from ...data.standard_calls import call_for
from ..rows import CallData
from .home_assistant_home import EVERYWHERE, HERE, House

SPEECH_ONLY = frozenset({"HassRespond"})
"""Intents that only say something."""
OTHERS = {
    "HassOpenCover": "open",
    "HassCloseCover": "close",
    "HassToggle": "toggle",
    "HassBroadcast": "broadcast",
    "HassGetWeather": "get_weather",
    "HassGetState": "get_state",
    "HassMediaSearchAndPlay": "play_music",
}
"""Intents that are a function of the catalogue, but that no sentence for training is made of."""
ALL = "all"
"""The name by which the agent means every device of a kind."""
OF_A_KIND = frozenset({"HassTurnOn", "HassTurnOff", "HassToggle"})
"""Intents that, without a place, are for every device of a kind in the house."""
SAID = frozenset({"name", "area", "floor"})
"""Slots that are words: a device or a place."""
PREFERRED = "preferred_area_id"
"""Added to every intent: the satellite's area, to choose between devices of the same name."""


@dataclass(frozen=True)
class Intent:
    """One intent that ran."""

    name: str
    values: Mapping[str, Any]
    spoken: Mapping[str, str]
    """The words that each value was said with."""
    domain: str = ""
    """The domain of the device that was named."""


def as_calls(ran: Intent, text: str, home: House) -> list[CallData]:
    """The calls: none for an intent that only speaks, one by the intent's own name where the catalogue has no such."""
    if ran.name in SPEECH_ONLY:
        return []
    slots = _words(ran)
    if ran.name in OF_A_KIND and (not SAID & slots.keys() or slots.get("name") == ALL):
        slots.setdefault("area", EVERYWHERE)
    if slots.get("name") == ALL:
        del slots["name"]
    if slots.get("area") == HERE:
        del slots["area"]  # where the satellite stands: nobody said it
    elif "area" in slots:
        slots["area"] = home.written(slots["area"], text)
    try:
        call = call_for(ran.name, slots, ran.spoken, ran.domain)
    except CallError:
        call = None
    if call is not None:
        return [call.as_dict()]
    return [{"name": OTHERS.get(ran.name, ran.name), "args": slots}]


def _words(ran: Intent) -> dict[str, Any]:
    """Values as they were said: a place's own name and not its id; a list of one as the one; 50 and not 50.0."""
    found: dict[str, Any] = {}
    for name, value in ran.values.items():
        single = value[0] if isinstance(value, list) and len(value) == 1 else value
        if name in SAID and single != ALL:
            single = ran.spoken[name]
        elif isinstance(single, float) and single.is_integer():
            single = int(single)
        if name != PREFERRED:
            found[name] = single
    return found
