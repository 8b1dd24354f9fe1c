"""When a play counts: the rule of the scrobblers, followed on one player from report to report.

A track counts once it was heard for half its length or four minutes, whichever comes first, and only if it is longer
than 30 seconds. Heard is time in which the player plays: a pause adds nothing and takes nothing, and jumping forward
gains nothing. What happened while nobody watched (Home Assistant restarted, the player was unreachable) is read from
the player's position, and so is whether a track that was stopped goes on or was started anew: then it is a new play,
and what was heard before the stop is not part of it.
"""

from dataclasses import dataclass, replace

from .after_stop import Resumption, after_stop
from .play import JITTER, POLL, Activity, Observation, Play, Stop
from .track import Track

LONGEST_BLIND_PLAY = 900.0
"""Seconds out of sight after which an unseen end of a track is no longer taken for granted."""
SHORTEST_SKIP = 2.0
"""Seconds: less is a player that corrects its own report, not a person who skips."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The thresholds, in seconds; tests shorten them."""

    longer_than: float = 30.0
    share: float = 0.5
    at_most: float = 240.0
    unknown_length: float = 120.0
    """A track whose length nobody knows (radio with titles) counts after half of a four-minute song."""

    def needed(self, track: Track) -> float | None:
        """Seconds to hear until the track counts; None where it never does."""
        if track.duration is None:
            return self.unknown_length if track.artist else None
        if track.duration <= self.longer_than:
            return None
        return min(track.duration * self.share, self.at_most)


@dataclass(frozen=True, slots=True)
class Counted:
    """The track counts as played."""

    track: Track


@dataclass(frozen=True, slots=True)
class Skipped:
    """Another track was chosen before this one counted."""

    track: Track


type Outcome = Counted | Skipped


