"""Media: music moves from room to room, or plays in several."""

from collections.abc import Sequence
from typing import Any

import probatio

from homeassistant.components.media_player import (
    ATTR_GROUP_MEMBERS,
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_CONTENT_TYPE,
    ATTR_MEDIA_SEEK_POSITION,
    DOMAIN as PLAYER,
    SERVICE_JOIN,
    SERVICE_PLAY_MEDIA,
    MediaPlayerEntityFeature as Feature,
    MediaType,
)
from homeassistant.core import State
from homeassistant.helpers import config_validation as cv

from ..music.heard import platform_of
from ..music.music_assistant import PLATFORM as MUSIC_ASSISTANT
from ..plays.report import stable_id
from ..turn import Answer, SkillError, Turn
from .act import act, async_service
from .media_control import position_of
from .media_players import players_that_play, players_to_play, plays, require, supports
from .schema import PLAYER as WHERE
from .skill import ACTS, function


@function(
    title="Move music",
    description="Move what plays to another room.",
    arguments={
        probatio.Optional("from_area", description="Where it plays now"): cv.string,
        **WHERE,
    },
    annotations=ACTS,
)
async def move_music(turn: Turn, args: dict[str, Any]) -> Answer:
    """Play on there what plays here."""
    source, target = _source_and_target(turn, args)
    whole_queue = _both_music_assistant(turn, source, target)
    if whole_queue:

        async def run(usable: Sequence[State]) -> None:
            await _async_transfer(turn, source, usable)

    else:
        _require_known(source, target)

        async def run(usable: Sequence[State]) -> None:
            await _async_play_along(turn, source, usable)
            service = "media_stop" if supports(source, Feature.STOP) else "media_pause"
            await async_service(turn, PLAYER, service, [source])

    answer = await act(turn, [target], run, key="media.moved", reached=plays)

    async def undo() -> None:
        if whole_queue:
            # Nothing is left where it came from.
            await _async_transfer(turn, target, [source])
            return
        await async_service(turn, PLAYER, "media_stop", [target])
        await async_service(turn, PLAYER, "media_play", [source])

    return Answer(speech=answer.speech, undo=undo, data=answer.data)


@function(
    title="Join music",
    description="Play the same here too.",
    arguments={**WHERE},
    annotations=ACTS,
)
async def join_music(turn: Turn, args: dict[str, Any]) -> Answer:
    """Play what plays elsewhere in another room too."""
    source, target = _source_and_target(turn, args)
    if supports(source, Feature.GROUPING) and supports(target, Feature.GROUPING):
        members = [
            member
            for member in source.attributes.get(ATTR_GROUP_MEMBERS) or ()
            if member != source.entity_id
        ]

        async def run(usable: Sequence[State]) -> None:
            joined = [*members, *(state.entity_id for state in usable)]
            await async_service(
                turn, PLAYER, SERVICE_JOIN, [source], **{ATTR_GROUP_MEMBERS: joined}
            )

        answer = await act(turn, [target], run, key="media.joined")
        if not supports(target, Feature.GROUPING):
            return answer

        async def undo() -> None:
            await async_service(turn, PLAYER, "unjoin", [target])

        return Answer(speech=answer.speech, undo=undo, data=answer.data)
    _require_known(source, target)

    async def along(usable: Sequence[State]) -> None:
        await _async_play_along(turn, source, usable)

    return await act(turn, [target], along, key="media.joined", reached=plays)


def _source_and_target(turn: Turn, args: dict[str, Any]) -> tuple[State, State]:
    """Where the music is, and where it is to be."""
    target = players_to_play(turn, args)[0]
    if from_area := args.get("from_area"):
        source = players_that_play(turn, {"area": from_area})[0]
    else:
        source = _elsewhere(turn, target)
    if source.entity_id == target.entity_id:
        raise SkillError("media.already_there", names=[target.name])
    return source, target


def _elsewhere(turn: Turn, target: State) -> State:
    """The player that plays, but not the one that the music goes to."""

    def fits(state: State) -> bool:
        return plays(state) and state.entity_id != target.entity_id

    try:
        return players_that_play(turn, {}, fits)[0]
    except SkillError:
        if plays(target):
            return target
        raise


def _both_music_assistant(turn: Turn, source: State, target: State) -> bool:
    return all(
        platform_of(turn.hass, state.entity_id) == MUSIC_ASSISTANT
        for state in (source, target)
    )


async def _async_transfer(turn: Turn, source: State, targets: Sequence[State]) -> None:
    """Move a queue of Music Assistant, to go on from where it is."""
    await async_service(
        turn,
        MUSIC_ASSISTANT,
        "transfer_queue",
        targets,
        source_player=source.entity_id,
        auto_play=True,
    )


def _require_known(source: State, target: State) -> None:
    """The other player must be able to play it, and it must be known what it is."""
    require([target], Feature.PLAY_MEDIA)
    if not source.attributes.get(ATTR_MEDIA_CONTENT_ID):
        raise SkillError("media.unnamed")


async def _async_play_along(
    turn: Turn, source: State, targets: Sequence[State]
) -> None:
    """Play the same track from the same position."""
    content_id = stable_id(source.attributes[ATTR_MEDIA_CONTENT_ID])
    kind = source.attributes.get(ATTR_MEDIA_CONTENT_TYPE) or MediaType.MUSIC
    await async_service(
        turn,
        PLAYER,
        SERVICE_PLAY_MEDIA,
        targets,
        media_content_id=str(content_id),
        media_content_type=kind,
    )
    able = [state for state in targets if supports(state, Feature.SEEK)]
    if able and (position := position_of(source)) > 1:
        await async_service(
            turn, PLAYER, "media_seek", able, **{ATTR_MEDIA_SEEK_POSITION: position}
        )


FUNCTIONS = (move_music, join_music)
