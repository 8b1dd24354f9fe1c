"""What words for a time mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """How precise the words were."""

    NOW = "now"
    MOMENT = "moment"
    """An hour: "at five", "in three hours"."""

    HOURS = "hours"
    """The next so many hours."""

    PART = "part"
    DAY = "day"
    DAYS = "days"
    """The next or last so many days."""

    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"


class Part(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


PART_HOURS: Final[Mapping[Part, tuple[int, int]]] = {
    Part.MORNING: (6, 12),
    Part.NOON: (11, 14),
    Part.AFTERNOON: (12, 18),
    Part.EVENING: (18, 23),
    Part.NIGHT: (19, 30),
}
"""First hour, and the hour it ends at; a night ends on the next day."""


@dataclass(frozen=True, kw_only=True)
class TimeRange:
    """A range of time, in the time zone of the place that was asked about."""

    start: datetime
    end: datetime
    """Not included."""

    kind: Kind
    part: Part | None = None

    @property
    def day(self) -> date:
        """The day that was named; the first one of several."""
        return self.start.date()

    def overlap(self, start: datetime, end: datetime) -> timedelta:
        """Return how much of a span lies within the range."""
        return max(min(end, self.end) - max(start, self.start), timedelta())


def midnight(day: date, like: datetime) -> datetime:
    """Return the beginning of a day in the time zone of another moment."""
    return datetime.combine(day, time(), like.tzinfo)


def of_day(day: date, now: datetime) -> TimeRange:
    """Return a day; of today what is left."""
    start = midnight(day, now)
    end = midnight(day + timedelta(days=1), now)
    if start <= now < end:
        start = now
    return TimeRange(start=start, end=end, kind=Kind.DAY)


def of_days(first: date, last: date, now: datetime, kind: Kind) -> TimeRange:
    """Return the days from the first to the last one; of today what is left."""
    start = midnight(first, now)
    end = midnight(last + timedelta(days=1), now)
    if start <= now < end:
        start = now
    return TimeRange(start=start, end=end, kind=kind)


def of_part(day: date, part: Part, now: datetime) -> TimeRange:
    """Return a part of a day; of the one that has begun what is left."""
    first, last = PART_HOURS[part]
    start = datetime.combine(day, time(first), now.tzinfo)
    end = midnight(day + timedelta(days=last // 24), now) + timedelta(hours=last % 24)
    if start <= now < end:
        start = now
    return TimeRange(start=start, end=end, kind=Kind.PART, part=part)


def of_hour(moment: datetime) -> TimeRange:
    """Return the hour from a moment on."""
    return TimeRange(start=moment, end=moment + timedelta(hours=1), kind=Kind.MOMENT)
