"""Choosing from what a library offers: by the name, then by what the house plays."""

from collections.abc import Callable, Sequence
from functools import lru_cache
import math
from random import SystemRandom
from typing import Final

from rapidfuzz import fuzz

from ..plays.track import normalized
from .item import Item, Selection
from .wanted import MediaKind, Wanted

CLOSE_ENOUGH: Final = 80.0
"""Percent: "hear comes the son" is "Here Comes the Sun" (89), "let it go" is not "Let It Be" (78)."""

PARTLY: Final = 90.0
"""Percent for a name of which a part was said: "Aria" for "Goldberg Variations Aria"."""

EXACTLY: Final = 100.0
"""Percent, for the same name but for case, accents, guests and articles."""

HEARD: Final = 5.0
"""Percent that many plays are worth: they decide between names that fit about as well."""

_ARTICLES: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "die",
        "der",
        "das",
        "le",
        "la",
        "les",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "i",
        "gli",
        "de",
        "het",
        "den",
        "det",
    ]
)

_RANDOM: Final = SystemRandom()

type Worth = Callable[[Item], float]
"""How much the house plays an item, in plays."""


def similarity(spoken: str, name: str | None) -> float:
    """Return how well a spoken name fits a written one, in percent."""
    if not name:
        return 0.0
    said, written = _bare(spoken), _bare(name)
    if said == written:
        return EXACTLY
    words = said.split()
    if words and all(word in written.split() for word in words):
        return PARTLY + 9 * len(said) / max(1, len(written))
    score: float = max(
        fuzz.ratio(said, written),
        fuzz.token_sort_ratio(said, written),
        # "babyshark" and "baby shark" sound the same.
        fuzz.ratio(said.replace(" ", ""), written.replace(" ", "")),
    )
    return min(score, PARTLY)


@lru_cache(maxsize=20_000)
def _bare(name: str) -> str:
    """A name without the article in front: "The Beatles" are asked for as "beatles".

    Kept, because the same thousands of names are compared with every request.
    """
    plain = normalized(name)
    first, _, rest = plain.partition(" ")
    return rest if rest and first in _ARTICLES else plain


def choose(items: Sequence[Item], wanted: Wanted, worth: Worth) -> Selection | None:
    """Return what of these items fits best; None where nothing is close enough."""
    whole = _best_whole(items, wanted, worth)
    tracks = _tracks(items, wanted, worth)
    if whole is None or tracks is None:
        best = whole or tracks
    else:
        best = whole if whole[0] >= tracks[0] else tracks
    return best[1] if best else None


def _best_whole(
    items: Sequence[Item], wanted: Wanted, worth: Worth
) -> tuple[float, Selection] | None:
    """The one item that is asked for by its name."""
    if not wanted.name:
        return None
    scored = []
    for place, item in enumerate(items):
        if wanted.kind not in (MediaKind.ANYTHING, item.kind) and not (
            wanted.kind is MediaKind.GENRE and item.kind is MediaKind.PLAYLIST
        ):
            continue
        if (score := _fit(item, wanted)) >= CLOSE_ENOUGH:
            # A library gives the best known first.
            scored.append((score + _heard(worth(item)), -place, item))
    if not scored:
        return None
    score, _, best = max(scored, key=lambda entry: entry[:2])
    whole = Selection(
        kind=best.kind, title=best.title, artist=best.artist, items=(best,)
    )
    return score, whole


def _fit(item: Item, wanted: Wanted) -> float:
    """How well an item fits everything that was said, in percent; the worst part counts."""
    if wanted.years and item.year not in wanted.years:
        return 0.0
    score = similarity(wanted.name, item.title)
    if wanted.kind is MediaKind.ANYTHING and item.artist:
        both = similarity(wanted.name, f"{item.title} {item.artist}")
        score = max(score, min(both, PARTLY + 5))
    if wanted.artist and wanted.kind is not MediaKind.ARTIST:
        score = min(score, similarity(wanted.artist, item.artist) if item.artist else 0)
    if wanted.album and wanted.kind is MediaKind.TRACK and item.album:
        score = min(score, max(similarity(wanted.album, item.album), CLOSE_ENOUGH))
    return score


def _tracks(
    items: Sequence[Item], wanted: Wanted, worth: Worth
) -> tuple[float, Selection] | None:
    """Every track of the artist, album, genre or years that are asked for."""
    tracks = [item for item in items if item.kind is MediaKind.TRACK]
    if wanted.kind in (MediaKind.TRACK, MediaKind.RADIO) or not tracks:
        return None
    score, title, artist = 100.0, "", None
    for spoken, field in _conditions(wanted):
        fits = {
            name: similarity(spoken, name)
            for name in {getattr(track, field) for track in tracks}
            if name
        }
        if not fits or max(fits.values()) < CLOSE_ENOUGH:
            return None
        best = max(fits, key=lambda name: (fits[name], name))
        score = min(score, fits[best])
        tracks = [t for t in tracks if t and _same(getattr(t, field), best)]
        if field == "artist":
            artist = best
        elif not title:
            title = best
    if wanted.years:
        tracks = [track for track in tracks if track.year in wanted.years]
    if not tracks:
        return None
    if wanted.newest:
        tracks.sort(key=lambda track: track.year or 0, reverse=True)
    elif wanted.kind is MediaKind.ARTIST:
        tracks.sort(key=worth, reverse=True)
    elif not wanted.name or wanted.kind is MediaKind.GENRE:
        tracks.sort(key=lambda track: _chance(worth(track)), reverse=True)
    if wanted.kind is MediaKind.ARTIST and not title:
        title, artist = artist or "", None
    artists = {track.artist for track in tracks}
    if wanted.kind is MediaKind.ALBUM and len(artists) == 1:
        artist = artists.pop()
    kind = MediaKind.TRACK if len(tracks) == 1 else wanted.kind
    if kind is MediaKind.TRACK:
        title, artist = tracks[0].title, tracks[0].artist
    selection = Selection(kind=kind, title=title, artist=artist, items=tuple(tracks))
    return score, selection


def _conditions(wanted: Wanted) -> list[tuple[str, str]]:
    """What was said, and the field of a track that it is about."""
    kind = wanted.kind
    conditions = []
    if kind in (MediaKind.ALBUM, MediaKind.AUDIOBOOK, MediaKind.PODCAST):
        conditions.append((wanted.name, "album"))
    elif kind is MediaKind.ANYTHING and wanted.name:
        conditions.append((wanted.name, "artist"))
    elif kind is MediaKind.PLAYLIST:
        # A folder of files is as good as a playlist.
        conditions.append((wanted.name, "album"))
    elif wanted.album:
        conditions.append((wanted.album, "album"))
    if wanted.artist:
        conditions.append((wanted.artist, "artist"))
    if wanted.genre:
        conditions.append((wanted.genre, "genre"))
    return conditions


def _same(name: str | None, other: str) -> bool:
    return name is not None and normalized(name) == normalized(other)


def _chance(plays: float) -> float:
    """A random order in which the favorites tend to come first."""
    return math.pow(_RANDOM.random(), 1 / (1 + max(0.0, plays)))


def _heard(plays: float) -> float:
    return min(HEARD, math.log2(1 + max(0.0, plays)))
