"""What a call asks to be played."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
import re
from typing import Any, Final, Self

from ..speech import words

_YEAR = re.compile(r"(?<!\d)(?P<year>1[89]\d\d|20\d\d)(?P<more>\D.*)?$")
_DECADE = re.compile(r"(?<!\d)(?P<decade>\d0)(?!\d)")


class MediaKind(StrEnum):
    """What can be asked for."""

    TRACK = "track"
    ALBUM = "album"
    PLAYLIST = "playlist"
    ARTIST = "artist"
    GENRE = "genre"
    RADIO = "radio"
    PODCAST = "podcast"
    AUDIOBOOK = "audiobook"
    ANYTHING = "anything"
    """Words that may be the name of any of them, or nothing at all."""


_MIXED_UP: Final = frozenset(
    {
        MediaKind.TRACK,
        MediaKind.ALBUM,
        MediaKind.PLAYLIST,
        MediaKind.ARTIST,
        MediaKind.GENRE,
    }
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a call asks for: the kind, its name, and what narrows it down."""

    kind: MediaKind = MediaKind.ANYTHING
    name: str = ""
    artist: str | None = None
    album: str | None = None
    genre: str | None = None
    years: range | None = None
    service: str | None = None
    newest: bool = False

    @classmethod
    def of(cls, args: Mapping[str, Any], language: str) -> Self:
        """Read the arguments of `play_music` or `add_to_queue`."""
        kinds = {
            "song": MediaKind.TRACK,
            "album": MediaKind.ALBUM,
            "playlist": MediaKind.PLAYLIST,
            "query": MediaKind.ANYTHING,
            "artist": MediaKind.ARTIST,
            "genre": MediaKind.GENRE,
        }
        said = next((name for name in kinds if args.get(name)), None)
        sort = str(args.get("sort", "")).casefold()
        return cls(
            kind=kinds[said] if said else MediaKind.ANYTHING,
            name=args[said] if said else "",
            artist=args.get("artist"),
            album=args.get("album"),
            genre=args.get("genre"),
            years=years_of(args["year"], language) if args.get("year") else None,
            service=args.get("service"),
            newest=any(word in sort for word in words(language, "media.words_newest")),
        )

    @property
    def nothing(self) -> bool:
        """Return whether no music in particular is asked for."""
        return not self.name and self.years is None

    @property
    def loosely(self) -> Self | None:
        """Return the same name as that of anything: people say a song where a band is meant.

        None where nothing was named, or what can only be what it is called.
        """
        if self.kind not in _MIXED_UP or not self.name:
            return None
        artist = self.artist if self.artist != self.name else None
        genre = self.genre if self.genre != self.name else None
        return replace(self, kind=MediaKind.ANYTHING, artist=artist, genre=genre)

    @property
    def search_text(self) -> str:
        """Return what one would type into a search box."""
        parts = (self.name, self.artist, self.album)
        return " ".join(dict.fromkeys(part for part in parts if part))


def years_of(spoken: str, language: str) -> range | None:
    """Return the years of "1984", "the eighties", "90s"; None where it is neither."""
    spoken = spoken.casefold()
    if found := _YEAR.search(spoken):
        year = int(found["year"])
        decade = bool(found["more"]) and year % 10 == 0
        return range(year, year + (10 if decade else 1))
    if found := _DECADE.search(spoken):
        return _decade(int(found["decade"]))
    # "soixante" is a part of "soixante-dix": the longest one is meant.
    said = [
        (len(form), number)
        for number, forms in enumerate(words(language, "media.decades"))
        for form in forms.split("/")
        if form in spoken
    ]
    if not said:
        return None
    _, number = max(said)
    return _decade(20 + 10 * number if number < 8 else 0)


def _decade(number: int) -> range:
    """The ten years that begin with a year of two digits: 80 is 1980, 10 is 2010."""
    first = 1900 + number if number >= 30 else 2000 + number
    return range(first, first + 10)
