"""Listens to the players of the house and counts what they play."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
import logging
from typing import Final

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.media_player import ATTR_GROUP_MEMBERS
from homeassistant.components.media_player.const import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    TrackStates,
    async_call_later,
    async_track_state_change_filtered,
)
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..places import area_of_entity
from .history import History, Origin
from .play import POLL, Activity, Play, play_from_dict
from .progress import LONGEST_BLIND_PLAY, Counted, Outcome, Progress, Rule, Skipped
from .report import observation
from .store import PlayStore, Saved
from .track import Kind, Track

_LOGGER = logging.getLogger(__name__)

EVENT_PLAY_COUNTED: Final = f"{DOMAIN}_play_counted"

MAX_PLAYERS: Final = 100
"""Tracks whose last count is remembered; more than one for each player is not needed."""

SAME_SOUND: Final = 5.0
"""Seconds: players this close in the same track are one sound, grouped or not."""

FORGOTTEN_SECONDS: Final = 7 * 86400.0
"""How long a play that was going on may be gone on with after a restart."""

WISH_SECONDS: Final = 60.0
"""How long after a wish was carried out a track may begin because of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Somebody asked for music: what plays next on the player is on their account."""

    by: str | None = None
    playlist: Track | None = None
    at: float = 0.0


@dataclass(slots=True)
class _Player:
    """What is known of one player."""

    progress: Progress
    by: str | None = None
    wish: Wish | None = None
    members: tuple[str, ...] = ()
    timer: CALLBACK_TYPE | None = None


class PlayTracker:
    """Counts plays on every exposed player, whoever started them."""

    def __init__(
        self, hass: HomeAssistant, store: PlayStore, saved: Saved, rule: Rule
    ) -> None:
        """Take over what was saved."""
        self._hass = hass
        self._store = store
        self._rule = rule
        self._players: dict[str, _Player] = {}
        self._resumable = _resumable(saved, hass.loop.time())
        self._counted: dict[str, tuple[str, float]] = {}
        self._listeners: list[Callable[[], None]] = []
        self._unsubscribe: CALLBACK_TYPE | None = None
        self.history: History = saved.history
        self.counting = saved.counting

    @callback
    def async_start(self) -> None:
        """Begin to listen."""
        tracked = async_track_state_change_filtered(
            self._hass,
            TrackStates(False, set(), {MEDIA_PLAYER_DOMAIN}),
            self._async_state_changed,
        )
        self._unsubscribe = tracked.async_remove
        for state in self._hass.states.async_all(MEDIA_PLAYER_DOMAIN):
            self._async_observe(state)

    async def async_stop(self) -> None:
        """Stop listening, and save."""
        if self._unsubscribe:
            self._unsubscribe()
            self._unsubscribe = None
        for state in self._hass.states.async_all(MEDIA_PLAYER_DOMAIN):
            self._async_observe(state)
        for player in self._players.values():
            _cancel(player)
        await self._store.async_save(self._saved())

    @callback
    def async_add_listener(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call the listener whenever counts change."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_set_counting(self, counting: bool) -> None:
        """Count, or let everything pass uncounted."""
        self.counting = counting
        self.async_changed()

    @callback
    def async_changed(self) -> None:
        """Save soon, and tell the listeners: the history was changed."""
        self._store.async_schedule_save(self._saved)
        for listener in tuple(self._listeners):
            listener()

    @callback
    def async_wish(self, entity_ids: Collection[str], wish: Wish) -> None:
        """Put what these players begin to play next on somebody's account."""
        for entity_id in entity_ids:
            self._player(entity_id).wish = replace(wish, at=self._hass.loop.time())

    def playing(self, entity_id: str) -> Play | None:
        """Return what a player plays or last played."""
        player = self._players.get(entity_id)
        return player.progress.play if player else None

    def origin(self, entity_id: str) -> Origin:
        """Return where a player and its group stand, and for whom it plays."""
        player = self._players.get(entity_id)
        members = (player.members if player else ()) or (entity_id,)
        areas = (area_of_entity(self._hass, member) for member in members)
        ids = sorted({area.id for area in areas if area})
        return Origin(tuple(ids), player.by if player else None)

    @callback
    def _async_state_changed(self, event: Event[EventStateChangedData]) -> None:
        entity_id = event.data["entity_id"]
        if (state := event.data["new_state"]) is not None:
            self._async_observe(state)
        elif player := self._players.pop(entity_id, None):
            _cancel(player)

    @callback
    def _async_observe(self, state: State) -> None:
        """Take in a state, and look again when the track would count."""
        entity_id = state.entity_id
        if not async_should_expose(self._hass, conversation.DOMAIN, entity_id):
            if player := self._players.pop(entity_id, None):
                _cancel(player)
            return
        player = self._player(entity_id)
        _cancel(player)
        before = player.progress.play
        player.members = tuple(state.attributes.get(ATTR_GROUP_MEMBERS) or ())
        seen = observation(state, self._hass.loop.time(), self._platform(entity_id))
        outcomes = player.progress.observe(seen)
        # A new play closes the one before it, which was on the old account.
        closed = [o for o in outcomes if not _is_of(o, player.progress.play)]
        self._async_take(entity_id, closed)
        if player.progress.play is not before:
            if before is None or before.stop is not None:
                player.by = None
                player.wish = player.wish if self._is_fresh(player.wish) else None
            self._begin(entity_id, player, state)
            if self.counting:
                # A crash in the middle of the track must not lose what was heard.
                self._store.async_schedule_save(self._saved)
        self._async_take(entity_id, [o for o in outcomes if o not in closed])
        if (remaining := player.progress.remaining) is not None:
            player.timer = async_call_later(
                self._hass, remaining + 0.1, self._look_again(entity_id)
            )

    def _look_again(self, entity_id: str) -> Callable[[datetime], None]:
        @callback
        def look(_: datetime) -> None:
            self._players[entity_id].timer = None
            if (state := self._hass.states.get(entity_id)) is not None:
                self._async_observe(state)

        return look

    @callback
    def _begin(self, entity_id: str, player: _Player, state: State) -> None:
        """Settle whose play it is, and whether it moved here from another player."""
        if state.context.user_id:
            player.by = f"user:{state.context.user_id}"
            player.wish = player.wish if self._is_fresh(player.wish) else None
        elif player.wish and self._is_fresh(player.wish):
            player.by = player.wish.by
        now = self._hass.loop.time()
        play = player.progress.play
        if play is None or (play.position or 0.0) <= SAME_SOUND:
            return
        for other_id, other in self._players.items():
            theirs = other.progress.play
            if other_id != entity_id and theirs and _same_sound(play, theirs, now):
                play.listened = max(play.listened, theirs.listened)
                play.counted = theirs.counted
                player.by = player.by or other.by
                return

    @callback
    def _async_take(self, entity_id: str, outcomes: list[Outcome]) -> None:
        """Put what was decided into the history."""
        if not self.counting:
            return
        for outcome in outcomes:
            origin = self.origin(entity_id)
            if isinstance(outcome, Skipped):
                self.history.skip(outcome.track, origin, dt_util.utcnow())
                self._store.async_schedule_save(self._saved)
            elif not self._heard_elsewhere(entity_id, outcome.track):
                self._async_count(entity_id, outcome.track, origin)

    @callback
    def _async_count(self, entity_id: str, track: Track, origin: Origin) -> None:
        now = dt_util.utcnow()
        record = self.history.count(track, origin, now, dt_util.as_local(now).date())
        wish = self._players[entity_id].wish
        if wish and wish.playlist and wish.playlist.kind is Kind.PLAYLIST:
            self.history.count(wish.playlist, origin, now, dt_util.as_local(now).date())
        self._hass.bus.async_fire(
            EVENT_PLAY_COUNTED,
            {
                "entity_id": entity_id,
                "title": track.title,
                "artist": track.artist,
                "album": track.album,
                "areas": list(origin.areas),
                "plays": record.plays(),
            },
        )
        self.async_changed()

    def _heard_elsewhere(self, entity_id: str, track: Track) -> bool:
        """Whether another player is the same sound and counted it already."""
        now = self._hass.loop.time()
        by, at = self._counted.get(track.key, (entity_id, 0.0))
        self._counted[track.key] = (entity_id, now)
        while len(self._counted) > MAX_PLAYERS:
            del self._counted[next(iter(self._counted))]
        mine = self._players[entity_id]
        play = mine.progress.play
        if play is None or play.track.key != track.key:
            # The track is over, so there is no position to compare.
            return by != entity_id and now - at <= POLL
        for other_id, other in self._players.items():
            theirs = other.progress.play
            if other_id == entity_id or theirs is None or not theirs.counted:
                continue
            if theirs.track.key != track.key or not other.progress.playing:
                continue
            grouped = other_id in mine.members or entity_id in other.members
            if grouped or _same_sound(play, theirs, now):
                return True
        return False

    def _is_fresh(self, wish: Wish | None) -> bool:
        return wish is not None and self._hass.loop.time() - wish.at < WISH_SECONDS

    def _player(self, entity_id: str) -> _Player:
        if entity_id not in self._players:
            self._players[entity_id] = _Player(
                Progress(self._rule, self._resumable.pop(entity_id, None))
            )
        return self._players[entity_id]

    def _saved(self) -> Saved:
        if not self.counting:
            return Saved(self.history, {}, None, counting=False)
        now = self._hass.loop.time()
        plays = dict(self._resumable)
        for entity_id, player in self._players.items():
            if play := player.progress.as_of(now):
                plays[entity_id] = play
        playing = {
            entity_id: {**play.as_dict(), "ago": round(now - play.at, 1)}
            for entity_id, play in plays.items()
        }
        return Saved(self.history, playing, None, self.counting)

    def _platform(self, entity_id: str) -> str | None:
        entry = er.async_get(self._hass).async_get(entity_id)
        return entry.platform if entry else None


