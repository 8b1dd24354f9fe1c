"""The counts: one record per track, one bucket per record for each place and person it was played by."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from math import log2

from .track import Track

HALF_LIFE_DAYS = 30.0
"""A play counts half as much after a month: a song played every day overtakes last year's daily song in a month."""
RATING = 5.0
"""A like is worth five plays of today, and a dislike takes five away."""
MAX_RECORDS = 2000
MAX_BUCKETS = 32
"""Places and persons kept apart for one track; the rarest are added up beyond that."""
MAX_DAYS = 400
"""Days with plays that a bucket keeps, so that "this year" can be answered."""
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""No play is older than this product; a clock that says so has not been set yet."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a play was heard (area ids) and on whose wish: "user:<id>", "device:<id of a satellite>" or None."""

    areas: tuple[str, ...] = ()
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose plays are meant: in one of the areas, or wished by one of these; empty is the whole house."""

    areas: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()

    def covers(self, origin: Origin) -> bool:
        """Whether plays of this origin belong to the scope."""
        if not self.areas and not self.by:
            return True
        return origin.by in self.by or not self.areas.isdisjoint(origin.areas)


HOUSE = Scope()


@dataclass(slots=True)
class Bucket:
    """Counts of one track from one origin.

    `weight` is the logarithm (base 2) of the plays added up, each doubled for every half-life since 2026: so plays of
    any date add up in any order, and time passing changes nothing that is stored.
    """

    plays: int = 0
    skips: int = 0
    rating: int = 0
    weight: float | None = None
    days: Counter[str] = field(default_factory=Counter)

    def add_play(self, when: datetime, day: date) -> None:
        """One play at a time (UTC), on a day of the house's calendar."""
        self.plays += 1
        self.weight = _added(self.weight, _half_lives(when))
        self.days[day.isoformat()] += 1
        if len(self.days) > MAX_DAYS:
            del self.days[min(self.days)]

    def add_plays(self, plays: int, when: datetime) -> None:
        """Several plays whose days nobody knows; they are worth as much as if played now."""
        self.plays += plays
        self.weight = _added(self.weight, _half_lives(when) + log2(plays))

    def merge(self, other: Bucket) -> None:
        """Take over the counts of another bucket."""
        self.plays += other.plays
        self.skips += other.skips
        self.rating = max(-1, min(1, self.rating + other.rating))
        if other.weight is not None:
            self.weight = _added(self.weight, other.weight)
        self.days.update(other.days)
        for day in sorted(self.days)[:-MAX_DAYS]:
            del self.days[day]

    def value(self, now: datetime) -> float:
        """Plays of today that these counts are worth.

        Never more than there were: what was counted while the clock was ahead would be worth a thousand.
        """
        recent = 0.0 if self.weight is None else _power(self.weight - _half_lives(now))
        recent = min(recent, float(self.plays))
        return recent + RATING * self.rating

    def plays_between(self, first: date, last: date) -> int:
        """Plays on the days from first to last, both included."""
        return sum(
            n
            for day, n in self.days.items()
            if first.isoformat() <= day <= last.isoformat()
        )


@dataclass(slots=True)
class Record:
    """Everything known of one track."""

    track: Track
    first: datetime
    last: datetime
    buckets: dict[Origin, Bucket] = field(default_factory=dict)

    def bucket(self, origin: Origin) -> Bucket:
        """The bucket of an origin, made where there is none."""
        if origin not in self.buckets and len(self.buckets) >= MAX_BUCKETS:
            rarest = min(
                self.buckets, key=lambda o: (o == Origin(), self.buckets[o].plays)
            )
            self.buckets.setdefault(Origin(), Bucket()).merge(self.buckets.pop(rarest))
        return self.buckets.setdefault(origin, Bucket())

    def within(self, scope: Scope) -> Iterator[Bucket]:
        """The buckets of a scope."""
        return (
            bucket for origin, bucket in self.buckets.items() if scope.covers(origin)
        )

    def value(self, scope: Scope, now: datetime) -> float:
        """How much the track is worth to the scope, in plays of today."""
        return sum(bucket.value(now) for bucket in self.within(scope))

    def plays(self, scope: Scope = HOUSE) -> int:
        """Plays ever counted for the scope."""
        return sum(bucket.plays for bucket in self.within(scope))


