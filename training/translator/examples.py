"""Rows of training data as token lists that are cheap to vary and to batch."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wyoming_server.calls import NOTHING, Call, CallError, call_from_data
from wyoming_server.catalogue import Kind, Parameter, catalogue
from wyoming_server.translation.answer import write
from wyoming_server.translation.prompt import Prompt, build
from wyoming_server.translation.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Span:
    """Units `first` to `last` of an example that are the value of an argument."""

    first: int
    last: int
    pool: tuple[int, int, int]
    """Language, function and argument, as tokens."""
    is_number: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One row.

    Tokens stand as themselves; in `prompt`, unit k is -1 - k; in `answer`, -1 - 2k is the place of unit k as the first
    of a value (or as a number), -2 - 2k as the last.
    """

    language: int
    prompt: tuple[int, ...]
    units: tuple[tuple[int, ...], ...]
    """The byte-pair tokens of each unit."""
    answer: tuple[int, ...]
    spans: tuple[Span, ...]
    """Values that other values may take the place of: no two of them overlap."""
    source: str
    """Where the row came from."""


def read_rows(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The rows of JSON lines files."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def calls_of(row: dict[str, Any]) -> tuple[Call, ...]:
    """The calls that are due on a row; raises CallError."""
    return tuple(call_from_data(c["name"], c["args"]) for c in row["calls"] or ()) or NOTHING


def previous_of(row: dict[str, Any]) -> Call | None:
    """The call before a row's utterance, where it follows up on one; raises CallError."""
    previous = row.get("previous")
    return call_from_data(previous["name"], previous["args"]) if previous else None


def example(row: dict[str, Any], vocabulary: Vocabulary) -> Example | None:
    """The row's example; None where its calls cannot be written, or its words do not fit the prompt."""
    try:
        calls = calls_of(row)
        prompt = build(row["text"], row["lang"], previous_of(row), vocabulary)
        answer = write(calls, prompt, vocabulary)
    except (CallError, ValueError):
        return None
    counter = iter(range(prompt.places))
    units = tuple(vocabulary.word(piece.unit.text) for piece in prompt.pieces if piece.unit is not None)
    return Example(
        language=vocabulary.language(row["lang"]),
        prompt=tuple(-1 - next(counter) if piece.token is None else piece.token for piece in prompt.pieces),
        units=units,
        answer=tuple(_unplaced(answer, vocabulary)),
        spans=tuple(_spans(answer, prompt, vocabulary)),
        source=row.get("source", ""),
    )


def _unplaced(answer: list[int], vocabulary: Vocabulary) -> Iterator[int]:
    """The answer with units instead of place tokens."""
    numeric = {
        vocabulary.arguments[p.name]
        for f in catalogue().values()
        for p in f.parameters.values()
        if _points_at_numbers(p)
    }
    pairs, is_last = True, False
    for token in answer:
        if token in vocabulary.place_of:
            yield -1 - 2 * vocabulary.place_of[token] - (pairs and is_last)
            is_last = not is_last
            continue
        if token in vocabulary.argument_of:
            pairs, is_last = token not in numeric, False
        yield token


def _points_at_numbers(parameter: Parameter) -> bool:
    return parameter.kind in (Kind.INTEGER, Kind.NUMBER) or parameter.name == "expression"


def _spans(answer: list[int], prompt: Prompt, vocabulary: Vocabulary) -> Iterator[Span]:
    """The answer's values that point at the prompt, those left out that overlap or are made of several runs."""
    language = vocabulary.language(prompt.language)
    found: list[list[tuple[int, int, tuple[int, int, int], bool]]] = []
    function = argument = 0
    arithmetic = {vocabulary.arguments["expression"]}
    for token in answer:
        if token in vocabulary.function_of:
            function = token
        elif token in vocabulary.argument_of:
            argument = token
            found.append([])
        elif token in vocabulary.place_of:
            place = vocabulary.place_of[token]
            found[-1].append((place, place, (language, function, argument), argument in arithmetic))
    spans: list[Span] = []
    for places in found:
        if len(places) == 2 and not places[0][3]:
            spans.append(Span(places[0][0], places[1][0], places[0][2], is_number=False))
        elif places and (len(places) == 1 or places[0][3]):
            spans += [Span(place, place, pool, is_number=True) for place, _, pool, _ in places]
    pointed = [place for places in found for place, *_ in places]
    for span in spans:
        inside = sum(span.first <= place <= span.last for place in pointed)
        if inside == (1 if span.is_number else 2):
            yield span
