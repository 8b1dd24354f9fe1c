"""Media: what is played most here, by the house, in a room or by a person."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import probatio

from homeassistant.core import State
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..music.choose import CLOSE_ENOUGH, similarity
from ..music.find import Found
from ..music.heard import item_of, platform_of
from ..music.item import Item, Selection
from ..music.music_assistant import MusicAssistant
from ..music.wanted import MediaKind, Wanted
from ..people import Person, person_named, person_speaking
from ..plays.history import HOUSE, Scope
from ..plays.ranking import Favorite, Period, Ranked, ranking
from ..plays.track import Track
from ..turn import Answer, SkillError, Turn, Unclear
from .media_period import is_ever, period_of
from .media_play import async_start, spoken_selection
from .media_players import players_to_play
from .schema import DELAY, PLAYER as WHERE, Arguments
from .skill import ACTS, READS, function

SONGS: Final = 20
"""Songs that "my favorites" plays."""

NAMED: Final = 3
"""Favorites that are named when they are asked for."""

_WHOSE: Final[Arguments] = {
    probatio.Optional(name, description=description): cv.string
    for name, description in {
        "kind": "'songs', 'artist', 'album' or 'playlist'; one song if left out",
        "person": "Whose favorite, such as 'Matilda'",
        "artist": "Only music of this artist",
        "period": "Only plays in this time, such as 'this week'",
    }.items()
}


@function(
    title="Play favorite",
    description="Play what is played most here: a song, songs, an artist, album or playlist.",
    arguments={
        **_WHOSE,
        probatio.Optional("genre", description="Only music of this genre"): cv.string,
        **WHERE,
        **DELAY,
    },
    annotations=ACTS,
    guard=players_to_play,
)
async def play_favorite(turn: Turn, args: dict[str, Any]) -> Answer:
    """Play the favorite of the house or of a person."""
    states = players_to_play(turn, args)
    ranked, person = _ranked(turn, args)
    if ranked and args.get("genre"):
        ranked = await _async_of_genre(turn, states[0], ranked, args["genre"])
    if not ranked:
        if item := await _async_most_played(turn, states[0], args):
            return await _async_play_items(turn, args, states, [item])
        raise _no_favorite(turn, args, person)
    kind = _kind(args)
    if kind is Favorite.SONG:
        wanted = ranked[:SONGS] if args.get("kind") else ranked[:1]
        return await _async_play_songs(turn, args, states, wanted)
    best = ranked[0]
    if kind is Favorite.PLAYLIST and (item := _known(turn, states[0], best.track)):
        return await _async_play_items(turn, args, states, [item])
    whole = Wanted(
        kind=MediaKind(kind),
        name=best.name,
        artist=best.name if kind is Favorite.ARTIST else best.artist,
    )
    found = await turn.runtime.music.async_find(states[0], turn.context, whole)
    if found is None:
        raise SkillError("media.not_found", what=best.name)
    what = spoken_selection(turn, found.selection)
    return await async_start(turn, args, states, found, "media.playing", what=what)


@function(
    title="What is the favorite",
    description="Say what is played most: a song, songs, an artist, album or playlist.",
    arguments=_WHOSE,
    annotations=READS,
)
async def whats_favorite(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say the favorite, and how often it was played."""
    ranked, person = _ranked(turn, args)
    if not ranked:
        with suppress(SkillError, Unclear):
            player = players_to_play(turn, args)[0]
            if item := await _async_most_played(turn, player, args):
                what = _by(turn, item.title, item.artist)
                return turn.answer("media.favorite_liked", what=what)
        raise _no_favorite(turn, args, person)
    several = args.get("kind") and _kind(args) is Favorite.SONG and len(ranked) > 1
    named = ranked[:NAMED] if several else ranked[:1]
    texts = [_spoken(turn, best) for best in named]
    data = {"favorites": [{"name": b.name, "plays": b.plays} for b in named]}
    if several:
        return turn.answer("media.favorites", what=texts, data=data)
    plays = ranked[0].plays
    if not plays:
        # Liked before it was ever counted.
        return turn.answer("media.favorite_liked", what=texts[0], data=data)
    if person and args.get("person"):
        return turn.answer(
            "media.favorite_of",
            what=texts[0],
            person=person.name,
            n=plays,
            count=plays,
            data=data,
        )
    return turn.answer("media.favorite", what=texts[0], n=plays, count=plays, data=data)


def _ranked(turn: Turn, args: dict[str, Any]) -> tuple[list[Ranked], Person | None]:
    """The favorites that are meant, and whose they are where that is a person."""
    person = _person(turn, args)
    period = _period(turn, args)
    artist = args.get("artist")

    def wanted(track: Track) -> bool:
        return not artist or similarity(artist, track.artist) >= CLOSE_ENOUGH

    def rank(scope: Scope) -> list[Ranked]:
        history, now = turn.runtime.plays.history, dt_util.utcnow()
        return ranking(history, _kind(args), now, scope, period, wanted)

    if person is None:
        return rank(HOUSE), None
    ranked = rank(person.scope)
    if not ranked and not args.get("person"):
        # "My favorite song", said by somebody who has played nothing yet.
        return rank(HOUSE), None
    return ranked, person


