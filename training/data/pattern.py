"""What a phrase stands for: values and calls with slots in place of what was said.

The call line of a template block reads `set_volume(level={n:0-100}, area={area})`. A slot can hold several arguments at
once: `start_timer({duration})` takes hours, minutes and seconds from what {duration} drew, `in_{duration}` the same
with "in_" before their names. `{duration|seconds}` is a duration as one number; `-{slot}` is a negative number. Such a
slot may be left unsaid, `{where?}`, and then holds no arguments.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wyoming_server.calls import Call, Value, call_from_data

SLOT = re.compile(r"\{([^{}|]+)(\|seconds)?\}")
SECONDS = {"hours": 3600, "minutes": 60, "seconds": 1}

Meaning = Value | Mapping[str, Value]
"""What a slot stands for: one value, or several named arguments (a duration)."""


class PatternError(ValueError):
    """The text is no pattern of a value or a call."""


@dataclass(frozen=True)
class ValuePattern:
    """A value, perhaps with slots in it: `{area}`, `-{n:1-9}`, `"light"`, `30`, `true`, `{n:1-9} + {n:1-9.2}`."""

    text: str

    def slots(self) -> Iterator[str]:
        """The keys of the slots in it."""
        return (found[1] for found in SLOT.finditer(self.text))

    def fill(self, drawn: Mapping[str, Meaning]) -> Value:
        """The value; raises PatternError where a slot was not said."""
        negative = self.text.startswith("-{")
        alone = SLOT.fullmatch(self.text[negative:])
        if alone:
            value = _meaning(alone, drawn)
            if not negative:
                return value
            if isinstance(value, str):
                raise PatternError(f"{value!r} is no number")
            return -value
        filled = SLOT.sub(lambda found: str(_meaning(found, drawn)), self.text)
        try:
            constant = json.loads(filled)
        except ValueError:
            return filled
        if isinstance(constant, str | int | float):
            return constant
        raise PatternError(f"not a value: {filled!r}")


@dataclass(frozen=True)
class Spread:
    """All arguments that one slot holds, with a prefix to their names: `in_{duration}`."""

    prefix: str
    slot: str


@dataclass(frozen=True)
class Arguments:
    """Named arguments with slots: `level={n:0-100}, {where?}`."""

    items: tuple[tuple[str, ValuePattern] | Spread, ...]

    def slots(self) -> Iterator[str]:
        """The keys of the slots in it."""
        for item in self.items:
            if isinstance(item, Spread):
                yield item.slot
            else:
                yield from item[1].slots()

    def fill(self, drawn: Mapping[str, Meaning]) -> dict[str, Value]:
        """The arguments; raises PatternError where a slot was not said."""
        filled: dict[str, Value] = {}
        for item in self.items:
            if isinstance(item, Spread):
                meaning = drawn.get(item.slot)
                if meaning is None and item.slot.endswith("?"):  # optional, and this wording has no place for it
                    continue
                if not isinstance(meaning, Mapping):
                    raise PatternError(f"{{{item.slot}}} does not hold several arguments")
                filled |= {item.prefix + name: value for name, value in meaning.items()}
            else:
                filled[item[0]] = item[1].fill(drawn)
        return filled


@dataclass(frozen=True)
class CallPattern:
    """A call with slots: `set_volume(level={n:0-100}, area={area})`."""

    name: str
    arguments: Arguments

    def slots(self) -> Iterator[str]:
        """The keys of the slots in it."""
        return self.arguments.slots()

    def fill(self, drawn: Mapping[str, Meaning]) -> Call:
        """The call; raises PatternError where a slot was not said and CallError where the catalogue rejects it."""
        return call_from_data(self.name, self.arguments.fill(drawn))


def parse_call(text: str) -> CallPattern:
    """Read `name(argument=value, prefix_{slot})`; raises PatternError."""
    matched = re.fullmatch(r"\s*(\w+)\((.*)\)\s*", text)
    if matched is None:
        raise PatternError(f"not a call: {text!r}")
    return CallPattern(matched[1], _arguments(matched[2]))


def parse_meaning(text: str) -> ValuePattern | Arguments:
    """Read the right side of a word list: a value, or arguments such as `hours=1, minutes=30` or `in_{duration}`."""
    if re.match(r"\w+=|\w+\{", text):
        return _arguments(text)
    return ValuePattern(text.strip())


def _arguments(text: str) -> Arguments:
    items: list[tuple[str, ValuePattern] | Spread] = []
    for part in _split(text):
        if spread := re.fullmatch(r"(\w*)\{([^{}|]+)\}", part):
            items.append(Spread(spread[1], spread[2]))
            continue
        key, equals, value = part.partition("=")
        if not equals:
            raise PatternError(f"not an argument: {part!r}")
        items.append((key.strip(), ValuePattern(_constant(value.strip()))))
    return Arguments(tuple(items))


def _constant(text: str) -> str:
    return {"True": "true", "False": "false"}.get(text, text)


def _split(text: str) -> list[str]:
    """Split at commas outside quotes, brackets and braces."""
    parts = re.findall(r'(?:"[^"]*"|\{[^{}]*\}|\([^()]*\)|[^,])+', text)
    return [part.strip() for part in parts if part.strip()]


def _meaning(found: re.Match[str], drawn: Mapping[str, Meaning]) -> Value:
    meaning = drawn.get(found[1])
    if meaning is None:
        raise PatternError(f"{{{found[1]}}} is not said")
    if found[2] and isinstance(meaning, Mapping):
        return int(sum(float(meaning[unit]) * size for unit, size in SECONDS.items() if unit in meaning))
    if isinstance(meaning, Mapping):
        raise PatternError(f"{{{found[1]}}} holds several arguments")
    return meaning
