"""A piece of music as a player reports it, and when two reports mean the same piece."""

from dataclasses import dataclass
from enum import StrEnum
import re
import unicodedata

_EXTRAS = re.compile(
    r"[(\[](?:\d{4}\s)?(?:feat|ft|featuring|with|remaster|remastered|official|lyric|lyrics|audio)\b[^)\]]*[)\]]"
    r"|\s-\s(?:\d{4}\s)?remaster(?:ed)?\b.*$"
    r"|\s(?:feat|ft)\.?\s.*$",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[\W_]+")


class Kind(StrEnum):
    """What a record of the history counts."""

    SONG = "song"
    PLAYLIST = "playlist"


@dataclass(frozen=True, slots=True)
class Track:
    """What plays: duration in seconds, None where the player does not say (radio)."""

    title: str
    artist: str | None = None
    album: str | None = None
    media_id: str | None = None
    duration: float | None = None
    platform: str | None = None
    """The integration whose players understand `media_id`."""
    kind: Kind = Kind.SONG

    @property
    def key(self) -> str:
        """The same for the same piece, however it is written and wherever the file lies."""
        by = normalized(self.artist or self.album or "")
        title = normalized(self.title) or self.title
        return (
            f"{title}|{by}" if self.kind is Kind.SONG else f"{self.kind}:{title}|{by}"
        )


def normalized(text: str) -> str:
    """Lower case without accents, punctuation, guests and remasters: "Café (feat. X)" -> "cafe"."""
    plain = unicodedata.normalize("NFKD", _EXTRAS.sub("", text).casefold())
    plain = "".join(c for c in plain if not _is_latin_accent(c))
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", plain)).strip()


def _is_latin_accent(character: str) -> bool:
    """Combining marks of Latin letters; the marks of kana must stay, they make another sound."""
    return "\u0300" <= character <= "\u036f"
