"""Rows from the sentence templates of Home Assistant's own intents (package `home-assistant-intents`, CC BY 4.0)."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import home_assistant_intents
from hassil.expression import Alternative, Expression, ListReference, Permutation, RuleReference, Sequence, TextChunk
from hassil.parse_expression import parse_sentence

from wyoming_server.calls import CallError, Value

from .numbers import say
from .phrase import Slot
from .rows import Row
from .standard_calls import call_for, lists_for
from .surface import UNSPACED, dress
from .words import Words

PACKAGE_CODES = {"zh": "zh-CN"}


class UnusableError(Exception):
    """A draw that has no call of ours, or words that no list of ours holds."""


@dataclass
class _Draw:
    """One sentence being drawn."""

    slots: dict[str, Value] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)
    """The words that stand for a slot whose value differs from them, such as "shut" for "closed"."""


@dataclass(frozen=True)
class Block:
    """Sentences of one intent that fill the same slots."""

    intent: str
    sentences: tuple[str, ...]
    slots: dict[str, str]
    """Slots that are always filled, e.g. the domain."""
    domains: tuple[str, ...]
    """Domains that a name may have."""
    combination: str


@cache
def _language(language: str) -> dict[str, Any]:
    code = PACKAGE_CODES.get(language, language)
    path = Path(home_assistant_intents.__file__).parent / "data" / f"{code}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def _parsed(sentence: str) -> Expression:
    return parse_sentence(sentence).expression


def blocks(language: str) -> list[Block]:
    """Every block of a language."""
    found = []
    for intent, data in _language(language)["intents"].items():
        for block in data["data"]:
            domains = block.get("requires_context", {}).get("domain", [])
            found.append(
                Block(
                    intent,
                    tuple(block["sentences"]),
                    {name: str(value) for name, value in block.get("slots", {}).items()},
                    tuple([domains] if isinstance(domains, str) else domains),
                    block.get("metadata", {}).get("slot_combination", ""),
                )
            )
    return found


def standard_rows(language: str, rng: random.Random) -> Iterator[Row]:
    """Rows without end; every intent comes about as often as its blocks are many, the large ones damped."""
    words = Words(language)
    usable: dict[str, list[Block]] = {}
    for block in blocks(language):
        usable.setdefault(block.intent, []).append(block)
    names = [*usable]
    weights = [len(usable[name]) ** 0.5 for name in names]
    failures = 0
    while failures < 20_000:
        block = rng.choice(usable[rng.choices(names, weights)[0]])
        row = _row(block, language, words, rng)
        if row is None:
            failures += 1
            continue
        failures = 0
        yield row


def _row(block: Block, language: str, words: Words, rng: random.Random) -> Row | None:
    draw = _Draw()
    domain = rng.choice(block.domains) if block.domains else ""
    try:
        text = _say(_parsed(rng.choice(block.sentences)), draw, domain, language, words, rng)
        text = re.sub(r"\s+", " ", text).strip()
        call = call_for(block.intent, {**block.slots, **draw.slots}, draw.spoken, domain)
    except (UnusableError, CallError):
        return None
    if call is None or not text or block.combination == "domain_all":
        return None
    if language in UNSPACED:
        text = text.replace(" ", "")
    return dress(Row("ha-templates", language, text, (call,)), words, rng)


def _say(part: Expression, draw: _Draw, domain: str, language: str, words: Words, rng: random.Random) -> str:
    """The words of an expression; what lists held is left in `draw`."""

    def say_part(inner: Expression) -> str:
        return _say(inner, draw, domain, language, words, rng)

    match part:
        case TextChunk():
            return part.original_text
        case Alternative():
            return say_part(rng.choice(part.items))
        case Permutation():
            return " ".join(say_part(item) for item in rng.sample(part.items, len(part.items)))
        case Sequence():
            return "".join(map(say_part, part.items))
        case RuleReference():
            return say_part(_parsed(_language(language)["expansion_rules"][part.rule_name]))
        case ListReference():
            return _from_list(part, draw, domain, language, words, rng)
    raise UnusableError


def _from_list(
    reference: ListReference, draw: _Draw, domain: str, language: str, words: Words, rng: random.Random
) -> str:
    """Words of a list: a range, the package's own values, or our word lists where any words can stand."""
    name, slot = reference.list_name, reference.slot_name
    known = _language(language)["lists"].get(name, {})
    if "range" in known:
        bounds = known["range"]
        steps = (bounds["to"] - bounds["from"]) // bounds.get("step", 1)
        number = bounds["from"] + bounds.get("step", 1) * rng.randint(0, steps)
        draw.slots[slot] = number * bounds.get("multiplier", 1)
        return say(number, language, rng)
    if "values" in known:
        value = rng.choice(known["values"])
        value = value if isinstance(value, dict) else {"in": value, "out": value}
        spoken = _say(_parsed(value["in"]), draw, domain, language, words, rng)
        draw.slots[slot], draw.spoken[slot] = value["out"], spoken
        return spoken
    for candidate in lists_for(name, domain):
        if candidate in words.lists:
            drawn = words.draw(Slot(candidate), rng)
            meaning = drawn.meaning
            # A list may hold "on the first floor = floor=first"; only its bare words fit into these sentences.
            if isinstance(meaning, str | int | float) and str(meaning) == drawn.spoken:
                draw.slots[slot] = meaning
                return drawn.spoken
    raise UnusableError
