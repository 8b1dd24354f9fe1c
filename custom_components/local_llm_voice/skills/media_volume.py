"""Media: loud and quiet."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import probatio

from homeassistant.components.media_player import (
    ATTR_MEDIA_VOLUME_LEVEL,
    ATTR_MEDIA_VOLUME_MUTED,
    MediaPlayerEntityFeature as Feature,
)
from homeassistant.core import State

from ..turn import Answer, SkillError, Turn
from .act import Action, act
from .media_players import player_action, players_to_set, require, supports
from .schema import PLAYER as WHERE, WHOLE
from .skill import ACTS, SETS, function

STEP: Final = 10
"""Percent, where "louder" says no amount."""

TOLERANCE: Final = 0.02
"""Of 1; players round what they are told."""


@function(
    title="Set volume",
    description="Set the volume, 0 to 100.",
    arguments={
        probatio.Required("level", description="0 to 100"): WHOLE,
        **WHERE,
    },
    annotations=SETS,
    assist=False,
)
async def set_volume(turn: Turn, args: dict[str, Any]) -> Answer:
    """Set the volume."""
    states = require(players_to_set(turn, args), Feature.VOLUME_SET)
    level = _percent(args["level"])
    return await _async_set(turn, dict.fromkeys(states, level / 100))


@function(
    title="Volume up",
    description="Louder.",
    arguments={probatio.Optional("amount", description="Percent"): WHOLE, **WHERE},
    annotations=ACTS,
    assist=False,
)
async def volume_up(turn: Turn, args: dict[str, Any]) -> Answer:
    """Louder."""
    return await _async_change(turn, args, _percent(args.get("amount", STEP)))


@function(
    title="Volume down",
    description="Quieter.",
    arguments={probatio.Optional("amount", description="Percent"): WHOLE, **WHERE},
    annotations=ACTS,
    assist=False,
)
async def volume_down(turn: Turn, args: dict[str, Any]) -> Answer:
    """Quieter."""
    return await _async_change(turn, args, -_percent(args.get("amount", STEP)))


@function(
    title="Mute",
    description="Silence the player.",
    arguments={**WHERE},
    annotations=SETS,
    assist=False,
)
async def mute(turn: Turn, args: dict[str, Any]) -> Answer:
    """Silence the player."""
    return await _async_mute(turn, args, muted=True)


@function(
    title="Unmute",
    description="End the silence.",
    arguments={**WHERE},
    annotations=SETS,
    assist=False,
)
async def unmute(turn: Turn, args: dict[str, Any]) -> Answer:
    """End the silence."""
    return await _async_mute(turn, args, muted=False)


def _percent(said: int) -> int:
    """Refuse what is no volume: "volume 150" is rather misheard than meant, and full volume frightens."""
    if not 0 <= said <= 100:
        raise SkillError("media.volume_range")
    return said


async def _async_change(turn: Turn, args: dict[str, Any], amount: int) -> Answer:
    """Change the volume by so many percent, by a step where the level is unknown."""
    states = players_to_set(turn, args)
    levels = {
        state: round(min(1.0, max(0.0, float(level) + amount / 100)), 2)
        for state in states
        if supports(state, Feature.VOLUME_SET)
        and (level := state.attributes.get(ATTR_MEDIA_VOLUME_LEVEL)) is not None
    }
    if levels:
        return await _async_set(turn, levels)
    able = require(states, Feature.VOLUME_STEP)
    step = player_action(turn, "volume_up" if amount > 0 else "volume_down")
    return await act(turn, able, step, key="media.volume_ok")


async def _async_set(turn: Turn, levels: dict[State, float]) -> Answer:
    wanted = {state.entity_id: level for state, level in levels.items()}

    async def run(usable: Sequence[State]) -> None:
        await _async_apply(turn, {state: wanted[state.entity_id] for state in usable})

    def reached(state: State) -> bool:
        level = state.attributes.get(ATTR_MEDIA_VOLUME_LEVEL)
        if level is None:
            # A player that is off takes the volume without reporting it.
            return True
        return abs(float(level) - wanted[state.entity_id]) <= TOLERANCE

    percents = {round(level * 100) for level in wanted.values()}
    key = "media.volume" if len(percents) == 1 else "media.volume_ok"
    answer = await act(
        turn, list(levels), run, key=key, reached=reached, level=min(percents)
    )
    before = {
        state: float(level)
        for state in levels
        if (level := state.attributes.get(ATTR_MEDIA_VOLUME_LEVEL)) is not None
    }

    async def undo() -> None:
        await _async_apply(turn, before)

    return replace(answer, undo=undo if before else None)


async def _async_apply(turn: Turn, levels: dict[State, float]) -> None:
    for state, level in levels.items():
        await player_action(turn, "volume_set", **{ATTR_MEDIA_VOLUME_LEVEL: level})(
            [state]
        )


async def _async_mute(turn: Turn, args: dict[str, Any], *, muted: bool) -> Answer:
    able = require(players_to_set(turn, args), Feature.VOLUME_MUTE)

    def switch(to: bool) -> Action:
        return player_action(turn, "volume_mute", **{ATTR_MEDIA_VOLUME_MUTED: to})

    async def undo() -> None:
        await switch(not muted)(able)

    answer = await act(
        turn,
        able,
        switch(muted),
        key="media.muted" if muted else "media.unmuted",
        reached=lambda s: s.attributes.get(ATTR_MEDIA_VOLUME_MUTED) in (muted, None),
    )
    return replace(answer, undo=undo)


FUNCTIONS = (set_volume, volume_up, volume_down, mute, unmute)
