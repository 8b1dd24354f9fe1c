"""Rows of training data as what was said and the calls that answer it, both as text."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wyoming_server.calls import Call, CallError, render
from wyoming_server.catalogue import catalogue
from wyoming_server.translation.instruct_prompt import utterance

from ..translator.examples import calls_of, previous_of, read_rows

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Example:
    """One row."""

    said: str
    answer: str
    source: str = ""
    """Where the row came from."""


def example(row: dict[str, Any]) -> Example | None:
    """The row's example; None where its calls are not of the catalogue, or the server's grammar cannot write them."""
    try:
        answer = render(map(_ordered, calls_of(row)))
        said = utterance(row["text"], previous_of(row))
    except CallError:
        return None
    return None if "\\" in answer else Example(said, answer, row.get("source", ""))


def load(paths: Iterable[Path]) -> list[Example]:
    """The examples of some files."""
    found = [example(row) for row in read_rows(paths)]
    examples = [e for e in found if e is not None]
    if len(examples) < len(found):
        _LOG.info("%d rows cannot be written and are left out", len(found) - len(examples))
    return examples


def _ordered(call: Call) -> Call:
    """The call with its arguments in the catalogue's order: one way to write it."""
    return Call(call.name, {name: call.args[name] for name in catalogue()[call.name].parameters if name in call.args})