class History:
    """All records, in memory; the least valuable are forgotten beyond `limit`."""

    def __init__(
        self, records: Iterable[Record] = (), limit: int = MAX_RECORDS
    ) -> None:
        """Start with these records."""
        self._records = {record.track.key: record for record in records}
        self._limit = limit

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)

    def find(self, track: Track) -> Record | None:
        """The record of a track, if it was ever heard."""
        return self._records.get(track.key)

    def count(self, track: Track, origin: Origin, when: datetime, day: date) -> Record:
        """Add a play; `day` is the date where the house stands."""
        when = self._plausible(when)
        record = self._record(track, when)
        record.bucket(origin).add_play(when, day)
        record.last = max(record.last, when)
        return record

    def skip(self, track: Track, origin: Origin, when: datetime) -> None:
        """Remember that somebody did not want to hear the track."""
        self._record(track, self._plausible(when)).bucket(origin).skips += 1

    def rate(
        self, track: Track, origin: Origin, liked: bool | None, when: datetime
    ) -> Record:
        """Like, dislike, or (None) neither; saying it twice is saying it once."""
        record = self._record(track, self._plausible(when))
        record.bucket(origin).rating = 0 if liked is None else 1 if liked else -1
        return record

    def forget(self, chosen: Callable[[Record, Origin], bool]) -> int:
        """Drop the buckets that are chosen, and records that have none left; gives the number of plays dropped."""
        dropped = 0
        for key, record in list(self._records.items()):
            for origin in [o for o in record.buckets if chosen(record, o)]:
                dropped += record.buckets.pop(origin).plays
            if not record.buckets:
                del self._records[key]
        return dropped

    def merge(self, other: Iterable[Record]) -> None:
        """Add the counts of another history, e.g. an export of another house."""
        for theirs in other:
            record = self._record(theirs.track, theirs.first)
            record.first, record.last = (
                min(record.first, theirs.first),
                max(record.last, theirs.last),
            )
            for origin, bucket in theirs.buckets.items():
                record.bucket(origin).merge(bucket)

    def _record(self, track: Track, when: datetime) -> Record:
        record = self._records.get(track.key)
        if record is None:
            self._evict(when)
            record = self._records[track.key] = Record(track, when, when)
        else:
            record.track = _freshest(record.track, track)
        return record

    def _evict(self, now: datetime) -> None:
        """Make room before a record is added: a tenth at a time, so that it is seldom done."""
        if len(self._records) < self._limit:
            return
        least = sorted(
            self._records.values(),
            key=lambda record: (record.value(HOUSE, now), record.last),
        )
        for record in least[: max(1, self._limit // 10)]:
            del self._records[record.track.key]

    def _plausible(self, when: datetime) -> datetime:
        """A board without a battery wakes up in 1970: then the time last seen is the best guess."""
        if when >= _EPOCH:
            return when
        return max((record.last for record in self), default=_EPOCH)


def _freshest(old: Track, new: Track) -> Track:
    """What is known of the track now: the newest address, and nothing forgotten."""
    return Track(
        new.title,
        new.artist or old.artist,
        new.album or old.album,
        new.media_id or old.media_id,
        new.duration or old.duration,
        new.platform if new.media_id else old.platform,
        old.kind,
    )


def _half_lives(when: datetime) -> float:
    return (when - _EPOCH).total_seconds() / 86400 / HALF_LIFE_DAYS


def _added(weight: float | None, other: float) -> float:
    """log2(2**weight + 2**other) without leaving the range of floats."""
    if weight is None:
        return other
    high, low = max(weight, other), min(weight, other)
    return high + log2(1 + _power(low - high))


def _power(exponent: float) -> float:
    return 0.0 if exponent < -1000 else 2.0 ** min(exponent, 1000.0)