def _resumable(saved: Saved, now: float) -> dict[str, Play]:
    """Return the plays that were going on, on the clock of this run."""
    if saved.at is None:
        return {}
    gap = (dt_util.utcnow() - saved.at).total_seconds()
    if gap < 0:
        # The clock was set back, so nobody knows: let the positions decide.
        gap = LONGEST_BLIND_PLAY
    plays: dict[str, Play] = {}
    for entity_id, data in saved.playing.items():
        try:
            ago = gap + float(data["ago"])
            if ago < FORGOTTEN_SECONDS:
                plays[entity_id] = play_from_dict(data, now - ago)
        except KeyError, TypeError, ValueError:
            _LOGGER.debug("Not resumed: %s", entity_id)
    return plays


def _same_sound(one: Play, other: Play, now: float) -> bool:
    mine, theirs = _position(one, now), _position(other, now)
    if one.track.key != other.track.key or mine is None or theirs is None:
        return False
    return abs(mine - theirs) <= SAME_SOUND


def _position(play: Play, now: float) -> float | None:
    if play.position is None or play.activity is not Activity.PLAYING:
        return play.position
    return play.position + now - play.at


def _is_of(outcome: Outcome, play: Play | None) -> bool:
    return (
        isinstance(outcome, Counted)
        and play is not None
        and play.counted
        and play.track.key == outcome.track.key
    )


@callback
def _cancel(player: _Player) -> None:
    if player.timer:
        player.timer()
        player.timer = None
