"""Home: scenes, scripts and broadcasts."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import probatio

from homeassistant.core import State
from homeassistant.helpers import config_validation as cv, entity_registry as er

from ..announce import async_say, in_area
from ..turn import Answer, SkillError, Turn
from .act import act, async_service
from .schema import DELAY
from .skill import ACTS, function
from .targets import EVERYWHERE, find_area, find_targets


def _runnable(*domains: str) -> Callable[[Turn, dict[str, Any]], list[State]]:
    """Find what has the name; people mix up what is a scene and what a script."""

    def find(turn: Turn, args: dict[str, Any]) -> list[State]:
        for domain in domains:
            with suppress(SkillError):
                return find_targets(turn, args, domains={domain})
        raise SkillError("home.no_name", name=args["name"])

    return find


_scenes = _runnable("scene", "script", "automation")
_scripts = _runnable("script", "scene", "automation")


async def _async_run(turn: Turn, states: Sequence[State]) -> Answer:
    return await act(turn, states, partial(_async_start, turn), key="home.ran")


async def _async_start(turn: Turn, states: Sequence[State]) -> None:
    for state in states:
        service = "trigger" if state.domain == "automation" else "turn_on"
        await async_service(turn, state.domain, service, [state])


@function(
    title="Activate scene",
    description="Activate a scene.",
    arguments={probatio.Required("name"): cv.string, **DELAY},
    annotations=ACTS,
    guard=_scenes,
)
async def run_scene(turn: Turn, args: dict[str, Any]) -> Answer:
    """Activate a scene."""
    return await _async_run(turn, _scenes(turn, args))


@function(
    title="Run script",
    description="Run a script or routine.",
    arguments={probatio.Required("name"): cv.string, **DELAY},
    annotations=ACTS,
    guard=_scripts,
)
async def run_script(turn: Turn, args: dict[str, Any]) -> Answer:
    """Run a script, or what else has the name."""
    return await _async_run(turn, _scripts(turn, args))


@function(
    title="Broadcast",
    description="Say a message on the speakers of the house or of an area.",
    arguments={
        probatio.Required("message"): cv.string,
        probatio.Optional("area"): cv.string,
        **DELAY,
    },
    annotations=ACTS,
    assist=False,
)
async def broadcast(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say something everywhere else, or in one room."""
    spoken_area = args.get("area")
    if spoken_area and spoken_area.casefold() != EVERYWHERE:
        wanted = in_area(turn.hass, find_area(turn.hass, spoken_area).id)
    else:
        wanted = partial(_elsewhere, turn)
    message: str = args["message"]
    if not await async_say(turn.hass, message, turn.context, wanted):
        raise SkillError("home.nobody_to_tell")
    return turn.answer("home.told")


def _elsewhere(turn: Turn, state: State) -> bool:
    """Not the device that was spoken to."""
    entry = er.async_get(turn.hass).async_get(state.entity_id)
    return turn.device_id is None or entry is None or entry.device_id != turn.device_id


FUNCTIONS = (run_scene, run_script, broadcast)
