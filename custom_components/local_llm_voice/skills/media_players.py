"""Which player is meant: named, else in the room, else the one that plays."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.media_player import (
    ATTR_GROUP_MEMBERS,
    DOMAIN as PLAYER,
    MediaPlayerDeviceClass,
    MediaPlayerEntityFeature as Feature,
    MediaPlayerState,
)
from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_SUPPORTED_FEATURES,
    STATE_UNAVAILABLE,
)
from homeassistant.core import State
from homeassistant.helpers import entity_registry as er

from ..const import CONF_DEFAULT_PLAYER
from ..places import area_of_entity
from ..turn import SkillError, Turn
from .act import Action, async_service, spoken
from .targets import find_targets, which

PLAYS: Final = frozenset({MediaPlayerState.PLAYING, MediaPlayerState.BUFFERING})
ACTIVE: Final = PLAYS | {MediaPlayerState.PAUSED}

_PICTURES: Final = frozenset(
    {MediaPlayerDeviceClass.TV, MediaPlayerDeviceClass.PROJECTOR}
)


def supports(state: State, feature: Feature) -> bool:
    """Return whether a player has a feature."""
    return bool(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0) & feature)


def plays(state: State) -> bool:
    """Return whether a player makes sound now."""
    return state.state in PLAYS


def is_active(state: State) -> bool:
    """Return whether a player plays, or would go on."""
    return state.state in ACTIVE


def require(states: Sequence[State], feature: Feature) -> Sequence[State]:
    """Return the players that have a feature; raises SkillError where none has it."""
    fitting = [state for state in states if supports(state, feature)]
    if not fitting:
        raise SkillError("media.cannot", names=[state.name for state in states])
    return fitting


def player_action(turn: Turn, service: str, **data: Any) -> Action:
    """Return what calls a service of media players for those it is given."""
    return partial(async_service, turn, PLAYER, service, **data)


def players_to_play(turn: Turn, args: Mapping[str, Any]) -> list[State]:
    """Return where music is to begin; raises Unclear where it is a toss-up."""
    if (named := _said(turn, args)) is not None:
        if args.get("player") or turn.entity_ids:
            return named
        return _best_of_each_room(turn, [s for s in named if _is_there(s)])
    players = _exposed(turn)
    # A player that is off may not say what it can do; it is tried if there is no other.
    players = [s for s in players if supports(s, Feature.PLAY_MEDIA)] or players
    if here := _here(turn, players):
        return [_best(turn, here)]
    playing = _one_of_each_group(s for s in players if s.state in PLAYS)
    if len(playing) == 1:
        return playing
    default = turn.options.get(CONF_DEFAULT_PLAYER)
    if chosen := [state for state in players if state.entity_id == default]:
        return chosen
    if not players:
        raise SkillError("media.no_player")
    if len(players) > 1:
        raise which(turn, players)
    return players


def players_that_play(
    turn: Turn,
    args: Mapping[str, Any],
    fits: Callable[[State], bool] | None = None,
) -> list[State]:
    """Return the players that a command is about: those that play, or that fit.

    Raises SkillError where nothing plays, and Unclear where several play elsewhere.
    """
    fits = fits or plays
    if (named := _said(turn, args)) is not None:
        if turn.entity_ids:
            return named
        if active := _one_of_each_group(state for state in named if fits(state)):
            return active
        raise SkillError("media.nothing_playing")
    players = [state for state in _exposed(turn) if fits(state)]
    if here := _one_of_each_group(_here(turn, players)):
        return here
    elsewhere = _one_of_each_group(players)
    if not elsewhere:
        raise SkillError("media.nothing_playing")
    if len(elsewhere) > 1:
        raise which(turn, elsewhere)
    return elsewhere


def active_players(turn: Turn, args: Mapping[str, Any]) -> list[State]:
    """Return the players that a command is about: those that play, else those paused."""
    try:
        return players_that_play(turn, args)
    except SkillError:
        return players_that_play(turn, args, is_active)


def players_to_set(turn: Turn, args: Mapping[str, Any]) -> list[State]:
    """Return the players that a setting such as the volume is about, playing or not."""
    if (named := _said(turn, args)) is not None:
        return [state for state in named if is_active(state)] or named
    try:
        return active_players(turn, args)
    except SkillError:
        return players_to_play(turn, args)


def _said(turn: Turn, args: Mapping[str, Any]) -> list[State] | None:
    """The players that are named, or in the place that is named; None where none is."""
    if turn.entity_ids:
        return find_targets(turn, {})
    target = {key: args[key] for key in ("area", "floor") if args.get(key)}
    if player := args.get("player"):
        target["name"] = player
    if not target:
        return None
    found = find_targets(turn, target, domains={PLAYER})
    if not any(map(_is_there, found)):
        raise SkillError("home.unavailable", names=spoken(turn, found))
    return found


def _is_there(state: State) -> bool:
    return state.state != STATE_UNAVAILABLE


def _exposed(turn: Turn) -> list[State]:
    return [
        state
        for state in turn.hass.states.async_all(PLAYER)
        if _is_there(state)
        and async_should_expose(turn.hass, turn.assistant, state.entity_id)
    ]


def _here(turn: Turn, players: Iterable[State]) -> list[State]:
    if turn.area is None:
        return []
    return [
        state
        for state in players
        if (area := area_of_entity(turn.hass, state.entity_id))
        and area.id == turn.area.id
    ]


def _one_of_each_group(states: Iterable[State]) -> list[State]:
    """Speakers that play together are commanded through the first of them."""
    playing = {state.entity_id: state for state in states}
    for state in list(playing.values()):
        first, *others = state.attributes.get(ATTR_GROUP_MEMBERS) or [state.entity_id]
        if first in playing:
            for other in others:
                playing.pop(other, None)
    return list(playing.values())


def _best_of_each_room(turn: Turn, states: Sequence[State]) -> list[State]:
    rooms: dict[str | None, list[State]] = {}
    for state in states:
        area = area_of_entity(turn.hass, state.entity_id)
        rooms.setdefault(area.id if area else None, []).append(state)
    if len(rooms) == 1:
        return [_best(turn, states)]
    best = []
    for room, players in rooms.items():
        if room is None:
            best += players
        else:
            best.append(_best(turn, players, ask=False))
    return best


def _best(turn: Turn, states: Sequence[State], *, ask: bool = True) -> State:
    """The player of a room that music is meant for.

    Rather no television, nor the loudspeaker of the satellite itself, and where it
    plays already.
    """

    def merit(state: State) -> tuple[bool, bool, bool, bool]:
        entry = er.async_get(turn.hass).async_get(state.entity_id)
        return (
            supports(state, Feature.PLAY_MEDIA),
            state.attributes.get(ATTR_DEVICE_CLASS) not in _PICTURES,
            not (entry and turn.device_id and entry.device_id == turn.device_id),
            state.state in PLAYS,
        )

    best = max(merit(state) for state in states)
    equal = [state for state in states if merit(state) == best]
    if len(equal) > 1 and ask:
        if chosen := [
            s for s in equal if s.entity_id == turn.options.get(CONF_DEFAULT_PLAYER)
        ]:
            return chosen[0]
        raise which(turn, equal)
    return equal[0]
