"""Media: what plays later, and playlists."""

from typing import Any

import probatio

from homeassistant.components.media_player import ATTR_MEDIA_CONTENT_ID
from homeassistant.helpers import config_validation as cv

from ..music.choose import CLOSE_ENOUGH, similarity
from ..music.player_daemon import PlayerDaemon
from ..music.wanted import Wanted
from ..turn import Answer, SkillError, Turn
from .media_now import playing_track, spoken_track
from .media_play import async_play, spoken_selection
from .media_players import active_players, is_active, players_to_set
from .schema import BOOLEAN, PLAYER as WHERE
from .skill import ACTS, function


@function(
    title="Add to queue",
    description="Play music later, or next.",
    arguments={
        **{
            probatio.Optional(name): cv.string
            for name in ("song", "artist", "album", "playlist", "genre", "query")
        },
        probatio.Optional("next"): BOOLEAN,
        **WHERE,
    },
    annotations=ACTS,
)
async def add_to_queue(turn: Turn, args: dict[str, Any]) -> Answer:
    """Put music behind what plays; where nothing plays, play it."""
    wanted = Wanted.of(args, turn.language)
    if wanted.nothing:
        raise SkillError("media.which_music")
    state = players_to_set(turn, args)[0]
    if not is_active(state):
        return await async_play(turn, args, wanted, [state])
    found = await turn.runtime.music.async_find(state, turn.context, wanted)
    if found is None:
        raise SkillError("media.not_found", what=wanted.name)
    if not found.library.can_queue:
        raise SkillError("media.cannot", names=[state.name])
    soon = bool(args.get("next"))
    await found.library.async_queue(found.selection.items, soon=soon)
    key = "media.queued_next" if soon else "media.queued"
    return turn.answer(key, what=spoken_selection(turn, found.selection))


@function(
    title="Add to playlist",
    description="Add the current song to a playlist.",
    arguments={probatio.Required("playlist"): cv.string},
    annotations=ACTS,
)
async def add_to_playlist(turn: Turn, args: dict[str, Any]) -> Answer:
    """Add what plays to a playlist of the player, where it keeps such."""
    state = active_players(turn, {})[0]
    content_id = state.attributes.get(ATTR_MEDIA_CONTENT_ID)
    if (track := playing_track(turn, state)) is None or not content_id:
        raise SkillError("media.unnamed")
    for library in turn.runtime.music.libraries(state, turn.context):
        if isinstance(library, PlayerDaemon):
            break
    else:
        # Home Assistant has no action that changes a playlist.
        raise SkillError("media.no_playlists", name=state.name)
    spoken: str = args["playlist"]
    known = await library.async_playlists()
    playlist = max(known, key=lambda name: similarity(spoken, name), default=None)
    if playlist is None or similarity(spoken, playlist) < CLOSE_ENOUGH:
        raise SkillError("media.no_playlist", playlist=spoken)
    await library.async_add_to_playlist(playlist, str(content_id))
    return turn.answer(
        "media.added_to_playlist", what=spoken_track(turn, track), playlist=playlist
    )


FUNCTIONS = (add_to_queue, add_to_playlist)
