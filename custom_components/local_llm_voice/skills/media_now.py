"""Media: what plays now, and whether it is liked."""

from collections.abc import Callable
from typing import Any

import probatio

from homeassistant.core import State
from homeassistant.util import dt as dt_util

from ..music.heard import platform_of
from ..plays.report import track_of
from ..plays.track import Track
from ..turn import Answer, SkillError, Turn
from .media_players import active_players, players_that_play
from .schema import BOOLEAN, PLAYER as WHERE
from .skill import READS, SETS, function


@function(
    title="What is playing",
    description="Say what plays.",
    arguments={**WHERE},
    annotations=READS,
)
async def whats_playing(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say what plays, and where, if it is not here."""
    playing = [
        (state, track)
        for state in players_that_play(turn, args)
        if (track := playing_track(turn, state))
    ]
    if not playing:
        raise SkillError("media.unnamed")
    texts = [spoken_track(turn, track) for _, track in playing]
    data = {"playing": [{"title": t.title, "artist": t.artist} for _, t in playing]}
    if len(playing) == 1:
        return turn.answer("media.now", what=texts[0], data=data)
    named = [
        turn.say("media.now_on", what=text, name=state.name)
        for text, (state, _) in zip(texts, playing, strict=True)
    ]
    return turn.answer("media.now", what=named, data=data)


@function(
    title="Rate song",
    description="Remember that the current song is liked or disliked.",
    arguments={probatio.Optional("liked", default=True): BOOLEAN},
    annotations=SETS,
)
async def rate_song(turn: Turn, args: dict[str, Any]) -> Answer:
    """Like or dislike what plays, or was just paused."""
    state = active_players(turn, args)[0]
    if (track := playing_track(turn, state)) is None:
        raise SkillError("media.unnamed")
    liked: bool = args["liked"]
    plays = turn.runtime.plays
    origin = plays.origin(state.entity_id)
    record = plays.history.find(track)
    buckets = record.buckets if record else {}
    before = buckets[origin].rating if origin in buckets else 0

    def rate(value: bool | None) -> None:
        plays.history.rate(track, origin, value, dt_util.utcnow())
        plays.async_changed()

    rate(liked)
    key = "media.liked" if liked else "media.disliked"
    return turn.answer(
        key, what=spoken_track(turn, track), undo=_rated_back(rate, before)
    )


def playing_track(turn: Turn, state: State) -> Track | None:
    """Return the music that a player plays; None where it does not say."""
    return track_of(state, platform_of(turn.hass, state.entity_id))


def spoken_track(turn: Turn, track: Track) -> str:
    """Name a track: "Take Five by Dave Brubeck"."""
    if track.artist:
        return turn.say("media.by", title=track.title, artist=track.artist)
    return track.title


def _rated_back(rate: Callable[[bool | None], None], before: int) -> Any:
    async def undo() -> None:
        rate(None if before == 0 else before > 0)

    return undo


FUNCTIONS = (whats_playing, rate_song)
