"""The history as JSON data and back: on disk, and in exports from anywhere."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any, Final

from .history import Bucket, Origin, Record
from .track import Kind, Track

MAX_COUNT: Final = 10_000_000
"""Plays or skips of one track; nobody hears a song more often."""


def history_as_dict(history: Iterable[Record]) -> list[dict[str, Any]]:
    """The records as JSON data."""
    return [
        {
            "title": record.track.title,
            "artist": record.track.artist,
            "album": record.track.album,
            "media_id": record.track.media_id,
            "duration": record.track.duration,
            "platform": record.track.platform,
            "kind": record.track.kind.value,
            "first": record.first.isoformat(),
            "last": record.last.isoformat(),
            "counts": [
                {
                    "areas": list(origin.areas),
                    "by": origin.by,
                    "plays": bucket.plays,
                    "skips": bucket.skips,
                    "rating": bucket.rating,
                    "weight": bucket.weight,
                    "days": dict(bucket.days),
                }
                for origin, bucket in record.buckets.items()
            ],
        }
        for record in history
    ]


def records_from_dict(data: list[dict[str, Any]]) -> list[Record]:
    """The inverse of `history_as_dict`.

    Raises KeyError, TypeError, AttributeError or ValueError on data of another shape, and on numbers that nobody counted.
    """
    if not isinstance(data, list):
        raise TypeError("records are a list")
    # Earlier releases took a nameless piece of a radio station for a song.
    return [_record(item) for item in data if item["title"] != ""]


def _record(item: Mapping[str, Any]) -> Record:
    duration = item["duration"]
    track = Track(
        _text(item["title"]),
        _text_or_none(item["artist"]),
        _text_or_none(item["album"]),
        _text_or_none(item["media_id"]),
        None if duration is None else _finite(duration),
        _text_or_none(item["platform"]),
        Kind(item["kind"]),
    )
    first = datetime.fromisoformat(item["first"]).astimezone(UTC)
    last = datetime.fromisoformat(item["last"]).astimezone(UTC)
    buckets = {
        Origin(
            tuple(_text(area) for area in count["areas"]), _text_or_none(count["by"])
        ): _bucket(count)
        for count in item["counts"]
    }
    return Record(track, first, last, buckets)


def _bucket(count: Mapping[str, Any]) -> Bucket:
    rating, weight = int(count["rating"]), count["weight"]
    if rating not in (-1, 0, 1):
        raise ValueError("a rating is -1, 0 or 1")
    days = {
        date.fromisoformat(d).isoformat(): _count(n) for d, n in count["days"].items()
    }
    return Bucket(
        _count(count["plays"]),
        _count(count["skips"]),
        rating,
        None if weight is None else _finite(weight),
        Counter(days),
    )


def _count(value: Any) -> int:
    count = int(value)
    if not 0 <= count <= MAX_COUNT:
        raise ValueError("out of range")
    return count


def _finite(value: Any) -> float:
    number = float(value)
    if not isfinite(number):
        raise ValueError("not finite")
    return number


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("not a text")
    return value


def _text_or_none(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError("not a text")
    return value
