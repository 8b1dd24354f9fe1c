"""Rows to measure with: an utterance and the calls that are due."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from wyoming_server.catalogue import UNKNOWN, catalogue

PUBLIC_DEV = Path(__file__).resolve().parents[3] / "shared" / "eval" / "dev.jsonl"
"""Public sets with audited labels. They lie beside the repository, which does not contain their sentences."""

CallData = Mapping[str, Any]
"""A call as JSON data: `{"name": ..., "args": {...}}`."""

MUSIC_FUNCTIONS = frozenset(
    [
        "play_music",
        "play_favorite",
        "play_radio",
        "play_podcast",
        "play_audiobook",
        "whats_favorite",
        "add_to_queue",
        "add_to_playlist",
        "move_music",
        "join_music",
    ]
)


class Scope(Enum):
    """Whether a row is scored, and how."""

    IN = "in"
    """`calls` is due."""
    OUT = "oos"
    """No function fits: no action is due."""
    NEAR = "near"
    """A neighbouring request; not scored."""
    UNDETERMINED = "und"
    """One of our skills, with arguments that the annotation does not determine; not scored."""


@dataclass(frozen=True)
class Row:
    """One utterance with what is due."""

    id: str
    source: str
    language: str
    text: str
    scope: Scope
    calls: tuple[CallData, ...] = ()
    also: tuple[tuple[CallData, ...], ...] = ()
    """Further accepted answers."""
    previous: CallData | None = None
    """The call before, where the row is a follow-up."""
    first: bool = False
    """One of the sixty everyday commands that worked from the first version on."""
    reference: str = field(default="", compare=False)
    """Where the row was read, for messages: `smart_home.jsonl:12`."""

    @property
    def scored(self) -> bool:
        """Whether the row counts."""
        return self.scope in (Scope.IN, Scope.OUT)

    @property
    def skill(self) -> str:
        """The skill that the row counts for; empty where no action is due."""
        if self.scope is not Scope.IN:
            return ""
        return "compound" if len(self.calls) > 1 else skill_of(self.calls[0]["name"])

    @property
    def accepted(self) -> tuple[tuple[CallData, ...], ...]:
        """Every accepted answer, the best first; `()` where no action is due."""
        return (self.calls, *self.also) if self.scope is Scope.IN else ((),)

    def request(self) -> dict[str, Any]:
        """The row as a translator is asked: no label in it."""
        asked = {"id": self.id, "text": self.text, "lang": self.language}
        return asked | ({"previous": dict(self.previous)} if self.previous else {})


def skill_of(function: str) -> str:
    """The skill that a function counts for in tables: the catalogue's, with media in two and chance under talk."""
    known = catalogue().get(function)
    if known is None or function == UNKNOWN:
        return "home"
    if known.skill == "media":
        return "music" if function in MUSIC_FUNCTIONS else "media control"
    return "talk" if known.skill == "chance" else known.skill


def load_rows(paths: Iterable[Path]) -> list[Row]:
    """Every row of JSON-lines files or folders of them; raises ValueError with file and line for a row that is none."""
    rows: list[Row] = []
    for path in paths:
        for file in sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]:
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                if line.strip():
                    rows.append(_row(line, f"{file.name}:{number}"))
    return rows


def _row(line: str, reference: str) -> Row:
    try:
        data = json.loads(line)
        return Row(
            id=data["id"],
            source=data["source"],
            language=data["lang"],
            text=data["text"],
            scope=Scope(data["scope"]),
            calls=tuple(data.get("calls") or ()),
            also=tuple(tuple(calls) for calls in data.get("also", ())),
            previous=data.get("previous"),
            first=data.get("first", False),
            reference=reference,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{reference} is not a row: {error}") from error


def fingerprint(rows: Sequence[Row]) -> str:
    """A short hash of what is asked and expected; equal hashes mean that two runs can be compared row by row."""
    content = sorted((r.id, r.text, json.dumps([r.calls, r.also], sort_keys=True)) for r in rows)
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]
