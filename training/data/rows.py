"""Training rows: an utterance and the calls that it asks for."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wyoming_server.calls import Call


@dataclass(frozen=True)
class Row:
    """One utterance with its calls, in one language, from one source."""

    source: str
    lang: str
    text: str
    calls: tuple[Call, ...]
    previous: Call | None = None

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions called, in order."""
        return tuple(call.name for call in self.calls)

    @property
    def key(self) -> tuple[str, str]:
        """What makes two rows the same question: the folded text and the previous call."""
        return fold(self.text), str(self.previous or "")

    def as_json(self) -> str:
        """The row as a line of a data file; the id follows from its content."""
        digest = hashlib.sha1(f"{self.lang}|{self.text}|{self.previous}".encode(), usedforsecurity=False).hexdigest()[
            :12
        ]
        data: dict[str, Any] = {
            "id": f"{self.source}-{digest}",
            "source": self.source,
            "lang": self.lang,
            "text": self.text,
            "calls": [call.as_dict() for call in self.calls],
        }
        if self.previous is not None:
            data["previous"] = self.previous.as_dict()
        return json.dumps(data, ensure_ascii=False)


def fold(text: str) -> str:
    """The text without case, punctuation and double spaces: what two texts are compared by."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in folded)
    return re.sub(r"\s+", " ", kept).strip()


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Write rows, one a line; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as lines:
        for row in rows:
            lines.write(row.as_json() + "\n")
            count += 1
    return count
