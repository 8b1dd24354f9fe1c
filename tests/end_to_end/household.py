"""What the tests do and see in the demo home, by the names that people see."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from demo import assist
from demo.house import House
from training.evaluation.rows import CallData, Row, Scope
from training.evaluation.scoring import score
from wyoming_server.calls import parse

from .everyday import Action, Command

QUIET = 0.15
"""Seconds; what a command does is waited for, not all that follows from it."""
PATIENCE = 5.0
"""Seconds until an effect must be seen."""


async def states(house: House) -> dict[str, Mapping[str, Any]]:
    """Every state, by the entity's name."""
    listed = await house.assistant.command("get_states")
    return {state["attributes"].get("friendly_name", state["entity_id"]): state for state in listed}


async def prepare(house: House, given: tuple[Action | str, ...]) -> None:
    """Bring about what a command finds."""
    by_name = await states(house)
    for step in given:
        if isinstance(step, str):
            await assist.say(house.assistant, step, quiet=QUIET)
            continue
        domain, service = step.service.split(".")
        target = {"entity_id": by_name[step.name]["entity_id"]}
        await house.assistant.command(
            "call_service", domain=domain, service=service, service_data=dict(step.data), target=target
        )


async def unmet(house: House, effect: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from the effect after PATIENCE, and how it is instead; empty where all came about."""
    deadline = time.monotonic() + PATIENCE
    while True:
        by_name = await states(house)
        seen = {key: value_of(by_name, key) for key in effect}
        different = {key: seen[key] for key, value in effect.items() if not same(seen[key], value)}
        if not different or time.monotonic() > deadline:
            return different
        await asyncio.sleep(0.1)


def value_of(by_name: Mapping[str, Mapping[str, Any]], key: str) -> Any:
    """The state of "Bed Light", or the attribute of "Bed Light brightness"."""
    if key in by_name:
        return by_name[key]["state"]
    name, attribute = key.rsplit(" ", 1)
    return by_name[name]["attributes"].get(attribute)


def same(seen: Any, due: Any) -> bool:
    """Whether two values are one; numbers nearly, because lights and players round."""
    if isinstance(due, int | float) and not isinstance(due, bool):
        return isinstance(seen, int | float) and abs(seen - due) <= max(0.011, 0.01 * abs(due))
    return bool(seen == due)


def calls(turn: assist.Turn) -> list[CallData]:
    """What was called, as JSON data."""
    return [{"name": name.rsplit("__", 1)[-1], "args": dict(args)} for name, args in turn.calls]


def is_due(command: Command, turn: assist.Turn) -> bool:
    """Whether the calls are the ones that are due, by the rule that every accuracy here is measured with."""
    first, *others = (tuple(call.as_dict() for call in parse(text)) for text in command.calls.split("\nor\n"))
    silent = command.calls == "unknown()"
    scope = Scope.OUT if silent else Scope.IN
    row = Row("", "everyday", "en", command.text, scope, () if silent else first, tuple(others))
    return score(row, calls(turn)).right