def _person(turn: Turn, args: dict[str, Any]) -> Person | None:
    if name := args.get("person"):
        if (named := person_named(turn.hass, turn.entry, name)) is None:
            raise SkillError("media.no_person", person=name)
        return named
    return person_speaking(
        turn.hass,
        turn.entry,
        user_id=turn.context.user_id,
        device_id=turn.device_id,
        area_id=turn.area.id if turn.area else None,
    )


def _period(turn: Turn, args: dict[str, Any]) -> Period | None:
    if not (spoken := args.get("period")) or is_ever(spoken, turn.language):
        return None
    period = period_of(spoken, dt_util.now().date(), turn.language)
    if period is None:
        raise SkillError("media.no_period", period=spoken)
    return period


def _kind(args: dict[str, Any]) -> Favorite:
    kind = str(args.get("kind", "song")).rstrip("s")
    return Favorite(kind) if kind in Favorite else Favorite.SONG


def _no_favorite(turn: Turn, args: dict[str, Any], person: Person | None) -> SkillError:
    if not turn.runtime.plays.counting:
        return SkillError("media.not_counting")
    if person and args.get("person"):
        return SkillError("media.no_favorite_of", person=person.name)
    return SkillError("media.no_favorite")


def _spoken(turn: Turn, best: Ranked) -> str:
    return _by(turn, best.name, best.artist)


def _by(turn: Turn, title: str, artist: str | None) -> str:
    return turn.say("media.by", title=title, artist=artist) if artist else title


def _known(turn: Turn, state: State, track: Track) -> Item | None:
    """The track by its id, where that means something to the player."""
    return item_of(track, platform_of(turn.hass, state.entity_id))


async def _async_item(turn: Turn, state: State, track: Track) -> Found | None:
    """A song to play: by its id, else found by its name."""
    if item := _known(turn, state, track):
        return _found(turn, state, [item])
    wanted = Wanted(kind=MediaKind.TRACK, name=track.title, artist=track.artist)
    return await turn.runtime.music.async_find(state, turn.context, wanted)


async def _async_play_songs(
    turn: Turn, args: dict[str, Any], states: Sequence[State], ranked: Sequence[Ranked]
) -> Answer:
    """Play songs, best first; those that cannot be found any more are left out."""
    found: Found | None = None
    items: list[Item] = []
    results = await asyncio.gather(
        *(_async_item(turn, states[0], best.track) for best in ranked),
        return_exceptions=True,
    )
    for one in results:
        if not isinstance(one, Found):
            continue
        if found and type(one.library) is not type(found.library):
            continue
        found = found or one
        items += one.selection.items[:1]
    if found is None:
        raise SkillError("media.not_found", what=_spoken(turn, ranked[0]))
    first = items[0]
    what = spoken_selection(
        turn,
        Selection(kind=first.kind, title=first.title, artist=first.artist, items=()),
    )
    several = len(items) > 1 and found.library.can_queue
    together = Found(
        library=found.library,
        selection=Selection(
            kind=MediaKind.TRACK, title=first.title, items=tuple(items)
        ),
    )
    key = "media.playing_favorites" if several else "media.playing"
    return await async_start(turn, args, states, together, key, what=what)


async def _async_play_items(
    turn: Turn, args: dict[str, Any], states: Sequence[State], items: list[Item]
) -> Answer:
    found = _found(turn, states[0], items)
    what = spoken_selection(turn, found.selection)
    return await async_start(turn, args, states, found, "media.playing", what=what)


def _found(turn: Turn, state: State, items: list[Item]) -> Found:
    """Items whose ids are known already, with the library that plays and queues them."""
    libraries = turn.runtime.music.libraries(state, turn.context)
    first = items[0]
    return Found(
        library=next(
            (library for library in libraries if library.can_queue), libraries[-1]
        ),
        selection=Selection(
            kind=first.kind, title=first.title, artist=first.artist, items=tuple(items)
        ),
    )


async def _async_of_genre(
    turn: Turn, state: State, ranked: Sequence[Ranked], genre: str
) -> list[Ranked]:
    """Those of a genre; only the player's library knows genres."""
    wanted = Wanted(kind=MediaKind.GENRE, name=genre, genre=genre)
    found = await turn.runtime.music.async_find(state, turn.context, wanted)
    items = found.selection.items if found else ()
    keys = {Track(item.title, item.artist, item.album).key for item in items}
    return [best for best in ranked if best.track.key in keys]


async def _async_most_played(
    turn: Turn, state: State, args: dict[str, Any]
) -> Item | None:
    """What Music Assistant counted before we did, where the house's favorite song is meant.

    Not asked while counting is switched off: plays are then nobody's business.
    """
    if not turn.runtime.plays.counting:
        return None
    if any(args.get(key) for key in ("person", "artist", "genre", "period", "kind")):
        return None
    for library in turn.runtime.music.libraries(state, turn.context):
        if isinstance(library, MusicAssistant):
            return await library.async_most_played()
    return None


FUNCTIONS = (play_favorite, whats_favorite)
