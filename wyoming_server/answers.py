"""What was understood, as Wyoming events."""

from typing import Any

from wyoming.event import Event
from wyoming.intent import Entity, Intent, IntentsStart, IntentsStop, NotRecognized

from .calls import NOTHING
from .standard_intents import standard_intent
from .understanding import Understood


def answer_events(understood: Understood, context: dict[str, Any] | None) -> list[Event]:
    """The events that answer a request with this context.

    A client whose context has the key "home" gets catalogue functions as intents, with arguments as entities of native
    JSON values. Any other client gets Home Assistant's built-in intents, or `not-recognized` where there are none for
    every call. One call is one `intent`; several stand between `intents-start` and `intents-stop`.
    """
    calls = understood.translation.calls
    told = _context(understood, context or {})
    if calls == NOTHING:
        return [NotRecognized(context=told).event()]
    if context is not None and "home" in context:
        intents = [Intent(call.name, _entities(dict(call.args)), context=told) for call in calls]
    else:
        standard = [standard_intent(call) for call in calls]
        intents = [Intent(i.name, _entities(dict(i.slots)), context=told) for i in standard if i is not None]
        if len(intents) < len(calls):
            return [NotRecognized(context=told).event()]
    if len(intents) == 1:
        return [intents[0].event()]
    return [
        IntentsStart(context=told).event(),
        *(intent.event() for intent in intents),
        IntentsStop(context=told).event(),
    ]


def _entities(values: dict[str, Any]) -> list[Entity]:
    return [Entity(name, value) for name, value in values.items()]


def _context(understood: Understood, asked: dict[str, Any]) -> dict[str, Any]:
    """What goes with an answer: confidence, milliseconds of each stage, and what the client sent to know it again."""
    told: dict[str, Any] = {
        "confidence": round(understood.translation.confidence, 4),
        "stages": {name: round(ms, 1) for name, ms in understood.translation.stages.items()},
        "home_known": understood.home_known,
        "prepared": understood.prepared,
    }
    if "conversation_id" in asked:
        told["conversation_id"] = asked["conversation_id"]
    return told
