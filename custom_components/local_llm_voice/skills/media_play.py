"""Media: music by name, radio, podcasts and audiobooks."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import probatio

from homeassistant.components.media_player import (
    ATTR_GROUP_MEMBERS,
    ATTR_INPUT_SOURCE,
    ATTR_INPUT_SOURCE_LIST,
    ATTR_MEDIA_SHUFFLE,
    DOMAIN as PLAYER,
    SERVICE_JOIN,
    SERVICE_SELECT_SOURCE,
    MediaPlayerEntityFeature as Feature,
)
from homeassistant.core import State
from homeassistant.helpers import config_validation as cv

from ..music.choose import CLOSE_ENOUGH, similarity
from ..music.find import Found
from ..music.heard import platform_of
from ..music.item import Selection
from ..music.library import Library
from ..music.wanted import MediaKind, Wanted
from ..places import area_of_entity
from ..plays.track import Kind, Track
from ..plays.tracker import Wish
from ..turn import Answer, SkillError, Turn
from .act import act, async_service
from .media_players import players_to_play, plays, supports
from .schema import BOOLEAN, DELAY, PLAYER as WHERE, Arguments
from .skill import ACTS, function

_MUSIC: Final[Arguments] = {
    probatio.Optional(name, description=description): cv.string
    for name, description in {
        "song": "Title of a song",
        "artist": "Name of the artist",
        "album": "Title of an album",
        "playlist": "Name of a playlist",
        "genre": "Genre or mood",
        "year": "Year or decade, such as '1984' or 'eighties'",
        "sort": "'newest' or 'most popular'",
        "service": "Music service",
        "query": "What fits no other argument",
    }.items()
}


@function(
    title="Play music",
    description="Play music; without arguments, something the house likes.",
    arguments={
        **_MUSIC,
        probatio.Optional("shuffle"): BOOLEAN,
        **WHERE,
        **DELAY,
    },
    annotations=ACTS,
    guard=players_to_play,
)
async def play_music(turn: Turn, args: dict[str, Any]) -> Answer:
    """Find music and play it."""
    wanted = Wanted.of(args, turn.language)
    if args.get("year") and wanted.years is None:
        raise SkillError("media.no_year", year=args["year"])
    return await async_play(turn, args, wanted)


@function(
    title="Play radio",
    description="Play a radio station.",
    arguments={probatio.Optional("station"): cv.string, **WHERE, **DELAY},
    annotations=ACTS,
    guard=players_to_play,
)
async def play_radio(turn: Turn, args: dict[str, Any]) -> Answer:
    """Play a station, by its name or as a source of the player."""
    if not (station := args.get("station")):
        raise SkillError("media.which_station")
    states = players_to_play(turn, args)
    for source in states[0].attributes.get(ATTR_INPUT_SOURCE_LIST) or ():
        if similarity(station, source) >= CLOSE_ENOUGH:
            return await _async_select(turn, states[:1], source)
    wanted = Wanted(kind=MediaKind.RADIO, name=station)
    return await async_play(turn, args, wanted, states)


@function(
    title="Play podcast",
    description="Play a podcast.",
    arguments={
        probatio.Optional("title"): cv.string,
        probatio.Optional("sort"): cv.string,
        **WHERE,
        **DELAY,
    },
    annotations=ACTS,
    guard=players_to_play,
)
async def play_podcast(turn: Turn, args: dict[str, Any]) -> Answer:
    """Play a podcast; players begin with its newest episode."""
    return await _async_titled(turn, args, MediaKind.PODCAST)


@function(
    title="Play audiobook",
    description="Read an audiobook.",
    arguments={probatio.Optional("title"): cv.string, **WHERE, **DELAY},
    annotations=ACTS,
    guard=players_to_play,
)
async def play_audiobook(turn: Turn, args: dict[str, Any]) -> Answer:
    """Read an audiobook."""
    return await _async_titled(turn, args, MediaKind.AUDIOBOOK)


async def _async_titled(turn: Turn, args: dict[str, Any], kind: MediaKind) -> Answer:
    if not (title := args.get("title")):
        raise SkillError(f"media.which_{kind}")
    return await async_play(turn, args, Wanted(kind=kind, name=title))


async def async_play(
    turn: Turn,
    args: dict[str, Any],
    wanted: Wanted,
    states: Sequence[State] | None = None,
) -> Answer:
    """Find what is wanted for the players that are meant, and play it there."""
    states = states or players_to_play(turn, args)
    found = await turn.runtime.music.async_find(states[0], turn.context, wanted)
    if found is None:
        if wanted.nothing:
            raise SkillError("media.no_music")
        raise SkillError("media.not_found", what=_asked(turn, wanted, args))
    what = spoken_selection(turn, found.selection) or args.get("year")
    key = "media.playing" if what else "media.playing_something"
    return await async_start(turn, args, states, found, key, what=what or "")


async def async_start(
    turn: Turn,
    args: dict[str, Any],
    states: Sequence[State],
    found: Found,
    key: str,
    **values: Any,
) -> Answer:
    """Play what was found, on all of the players, and say so with the sentence `key`."""
    together = len(states) > 1 and all(supports(s, Feature.GROUPING) for s in states)
    items = found.selection.items
    turn.runtime.plays.async_wish(
        [state.entity_id for state in states],
        Wish(by=_by(turn), playlist=_playlist(turn, states[0], found.selection)),
    )

    async def run(usable: Sequence[State]) -> None:
        first, *others = usable
        if (on := args.get("shuffle")) is not None and supports(
            first, Feature.SHUFFLE_SET
        ):
            await async_service(
                turn, PLAYER, "shuffle_set", [first], **{ATTR_MEDIA_SHUFFLE: on}
            )
        if others and together:
            members = [state.entity_id for state in others]
            await async_service(
                turn, PLAYER, SERVICE_JOIN, [first], **{ATTR_GROUP_MEMBERS: members}
            )
        sounding = [first] if together else usable
        results = await asyncio.gather(
            *(_library(turn, state, found).async_play(items) for state in sounding),
            return_exceptions=True,
        )
        failures = [result for result in results if isinstance(result, BaseException)]
        if len(failures) == len(results):
            raise failures[0]

    try:
        answer = await act(turn, states, run, key=key, reached=plays, **values)
    except SkillError as err:
        if err.key != "home.no_response":
            raise
        raise SkillError("media.slow", **err.values) from err
    if _elsewhere(turn, args, states):
        names = [state.name for state in states]
        speech = turn.say("media.on", speech=answer.speech, names=names)
        return Answer(speech=speech, undo=answer.undo, data=answer.data)
    return answer


def spoken_selection(turn: Turn, selection: Selection) -> str:
    """Name what is played: "Take Five by Dave Brubeck"; empty where it has no name."""
    if selection.artist and selection.title:
        return turn.say("media.by", title=selection.title, artist=selection.artist)
    return selection.title or selection.artist or ""


def _asked(turn: Turn, wanted: Wanted, args: dict[str, Any]) -> str:
    """Name what was not found, as it was asked for."""
    title = wanted.name or str(args.get("year", ""))
    if wanted.artist and wanted.artist != wanted.name:
        return turn.say("media.by", title=title, artist=wanted.artist)
    return title


def _library(turn: Turn, state: State, found: Found) -> Library:
    """The library of a player that is like the one where the music was found."""
    for library in turn.runtime.music.libraries(state, turn.context):
        if type(library) is type(found.library):
            return library
    raise SkillError("media.cannot", names=[state.name])


def _by(turn: Turn) -> str | None:
    """On whose account the play goes: of the user, else of the satellite's owner."""
    if turn.context.user_id:
        return f"user:{turn.context.user_id}"
    return f"device:{turn.device_id}" if turn.device_id else None


def _playlist(turn: Turn, state: State, selection: Selection) -> Track | None:
    if selection.kind is not MediaKind.PLAYLIST or len(selection.items) != 1:
        return None
    return Track(
        selection.title,
        media_id=selection.items[0].content_id,
        platform=platform_of(turn.hass, state.entity_id),
        kind=Kind.PLAYLIST,
    )


def _elsewhere(turn: Turn, args: dict[str, Any], states: Sequence[State]) -> bool:
    """Whether it is worth saying where the music plays: one cannot hear it here."""
    if args.get("player") or args.get("area") or args.get("floor"):
        return False
    if turn.area is None:
        return turn.device_id is not None
    areas = [area_of_entity(turn.hass, state.entity_id) for state in states]
    return all(area is None or area.id != turn.area.id for area in areas)


async def _async_select(turn: Turn, states: Sequence[State], source: str) -> Answer:
    async def run(usable: Sequence[State]) -> None:
        await async_service(
            turn, PLAYER, SERVICE_SELECT_SOURCE, usable, **{ATTR_INPUT_SOURCE: source}
        )

    return await act(turn, states, run, key="media.playing", what=source)


FUNCTIONS = (play_music, play_radio, play_podcast, play_audiobook)
