"""One hearing of one track on one player, and the reports that it is made of."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from .track import Track

POLL = 15.0
"""Seconds a report may be late: Home Assistant polls players every 10 s, plus the time of the poll."""
JITTER = 3.0
"""Seconds by which a reported position may be off without anything having happened."""


class Activity(Enum):
    """What the player does."""

    PLAYING = "playing"
    PAUSED = "paused"
    STOPPED = "stopped"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Observation:
    """One report: `at` in seconds of a clock that never jumps, `position` in seconds at that moment."""

    at: float
    activity: Activity
    track: Track | None = None
    position: float | None = None


@dataclass(slots=True)
class Stop:
    """A stop: when the track was last seen before it, and when the player was last seen to stand."""

    since: float
    until: float


@dataclass(slots=True)
class Play:
    """One hearing of one track, as of the last report."""

    track: Track
    at: float
    activity: Activity
    position: float | None = None
    listened: float = 0.0
    counted: bool = False
    stop: Stop | None = None
    """It was stopped, and the player has not shown yet whether it goes on."""

    def as_dict(self) -> dict[str, Any]:
        """JSON data; `at` is left to the caller, who knows the date."""
        return {
            "title": self.track.title,
            "artist": self.track.artist,
            "album": self.track.album,
            "media_id": self.track.media_id,
            "duration": self.track.duration,
            "platform": self.track.platform,
            "activity": self.activity.value,
            "position": self.position,
            "listened": round(self.listened, 1),
            "counted": self.counted,
        }


def play_from_dict(data: dict[str, Any], at: float) -> Play:
    """The inverse of `Play.as_dict`; raises KeyError, TypeError or ValueError on data of another shape."""
    position, duration = data["position"], data["duration"]
    activity = Activity(data["activity"])
    return Play(
        Track(
            str(data["title"]),
            data["artist"],
            data["album"],
            data["media_id"],
            None if duration is None else float(duration),
            data["platform"],
        ),
        at,
        activity,
        None if position is None else float(position),
        float(data["listened"]),
        bool(data["counted"]),
        Stop(at, at) if activity is Activity.STOPPED else None,
    )
