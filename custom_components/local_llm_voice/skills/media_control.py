"""Media: pause, go on, stop, skip, and the order of playing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import probatio

from homeassistant.components.media_player import (
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_DURATION,
    ATTR_MEDIA_POSITION,
    ATTR_MEDIA_POSITION_UPDATED_AT,
    ATTR_MEDIA_REPEAT,
    ATTR_MEDIA_SEEK_POSITION,
    ATTR_MEDIA_SHUFFLE,
    DOMAIN as PLAYER,
    MediaPlayerEntityFeature as Feature,
    MediaPlayerState,
    RepeatMode,
)
from homeassistant.core import State
from homeassistant.util import dt as dt_util

from ..turn import Answer, SkillError, Turn
from .act import act, async_service
from .media_players import (
    active_players,
    player_action,
    players_that_play,
    plays,
    require,
    supports,
)
from .schema import BOOLEAN, DELAY, PLAYER as WHERE, WHOLE
from .skill import ACTS, SETS, function


@function(
    title="Pause music",
    description="Pause what plays.",
    arguments={**WHERE, **DELAY},
    annotations=SETS,
    assist=False,
)
async def pause(turn: Turn, args: dict[str, Any]) -> Answer:
    """Pause; a player that cannot pause is stopped."""
    states = players_that_play(turn, args)
    run = partial(_async_silence, turn, Feature.PAUSE, "media_pause", "media_stop")
    return await act(turn, states, run, key="media.paused", reached=_silent)


@function(
    title="Resume music",
    description="Go on playing.",
    arguments={**WHERE},
    annotations=SETS,
    assist=False,
)
async def resume(turn: Turn, args: dict[str, Any]) -> Answer:
    """Go on where it was paused, else where something is left to play."""
    try:
        states = players_that_play(turn, args, _is_paused)
    except SkillError:
        states = players_that_play(turn, args, _has_something)
    require(states, Feature.PLAY)
    return await act(
        turn,
        states,
        player_action(turn, "media_play"),
        key="media.resumed",
        reached=plays,
    )


@function(
    title="Stop",
    description="Stop a timer that rings, else what plays.",
    arguments={**WHERE, **DELAY},
    annotations=SETS,
)
async def stop(turn: Turn, args: dict[str, Any]) -> Answer:
    """Silence a ringing timer first, then music; else it was never mind."""
    if not args and turn.runtime.schedule.async_silence():
        return turn.answer("timer.silenced")
    try:
        states = players_that_play(turn, args)
    except SkillError:
        if args:
            raise
        return turn.answer("talk.nevermind")
    run = partial(_async_silence, turn, Feature.STOP, "media_stop", "media_pause")
    return await act(turn, states, run, key="media.stopped", reached=_silent)


@function(
    title="Next track",
    description="Skip to the next track.",
    arguments={**WHERE},
    annotations=ACTS,
    assist=False,
)
async def next_track(turn: Turn, args: dict[str, Any]) -> Answer:
    """Skip."""
    states: Sequence[State] = players_that_play(turn, args)
    if await turn.runtime.music.succession.async_skip(states[0].entity_id):
        return turn.answer("media.skipped")
    states = require(states, Feature.NEXT_TRACK)
    answer = await act(
        turn, states, player_action(turn, "media_next_track"), key="media.skipped"
    )
    return _undone_by(turn, answer, states, "media_previous_track")


@function(
    title="Previous track",
    description="Go back to the previous track.",
    arguments={**WHERE},
    annotations=ACTS,
    assist=False,
)
async def previous_track(turn: Turn, args: dict[str, Any]) -> Answer:
    """Go back."""
    states = require(players_that_play(turn, args), Feature.PREVIOUS_TRACK)
    answer = await act(
        turn, states, player_action(turn, "media_previous_track"), key="media.went_back"
    )
    return _undone_by(turn, answer, states, "media_next_track")


@function(
    title="Restart track",
    description="Play the current track again from its beginning.",
    arguments={**WHERE},
    annotations=SETS,
)
async def restart_track(turn: Turn, args: dict[str, Any]) -> Answer:
    """Play it again: from its beginning, and where it is over, anew."""
    try:
        states = active_players(turn, args)
    except SkillError:
        return await _async_again(turn, args)
    able = [state for state in states if supports(state, Feature.SEEK)]
    if not able:
        return await _async_again(turn, args)

    async def run(usable: Sequence[State]) -> None:
        await async_service(
            turn, PLAYER, "media_seek", usable, **{ATTR_MEDIA_SEEK_POSITION: 0}
        )
        paused = [s for s in usable if s.state == MediaPlayerState.PAUSED]
        if paused:
            await async_service(turn, PLAYER, "media_play", paused)

    return await act(turn, able, run, key="media.restarted", reached=plays)


async def _async_again(turn: Turn, args: dict[str, Any]) -> Answer:
    """Play once more what a player played last."""
    last = require(players_that_play(turn, args, _has_something), Feature.PLAY_MEDIA)

    async def run(usable: Sequence[State]) -> None:
        for state in usable:
            await async_service(
                turn,
                PLAYER,
                "play_media",
                [state],
                media_content_id=str(state.attributes[ATTR_MEDIA_CONTENT_ID]),
                media_content_type=state.attributes.get("media_content_type", "music"),
            )

    return await act(turn, last, run, key="media.restarted", reached=plays)


@function(
    title="Shuffle",
    description="Play in random order, or no longer.",
    arguments={
        probatio.Optional("on", default=True): BOOLEAN,
        **WHERE,
    },
    annotations=SETS,
)
async def shuffle(turn: Turn, args: dict[str, Any]) -> Answer:
    """Play in random order, or in the order of the album."""
    on: bool = args["on"]
    states = require(active_players(turn, args), Feature.SHUFFLE_SET)
    return await act(
        turn,
        states,
        player_action(turn, "shuffle_set", **{ATTR_MEDIA_SHUFFLE: on}),
        key="media.shuffle_on" if on else "media.shuffle_off",
        reached=lambda state: state.attributes.get(ATTR_MEDIA_SHUFFLE) is on,
    )


@function(
    title="Repeat",
    description="Repeat one track, everything, or no longer.",
    arguments={
        probatio.Optional("mode", default="all"): probatio.Coerce(RepeatMode),
        **WHERE,
    },
    annotations=SETS,
)
async def repeat(turn: Turn, args: dict[str, Any]) -> Answer:
    """Repeat."""
    mode: RepeatMode = args["mode"]
    states = require(active_players(turn, args), Feature.REPEAT_SET)
    return await act(
        turn,
        states,
        player_action(turn, "repeat_set", **{ATTR_MEDIA_REPEAT: mode}),
        key=f"media.repeat_{mode}",
        reached=lambda state: state.attributes.get(ATTR_MEDIA_REPEAT) == mode,
    )


@function(
    title="Seek",
    description="Jump forward by seconds, or back where negative.",
    arguments={probatio.Required("seconds"): WHOLE, **WHERE},
    annotations=ACTS,
)
async def seek(turn: Turn, args: dict[str, Any]) -> Answer:
    """Jump inside the track, not beyond its ends."""
    states = require(active_players(turn, args), Feature.SEEK)

    async def run(usable: Sequence[State]) -> None:
        for state in usable:
            position = max(0.0, position_of(state) + args["seconds"])
            if length := state.attributes.get(ATTR_MEDIA_DURATION):
                position = min(position, max(0.0, float(length) - 1))
            await async_service(
                turn,
                PLAYER,
                "media_seek",
                [state],
                **{ATTR_MEDIA_SEEK_POSITION: position},
            )

    return await act(turn, states, run, key="media.sought")


def position_of(state: State) -> float:
    """Return where a player is in its track now, in seconds."""
    position = float(state.attributes.get(ATTR_MEDIA_POSITION) or 0)
    updated = state.attributes.get(ATTR_MEDIA_POSITION_UPDATED_AT)
    if state.state == MediaPlayerState.PLAYING and isinstance(updated, datetime):
        position += max(0.0, (dt_util.utcnow() - updated).total_seconds())
    return position


async def _async_silence(
    turn: Turn,
    feature: Feature,
    service: str,
    otherwise: str,
    states: Sequence[State],
) -> None:
    """Call a service of each player that has its feature, another one of those without."""
    for state in states:
        able = service if supports(state, feature) else otherwise
        await async_service(turn, PLAYER, able, [state])


def _undone_by(
    turn: Turn, answer: Answer, states: Sequence[State], service: str
) -> Answer:
    async def undo() -> None:
        await async_service(turn, PLAYER, service, states)

    return replace(answer, undo=undo)


def _silent(state: State) -> bool:
    return not plays(state)


def _is_paused(state: State) -> bool:
    return state.state == MediaPlayerState.PAUSED


def _has_something(state: State) -> bool:
    """Whether a player still knows what it played."""
    return bool(state.attributes.get(ATTR_MEDIA_CONTENT_ID))


FUNCTIONS = (
    pause,
    resume,
    stop,
    next_track,
    previous_track,
    restart_track,
    shuffle,
    repeat,
    seek,
)
