"""Labels for public rows whose own annotation is not in the words of the catalogue.

Two kinds: neighbouring requests (alarms, reminders, the time, lists, radio), and requests of our skills whose
annotation leaves something open. Only what a rule can tell for sure is labelled; the rest is left out.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wyoming_server.calls import NOTHING, Call

Slots = Mapping[str, Sequence[str]]
"""The words of each slot of the annotation, in order."""

NO_FUNCTION = re.compile(
    r"(CREATE|DELETE|GET|SNOOZE|UPDATE|UNSUPPORTED)_(ALARM|REMINDER)\w*|alarm_\w+|calendar_\w+|datetime_convert"
)
"""Intents that no function of the catalogue does."""

TIME_SLOTS = {"date", "timeofday", "time"}
LATEST = re.compile(r"latest|newest|most recent|new|last")


def extra_label(data: Mapping[str, Any]) -> tuple[Call, ...] | None:
    """The calls due on a row of scope "near" or "und"; None where no rule tells."""
    intent = data.get("intent") or ""
    if NO_FUNCTION.fullmatch(intent):
        return NOTHING
    rule = RULES.get(intent)
    slots: dict[str, list[str]] = {}
    for name, words in data.get("slots") or ():
        slots.setdefault(name, []).append(words)
    call = rule(data["text"], slots) if rule else None
    return None if call is None else (call,)


def _time(text: str, slots: Slots) -> Call | None:
    if re.search(r"\b(if|was|convert|until|between|how (many|long)|when|switch|change|daylight|zone)\b", text):
        return None
    place = slots.get("place_name", [])
    if not slots.keys() - {"place_name"} and re.search(r"\btime\b", text) and len(place) < 2:
        return Call("get_time", {"location": place[0]} if place else {})
    if not slots and re.search(r"\bdate\b|\bwhat day\b|\bday is it\b", text):
        return Call("get_date", {})
    return None


def _radio(text: str, slots: Slots) -> Call | None:
    names = slots.get("radio_name", [])
    if slots.keys() - {"radio_name"} or len(names) > 1 or re.search(r"\b(record|schedule|stop|off|what|which)\b", text):
        return None
    if names:
        return Call("play_radio", {"station": names[0]})
    return Call("play_radio", {}) if re.search(r"\b(play|turn|start|put|open|switch)\b.*\bradio\b", text) else None


def _podcast(text: str, slots: Slots) -> Call | None:
    names, which = slots.get("podcast_name", []), slots.get("podcast_descriptor", [])
    if slots.keys() - {"podcast_name", "podcast_descriptor"} or len(names) != 1 or len(which) > 1:
        return None
    if not which:
        return Call("play_podcast", {"title": names[0]})
    word = LATEST.match(which[0])
    return Call("play_podcast", {"title": names[0], "sort": word[0]}) if word else None


def _audiobook(text: str, slots: Slots) -> Call | None:
    names = slots.get("audiobook_name", [])
    asked = re.search(r"\b(play|read|listen|start|hear)\b", text)
    if slots.keys() - {"audiobook_name"} or len(names) != 1 or not asked:
        return None
    return Call("play_audiobook", {"title": names[0]})


def _list(text: str, slots: Slots) -> Call | None:
    """Simple wordings of adding to, removing from and reading a list."""
    if re.search(r"\b(play|contact|it|this|that|item|items)\b", text):
        return None
    polite = r"(?:please |can you |could you |olly |alexa |google )*"
    where = r"(?:to|on|onto|in|from|off|off of) (?:my|the|our) (.+?)? ?list(?: please)?"
    if matched := re.fullmatch(rf"{polite}(?:add|put) (?:the )?(.+?) {where}", text):
        return Call("add_item", _item(matched[1], matched[2]))
    if matched := re.fullmatch(rf"{polite}(?:remove|delete|take) (?:the )?(.+?) {where}", text):
        return Call("remove_item", _item(matched[1], matched[2]))
    reads = r"(?:what is|what's|what do i have|read me what's|tell me what's|read what's|read out what's)"
    if matched := re.fullmatch(rf"{polite}{reads} (?:on|in) (?:my|the) (.+?)? ?list", text):
        return Call("list_items", _which_list(matched[1]))
    return None


def _item(item: str, name: str | None) -> dict[str, Any]:
    return {"item": item, **_which_list(name)}


def _which_list(name: str | None) -> dict[str, Any]:
    return {"list": name} if name and name not in {"shopping", "grocery", "groceries"} else {}


def _weather(text: str, slots: Slots) -> Call | None:
    """Place, condition and time as annotated, where they are one of each, and times stand together."""
    if not slots or slots.keys() - {"weather_descriptor", "place_name", *TIME_SLOTS}:
        return None
    if any(len(slots.get(name, ())) > 1 for name in ("weather_descriptor", "place_name", *TIME_SLOTS)):
        return None
    args: dict[str, Any] = {}
    if place := slots.get("place_name"):
        args["location"] = place[0]
    times = sorted((words[0] for name, words in slots.items() if name in TIME_SLOTS), key=text.find)
    if times:
        when = next((joined for gap in (" ", "") if (joined := gap.join(times)) in text), None)
        if when is None:
            return None
        args["when"] = when
    if condition := slots.get("weather_descriptor"):
        args["condition"] = condition[0]
    return Call("get_weather", args)


RULES: dict[str, Callable[[str, Slots], Call | None]] = {
    "datetime_query": _time,
    "play_radio": _radio,
    "play_podcasts": _podcast,
    "play_audiobook": _audiobook,
    "lists_createoradd": _list,
    "lists_remove": _list,
    "lists_query": _list,
    "weather_query": _weather,
}
