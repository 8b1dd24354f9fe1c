"""Whether a track that was stopped goes on or was started anew, told by where it plays."""

from enum import Enum

from .play import JITTER, POLL, Activity, Observation, Play, Stop

STUMBLE = 5.0
"""Seconds: a player that stops and plays the same again sooner has only stumbled, where nothing says otherwise."""


class Resumption(Enum):
    """What became of a track that was stopped."""

    GOES_ON = "goes on"
    ANEW = "anew"
    UNDECIDED = "undecided"
    """The player has not said yet where it is, or what it says cannot be."""


def after_stop(play: Play, stop: Stop, seen: Observation, unseen: bool) -> Resumption:
    """Judge the first reports after a stop; `unseen` says that nobody watched in between.

    Players that are about to play often tell no position for a moment, or the one of an older song: that decides
    nothing, as long as a better one may follow.
    """
    if seen.activity is not Activity.PLAYING:
        return Resumption.UNDECIDED
    pause = max(0.0, seen.at - stop.since)
    if play.position is None:
        ended = play.track.duration and play.listened >= play.track.duration - POLL
        return Resumption.ANEW if ended or pause > STUMBLE else Resumption.GOES_ON
    if seen.position is None:
        return Resumption.UNDECIDED
    played = max(0.0, seen.at - play.at) if play.activity is Activity.PLAYING else 0.0
    expected = play.position + (0.0 if unseen else played)
    went_back = seen.position < expected - JITTER
    if seen.position <= (pause if unseen else min(pause, POLL)) + JITTER:
        return Resumption.ANEW if went_back or pause > STUMBLE else Resumption.GOES_ON
    seemed_to_stand = unseen or seen.at - stop.until <= POLL
    furthest = expected + (pause if seemed_to_stand else 0.0) + JITTER
    if seen.position > furthest:
        return Resumption.UNDECIDED
    return Resumption.GOES_ON
