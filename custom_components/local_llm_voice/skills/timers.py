"""Timers: start, change, stop and ask."""

from collections.abc import Mapping
from typing import Any, Final

import probatio

from homeassistant.components.intent import async_device_supports_timers
from homeassistant.helpers import config_validation as cv

from ..speech import duration
from ..turn import Answer, SkillError, Turn
from .house_timers import (
    HouseTimer,
    find,
    house_timers,
    label,
    manager,
    select,
    start_on_device,
)
from .schema import DURATION, WHICH, Arguments, seconds_of
from .skill import READS, function

MAX_SECONDS: Final = 100 * 3600
READ_OUT: Final = 3

NAME: Arguments = {probatio.Optional("name", description="What it is for"): cv.string}


@function(
    title="Start timer",
    description="Start a timer.",
    arguments={**DURATION, **NAME},
    assist=False,
)
async def start_timer(turn: Turn, args: dict[str, Any]) -> Answer:
    """Start a timer, on the device where it keeps timers."""
    seconds = seconds_of(args)
    if round(seconds) <= 0:
        raise SkillError("timer.how_long")
    if seconds > MAX_SECONDS:
        raise SkillError("timer.too_long")
    name = args.get("name")
    if turn.device_id and async_device_supports_timers(turn.hass, turn.device_id):
        timer_id = start_on_device(turn, turn.device_id, seconds, name)

        async def undo() -> None:
            manager(turn).cancel_timer(timer_id)

    else:
        timer = await turn.runtime.schedule.async_add_timer(turn, seconds, name)

        async def undo() -> None:
            await turn.runtime.schedule.async_cancel(timer.id)

    return turn.answer(
        "timer.started_name" if name else "timer.started",
        name=name or "",
        duration=duration(turn.language, seconds),
        undo=undo,
    )


async def _async_change(turn: Turn, args: Mapping[str, Any], sign: int) -> Answer:
    seconds = seconds_of(args)
    if seconds <= 0:
        raise SkillError("timer.how_long")
    timer = find(turn, args)
    if sign > 0 and timer.left + seconds > MAX_SECONDS:
        raise SkillError("timer.too_long")
    seconds = min(seconds, MAX_SECONDS)
    if timer.own:
        await turn.runtime.schedule.async_change(timer.own, sign * seconds)
    else:
        manager(turn).add_time(timer.id, sign * round(seconds))
    left = max(0.0, timer.left + sign * seconds)
    return turn.answer("timer.left", duration=duration(turn.language, left))


@function(
    title="Extend timer",
    description="Add time to a timer.",
    arguments={**DURATION, **WHICH},
    assist=False,
)
async def extend_timer(turn: Turn, args: dict[str, Any]) -> Answer:
    """Add time."""
    return await _async_change(turn, args, 1)


@function(
    title="Shorten timer",
    description="Take time off a timer.",
    arguments={**DURATION, **WHICH},
    assist=False,
)
async def shorten_timer(turn: Turn, args: dict[str, Any]) -> Answer:
    """Take time off."""
    return await _async_change(turn, args, -1)


@function(
    title="Cancel timer", description="Cancel a timer.", arguments=WHICH, assist=False
)
async def cancel_timer(turn: Turn, args: dict[str, Any]) -> Answer:
    """Cancel one timer; a ringing one falls silent."""
    running = house_timers(turn)
    if (
        not (args and select(turn, running, args))
        and turn.runtime.schedule.async_silence()
    ):
        return turn.answer("timer.silenced")
    timer = find(turn, args)
    await _async_cancel(turn, timer)
    return turn.answer("timer.cancelled", name=label(turn, timer))


@function(
    title="Cancel all timers",
    description="Cancel every timer, or those of an area.",
    arguments={probatio.Optional("area", description="Name of the area"): cv.string},
    assist=False,
)
async def cancel_all_timers(turn: Turn, args: dict[str, Any]) -> Answer:
    """Cancel every timer."""
    silenced = turn.runtime.schedule.async_silence()
    timers = select(turn, house_timers(turn), args)
    if not timers and not silenced:
        raise SkillError("timer.none")
    for timer in timers:
        await _async_cancel(turn, timer)
    return turn.answer("timer.all_cancelled")


@function(
    title="Pause timer", description="Pause a timer.", arguments=WHICH, assist=False
)
async def pause_timer(turn: Turn, args: dict[str, Any]) -> Answer:
    """Pause a timer."""
    timer = find(turn, args)
    if timer.own and timer.active:
        await turn.runtime.schedule.async_pause(timer.own)
    elif timer.active:
        manager(turn).pause_timer(timer.id)
    left = duration(turn.language, timer.left)
    return turn.answer("timer.paused", duration=left)


@function(
    title="Resume timer",
    description="Let a paused timer go on.",
    arguments=WHICH,
    assist=False,
)
async def resume_timer(turn: Turn, args: dict[str, Any]) -> Answer:
    """Let a paused timer go on."""
    timer = find(turn, args)
    if timer.own and not timer.active:
        await turn.runtime.schedule.async_resume(timer.own)
    elif not timer.active:
        manager(turn).unpause_timer(timer.id)
    return turn.answer("timer.left", duration=duration(turn.language, timer.left))


@function(
    title="Restart timer",
    description="Start a timer over.",
    arguments=WHICH,
)
async def restart_timer(turn: Turn, args: dict[str, Any]) -> Answer:
    """Start a timer over."""
    timer = find(turn, args)
    if timer.own:
        await turn.runtime.schedule.async_restart(timer.own)
    elif timer.device_id:
        manager(turn).cancel_timer(timer.id)
        start_on_device(turn, timer.device_id, timer.seconds, timer.name)
    return turn.answer("timer.started", duration=duration(turn.language, timer.seconds))


@function(
    title="Timer status",
    description="Say what is left on a timer.",
    arguments=WHICH,
    annotations=READS,
    assist=False,
)
async def timer_status(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say what is left."""
    timers = house_timers(turn)
    if not timers:
        return turn.answer("timer.none")
    found = select(turn, timers, args)
    if not found:
        raise SkillError("timer.not_found")
    if len(found) == 1 and not found[0].name:
        key = "timer.left" if found[0].active else "timer.paused"
        return turn.answer(key, duration=duration(turn.language, found[0].left))
    told = [
        turn.say(
            "timer.one", name=label(turn, t), duration=duration(turn.language, t.left)
        )
        for t in found[:READ_OUT]
    ]
    return turn.answer("timer.several", timers=told)


async def _async_cancel(turn: Turn, timer: HouseTimer) -> None:
    if timer.own:
        await turn.runtime.schedule.async_cancel(timer.id)
    else:
        manager(turn).cancel_timer(timer.id)


FUNCTIONS = (
    start_timer,
    extend_timer,
    shorten_timer,
    cancel_timer,
    cancel_all_timers,
    pause_timer,
    resume_timer,
    restart_timer,
    timer_status,
)
