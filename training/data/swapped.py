"""Public rows with other words in their arguments, so that a model learns to copy and not to remember."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from wyoming_server.calls import Call, Value

from .rows import Row
from .surface import dress
from .words import Words

SWAPPED = [
    "song",
    "artist",
    "album",
    "playlist",
    "genre",
    "query",
    "service",
    "location",
    "topic",
    "source",
    "station",
    "title",
    "item",
    "name",
    "area",
]
"""Arguments whose words are exchanged; others (when, condition, sort) go with the sentence around them."""


def swap(rows: Sequence[Row], language: str, rng: random.Random) -> Iterator[Row]:
    """Rows of the language without end, each with at least one argument's words exchanged."""
    values: dict[tuple[str, str], list[str]] = defaultdict(list)
    usable = []
    for row in rows:
        if row.lang != language:
            continue
        found = [
            (call.name, name, value)
            for call in row.calls
            for name, value in call.args.items()
            if name in SWAPPED and isinstance(value, str) and _stands_once(value, row.text)
        ]
        for function, name, value in found:
            values[function, name].append(value)
        if found:
            usable.append((row, found))
    words = Words(language)
    while usable:
        row, found = rng.choice(usable)
        text = row.text
        exchanged: dict[str, str] = {}
        for function, name, value in found:
            if rng.random() < 0.8 and _stands_once(value, text):
                new = rng.choice(values[function, name])
                exchanged[value] = new
                text = re.sub(_whole(value), new.replace("\\", r"\\"), text, flags=re.IGNORECASE)
        if not exchanged:
            continue
        calls = tuple(
            Call(call.name, {k: _exchange(k, v, exchanged) for k, v in call.args.items()}) for call in row.calls
        )
        yield dress(Row("swapped", language, text, calls), words, rng)


def _exchange(name: str, value: Value, exchanged: dict[str, str]) -> Value:
    return exchanged.get(value, value) if name in SWAPPED and isinstance(value, str) else value


def _whole(value: str) -> str:
    return rf"(?<!\w){re.escape(value)}(?!\w)" if value.isascii() else re.escape(value)


def _stands_once(value: str, text: str) -> bool:
    return len(re.findall(_whole(value), text, flags=re.IGNORECASE)) == 1
