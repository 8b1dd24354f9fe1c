"""Rows of public data sets, as they are: what is due, and what no function does."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wyoming_server.calls import NOTHING, Call, call_from_data

from .public_labels import extra_label
from .rows import Row


def read_public(folder: Path, languages: set[str]) -> Iterator[Row]:
    """Every row of the folder's data files that is labelled, or that a rule can label."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for data in map(json.loads, lines):
                if data["lang"] in languages and (calls := label(data)) is not None:
                    yield Row(data["source"], data["lang"], data["text"], calls)


def label(data: dict[str, Any]) -> tuple[Call, ...] | None:
    """The calls that are due; None where they cannot be told."""
    match data["scope"]:
        case "in":
            return tuple(call_from_data(call["name"], call["args"]) for call in data["calls"])
        case "oos":
            return NOTHING
    return extra_label(data)
