"""What is known of the weather at one place, whoever forecasts it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from ..spoken_time import Kind, TimeRange

LONGEST_HOUR: Final = timedelta(hours=6)
"""Hourly forecasts come in steps of up to so much."""

_COVERED: Final = {
    Kind.WEEK: 0.25,
    Kind.DAYS: 0.25,
    Kind.MONTH: 0.1,
}
"""Share of a range that a forecast has to cover, where it is not nearly all."""

_NEARLY_ALL: Final = 0.75

_LONG: Final = frozenset({Kind.DAY, Kind.DAYS, Kind.WEEKEND, Kind.WEEK, Kind.MONTH})


@dataclass(frozen=True, kw_only=True)
class Units:
    """The units that all numbers of an outlook have."""

    temperature: str
    wind: str
    precipitation: str


@dataclass(frozen=True, kw_only=True)
class Slot:
    """The weather of an hour, half a day or a day; None is not known."""

    start: datetime
    end: datetime
    condition: str | None = None
    """As the states of Home Assistant's weather entities."""

    temperature: float | None = None
    """The highest one where `low` is known."""

    low: float | None = None
    precipitation: float | None = None
    probability: float | None = None
    """Of precipitation, in percent."""

    wind: float | None = None
    gust: float | None = None
    humidity: float | None = None
    """In percent."""

    uv: float | None = None

    @classmethod
    def read(
        cls,
        values: Mapping[str, Any],
        names: Mapping[str, str],
        *,
        start: datetime,
        length: timedelta,
        condition: str | None,
    ) -> Self:
        """Read what a source measures; `names` maps fields to what it calls them."""
        measured = {field: values.get(name) for field, name in names.items()}
        return cls(start=start, end=start + length, condition=condition, **measured)


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The weather now and ahead."""

    now: datetime
    """The present in the time zone of the place."""

    units: Units
    current: Slot | None = None
    hours: Sequence[Slot] = ()
    halves: Sequence[Slot] = ()
    days: Sequence[Slot] = ()
    place: str | None = None
    """None is at home."""

    sun: Callable[[date, str], datetime | None]
    """The moment of "sunrise" or "sunset" on a day; None where the sun does neither."""

    def slots(self, wanted: TimeRange) -> list[Slot]:
        """Return the slots of a range, none where the forecast does not reach it.

        What was asked in hours is answered by the finest forecast there is, whole days by
        the one of days, which knows the lowest and the highest temperature.
        """
        finest = (self.hours, self.halves, self.days)
        # Of today, what is left counts, not the whole day.
        today = wanted.kind is Kind.DAY and wanted.start <= self.now
        whole = wanted.kind in _LONG and not today
        for slots in finest[::-1] if whole else finest:
            found = [s for s in slots if wanted.overlap(s.start, s.end)]
            known = sum((wanted.overlap(s.start, s.end) for s in found), timedelta())
            share = known / (wanted.end - wanted.start)
            if share >= _COVERED.get(wanted.kind, _NEARLY_ALL):
                return [s for s in found if _mostly_within(s, wanted)] or found
        return []


def _mostly_within(slot: Slot, wanted: TimeRange) -> bool:
    """Whether a slot is of a range: the night before a day is not of that day."""
    shorter = min(slot.end - slot.start, wanted.end - wanted.start)
    return (
        slot.start >= wanted.start or wanted.overlap(slot.start, slot.end) * 2 > shorter
    )


def in_steps(slots: Sequence[Slot]) -> list[Slot]:
    """Return hourly slots in order, each ending where the next one begins."""
    ordered = sorted(slots, key=lambda slot: slot.start)
    ends = [slot.start for slot in ordered[1:]] + [s.end for s in ordered[-1:]]
    return [
        replace(slot, end=min(end, slot.start + LONGEST_HOUR))
        for slot, end in zip(ordered, ends, strict=True)
    ]
