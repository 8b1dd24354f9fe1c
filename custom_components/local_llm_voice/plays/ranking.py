"""What is played most: songs, artists, albums and playlists, of the house, a room or a person, ever or in a period."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from .history import HOUSE, Record, Scope
from .track import Kind, Track, normalized


class Favorite(StrEnum):
    """What can be a favorite."""

    SONG = "song"
    ARTIST = "artist"
    ALBUM = "album"
    PLAYLIST = "playlist"


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the house's calendar, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Ranked:
    """One entry of the ranking: an artist or album is represented by its best track."""

    name: str
    artist: str | None
    plays: int
    value: float
    track: Track


def ranking(
    records: Iterable[Record],
    favorite: Favorite,
    now: datetime,
    scope: Scope = HOUSE,
    period: Period | None = None,
    wanted: Callable[[Track], bool] = lambda track: True,
) -> list[Ranked]:
    """The best first; without plays or likes in the scope and period, nothing.

    Ever: plays that fade with the years, plus likes, minus dislikes. In a period: the plays themselves. On a tie the
    one with more plays ever wins, then the one heard last.
    """
    kind = Kind.PLAYLIST if favorite is Favorite.PLAYLIST else Kind.SONG
    groups: dict[str, list[tuple[tuple[float, int, datetime], Record]]] = {}
    for record in records:
        name = _group(record.track, favorite)
        if record.track.kind is not kind or name is None or not wanted(record.track):
            continue
        if period is None:
            value, plays = record.value(scope, now), record.plays(scope)
            if not plays and value <= 0:
                continue
        else:
            plays = sum(
                b.plays_between(period.first, period.last) for b in record.within(scope)
            )
            value = float(plays)
            if not plays:
                continue
        groups.setdefault(name, []).append(((value, plays, record.last), record))
    ranked = [_ranked(favorite, group) for group in groups.values()]
    return [
        entry
        for _, entry in sorted(ranked, key=lambda r: r[0], reverse=True)
        if entry.value > 0
    ]


def _ranked(
    favorite: Favorite, group: list[tuple[tuple[float, int, datetime], Record]]
) -> tuple[tuple[float, int, datetime], Ranked]:
    best = max(group, key=lambda item: item[0])[1].track
    value = sum(worth[0] for worth, _ in group)
    plays = sum(worth[1] for worth, _ in group)
    name = {Favorite.ARTIST: best.artist, Favorite.ALBUM: best.album}.get(
        favorite
    ) or best.title
    entry = Ranked(
        name, None if favorite is Favorite.ARTIST else best.artist, plays, value, best
    )
    return (value, plays, max(worth[2] for worth, _ in group)), entry


def _group(track: Track, favorite: Favorite) -> str | None:
    """What the track is counted under; None where it has no such thing."""
    if favorite is Favorite.ARTIST:
        return normalized(track.artist) if track.artist else None
    if favorite is Favorite.ALBUM:
        return (
            f"{normalized(track.album)}|{normalized(track.artist or '')}"
            if track.album
            else None
        )
    return track.key