class Progress:
    """Follows one player; `observe` says what a report decides."""

    def __init__(self, rule: Rule, play: Play | None = None) -> None:
        """Start, or with `play` go on where an earlier run of the program stopped."""
        self._rule = rule
        self.play = play
        self._unseen = play is not None
        self._seen_at = play.at if play else None

    def observe(self, seen: Observation) -> list[Outcome]:
        """Take in a report; reports must come in the order of time."""
        outcomes: list[Outcome] = []
        play = self.play
        if seen.activity is Activity.GONE:
            if self._unseen:
                return []
            if play:
                self._hear(play, seen.at, None)
            self._unseen = True
        elif seen.track is None:
            if play:
                self._stop(play, seen.at)
            self._unseen = False
        else:
            if play is None:
                self._begin(seen.track, seen)
            elif play.track.key != seen.track.key:
                outcomes += self._change(play, seen.track, seen)
            else:
                outcomes += self._go_on(play, seen.track, seen)
            self._unseen = False
        self._seen_at = seen.at
        return outcomes + self._count()

    @property
    def remaining(self) -> float | None:
        """Seconds until the play counts if it just goes on; None where nothing is to come."""
        if (
            self.play is None
            or self.play.counted
            or self._unseen
            or self.play.activity is not Activity.PLAYING
        ):
            return None
        needed = self._rule.needed(self.play.track)
        return None if needed is None else max(0.0, needed - self.play.listened)

    @property
    def playing(self) -> bool:
        """Whether the track sounds now, as far as can be seen."""
        return (
            self.play is not None
            and not self._unseen
            and self.play.activity is Activity.PLAYING
        )

    def as_of(self, at: float) -> Play | None:
        """Return the play as it stands at a time after the last report."""
        if self.play is None:
            return None
        play = replace(self.play)
        if not self._unseen:
            self._hear(play, at, None)
        return play

    def _count(self) -> list[Outcome]:
        play = self.play
        if play is None or play.counted or not self._enough(play):
            return []
        play.counted = True
        return [Counted(play.track)]

    def _enough(self, play: Play) -> bool:
        needed = self._rule.needed(play.track)
        return needed is not None and play.listened >= needed

    def _hear(self, play: Play, until: float, position: float | None) -> None:
        """Add the time since the last report, if the player played."""
        if play.activity is Activity.PLAYING:
            elapsed = max(0.0, until - play.at)
            play.listened += elapsed
            if position is None and play.position is not None:
                position = _within(play.track, play.position + elapsed)
        play.at = until
        if position is not None:
            play.position = position

    def _stop(self, play: Play, at: float) -> None:
        """It stopped as far as it had come: what players report once they stand is often the beginning."""
        if play.stop is None:
            play.stop = Stop(play.at if self._unseen else at, at)
        if not self._unseen:
            self._hear(play, at, None)
        play.at, play.activity, play.stop.until = at, Activity.STOPPED, at

    def _begin(self, track: Track, seen: Observation) -> None:
        """A new play. What it played before this report is known from its position, as far as nobody could see it."""
        heard = 0.0
        if (
            seen.activity is Activity.PLAYING
            and seen.position is not None
            and self._seen_at is not None
        ):
            elapsed = max(0.0, seen.at - self._seen_at)
            heard = min(seen.position, elapsed if self._unseen else min(elapsed, POLL))
        self.play = Play(track, seen.at, seen.activity, seen.position, max(0.0, heard))
        if seen.activity is Activity.STOPPED:
            self.play.stop = Stop(seen.at, seen.at)

    def _change(self, play: Play, track: Track, seen: Observation) -> list[Outcome]:
        """Another track plays: close the old play, then begin."""
        elapsed = max(0.0, seen.at - play.at)
        already = max(0.0, seen.position or 0.0)
        before = max(0.0, elapsed - (already if self._unseen else min(already, POLL)))
        was_playing = play.activity is Activity.PLAYING
        if was_playing and not (self._unseen and elapsed > LONGEST_BLIND_PLAY):
            rest = _rest(play)
            play.listened += before if rest is None else min(before, rest)
        outcomes: list[Outcome] = []
        if not play.counted and self._enough(play):
            outcomes.append(Counted(play.track))
        elif (
            not play.counted
            and not self._unseen
            and seen.activity is Activity.PLAYING
            and play.activity in (Activity.PLAYING, Activity.PAUSED)
            and play.listened >= SHORTEST_SKIP
            and self._rule.needed(play.track) is not None
        ):
            outcomes.append(Skipped(play.track))
        self._begin(track, seen)
        return outcomes

    def _go_on(self, play: Play, track: Track, seen: Observation) -> list[Outcome]:
        """The same track: further on, sought, or from its beginning again."""
        if seen.activity is Activity.STOPPED:
            play.track = track
            self._stop(play, seen.at)
            return []
        if play.stop is not None:
            self._leave_stop(play, play.stop, track, seen)
            return []
        again = self._plays_again(play, seen)
        outcomes: list[Outcome] = []
        if self._unseen:
            outcomes += self._catch_up(play, seen, again)
        elif again:
            rest, elapsed = _rest(play), max(0.0, seen.at - play.at)
            if play.activity is Activity.PLAYING:
                play.listened += elapsed if rest is None else min(elapsed, rest)
            if not play.counted and self._enough(play):
                outcomes.append(Counted(play.track))
        else:
            self._hear(play, seen.at, seen.position)
        if again:
            self._begin(track, seen)
        else:
            play.track, play.at, play.activity = track, seen.at, seen.activity
            if seen.position is not None:
                play.position = seen.position
        return outcomes

    def _leave_stop(
        self, play: Play, stop: Stop, track: Track, seen: Observation
    ) -> None:
        """The track that was stopped is here again: a new play, or the rest of the old one."""
        resumption = after_stop(play, stop, seen, self._unseen)
        if resumption is Resumption.ANEW:
            self._begin(track, seen)
            return
        before = play.position
        if self._unseen:
            play.at = seen.at
        else:
            self._hear(play, seen.at, None)
        if resumption is Resumption.GOES_ON:
            if before is not None and seen.position is not None:
                # It played on while the player seemed to stand.
                missed = seen.position - (play.position or 0.0)
                play.listened += max(0.0, min(missed, seen.at - stop.since))
            play.stop = None
            play.position = before if seen.position is None else seen.position
        play.track, play.activity = track, seen.activity

    def _plays_again(self, play: Play, seen: Observation) -> bool:
        """Whether the track began anew since the last report, rather than being sought back."""
        if seen.activity is not Activity.PLAYING:
            return False
        if seen.position is None or play.position is None:
            return False
        elapsed = max(0.0, seen.at - play.at)
        playing = play.activity is Activity.PLAYING
        expected = play.position + (elapsed if playing and not self._unseen else 0.0)
        if seen.position >= expected - JITTER:
            return False
        rest = _rest(play)
        if self._unseen:
            return (
                playing
                and rest is not None
                and elapsed + JITTER >= rest + seen.position
            )
        at_start = seen.position <= min(elapsed, POLL) + JITTER
        reached_end = (
            playing and rest is not None and elapsed + POLL >= rest + seen.position
        )
        return at_start and (reached_end or play.counted)

    def _catch_up(self, play: Play, seen: Observation, again: bool) -> list[Outcome]:
        """Credit what the positions prove to have been heard out of sight."""
        if (
            play.position is None
            or seen.position is None
            or play.activity is not Activity.PLAYING
        ):
            return []
        elapsed = max(0.0, seen.at - play.at)
        if not again:
            play.listened += min(max(0.0, seen.position - play.position), elapsed)
            return []
        if elapsed <= LONGEST_BLIND_PLAY:
            play.listened += _rest(play) or 0.0
        if play.counted or not self._enough(play):
            return []
        return [Counted(play.track)]


def _rest(play: Play) -> float | None:
    """Seconds from the last reported position to the end of the track."""
    if play.track.duration is None or play.position is None:
        return None
    return max(0.0, play.track.duration - play.position)


def _within(track: Track, position: float) -> float:
    return position if track.duration is None else min(position, track.duration)
