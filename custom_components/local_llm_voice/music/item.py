"""Something that can be played."""

from dataclasses import dataclass

from .wanted import MediaKind


@dataclass(frozen=True, kw_only=True)
class Item:
    """A track, or something that stands for many: an album, a playlist, a station."""

    kind: MediaKind
    title: str
    content_id: str
    content_type: str
    """Id and type as the player's `play_media` takes them."""

    artist: str | None = None
    album: str | None = None
    genre: str | None = None
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What is to be played, in order, and how it is called as a whole."""

    kind: MediaKind
    title: str
    items: tuple[Item, ...]
    artist: str | None = None
