"""From the bytes of an RSS or Atom feed to stories in plain text."""

from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
import hashlib
from html.parser import HTMLParser
from io import BytesIO
import re
from typing import Any, Final, override

import feedparser  # type: ignore[import-untyped]

MOST_STORIES: Final = 60
"""Of one feed."""

LONGEST_TITLE: Final = 200
LONGEST_SUMMARY: Final = 600
"""Characters; a good half minute of speech."""

_SILENT: Final = frozenset({"script", "style"})


class ReadError(Exception):
    """The bytes are no feed with stories."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """One story of a feed; all of its text comes from outside."""

    id: str
    title: str
    summary: str
    source: str
    """The name of the feed."""

    host: str = ""

    topics: str
    published: datetime | None


def read(content: bytes, content_type: str) -> list[Story]:
    """Return the stories of a feed in its own order; raises ReadError if there are none.

    Blocks for as long as it takes to parse.
    """
    # As a stream: feedparser would open bytes that are the name of a file.
    parsed = feedparser.parse(
        BytesIO(content),
        response_headers={"content-type": content_type},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    source = plain(str(parsed.feed.get("title") or ""))[:LONGEST_TITLE]
    stories = list(_stories(parsed.entries[:MOST_STORIES], source))
    if not stories:
        raise ReadError("it has no stories")
    return stories


def plain(text: str) -> str:
    """Return text without markup, on one line."""
    parser = _Text()
    parser.feed(text)
    parser.close()
    return re.sub(r"\s+", " ", "".join(parser.parts)).strip()


def _stories(entries: list[Any], source: str) -> Iterator[Story]:
    seen: set[str] = set()
    for entry in entries:
        title = plain(str(entry.get("title") or ""))[:LONGEST_TITLE]
        if not title or title in seen:
            continue
        seen.add(title)
        key = f"{source}\n{entry.get('id') or entry.get('link') or title}"
        summary = plain(str(entry.get("summary") or ""))
        yield Story(
            id=hashlib.sha256(key.encode()).hexdigest()[:16],
            title=title,
            summary="" if summary == title else _shortened(summary),
            source=source,
            topics=" ".join(
                plain(str(tag.get("term") or "")) for tag in entry.get("tags") or ()
            )[:LONGEST_TITLE],
            published=_moment(entry),
        )


def from_host(stories: list[Story], host: str) -> list[Story]:
    """Return the stories of a feed with the host it came from, its name where it has none."""
    return [replace(s, host=host, source=s.source or host) for s in stories]


def _moment(entry: Any) -> datetime | None:
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except OverflowError, ValueError:
        return None


def _shortened(text: str) -> str:
    """As many whole sentences as are not too long."""
    if len(text) <= LONGEST_SUMMARY:
        return text
    cut = text[:LONGEST_SUMMARY]
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s)|[。！？]", cut)]
    return cut[: ends[-1]] if ends else cut.rsplit(" ", 1)[0] + " …"


class _Text(HTMLParser):
    """Keeps what is read, drops tags, scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        self.parts.append(" ")

    @override
    def handle_endtag(self, tag: str) -> None:
        self._silent = max(self._silent - (tag in _SILENT), 0)

    @override
    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
