"""What a phrase stands for: values and calls with slots in place of what was said.

The call line of a template block reads `set_volume(level={n:0-100}, area={area})`. A slot can hold several arguments at
once: `start_timer({duration})` takes hours, minutes and seconds from what {duration} drew, `in_{duration}` the same
with "in_" before their names. `{duration|seconds}` is a duration as one number; `-{slot}` is a negative number.
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
class CallPattern:
    """A call with slots: `set_volume(level={n:0-100}, area={area})`."""

    name: str
    arguments: tuple[tuple[str, ValuePattern] | Spread, ...]

    def slots(self) -> Iterator[str]:
        """The keys of the slots in it."""
        for argument in self.arguments:
            if isinstance(argument, Spread):
                yield argument.slot
            else:
                yield from argument[1].slots()

    def fill(self, drawn: Mapping[str, Meaning]) -> Call:
        """The call; raises PatternError where a slot was not said and CallError where the catalogue rejects it."""
        args: dict[str, Value] = {}
        for argument in self.arguments:
            if isinstance(argument, Spread):
                meaning = drawn.get(argument.slot)
                if not isinstance(meaning, Mapping):
                    raise PatternError(f"{{{argument.slot}}} does not hold several arguments")
                args |= {argument.prefix + name: value for name, value in meaning.items()}
            else:
                args[argument[0]] = argument[1].fill(drawn)
        return call_from_data(self.name, args)


def parse_call(text: str) -> CallPattern:
    """Read `name(argument=value, prefix_{slot})`; raises PatternError."""
    matched = re.fullmatch(r"\s*(\w+)\((.*)\)\s*", text)
    if matched is None:
        raise PatternError(f"not a call: {text!r}")
    name, inside = matched.groups()
    arguments: list[tuple[str, ValuePattern] | Spread] = []
    for part in _split(inside):
        if spread := re.fullmatch(r"(\w*)\{([^{}|]+)\}", part):
            arguments.append(Spread(spread[1], spread[2]))
            continue
        key, equals, value = part.partition("=")
        if not equals:
            raise PatternError(f"not an argument: {part!r}")
        arguments.append((key.strip(), ValuePattern(_constant(value.strip()))))
    return CallPattern(name, tuple(arguments))


def parse_meaning(text: str) -> ValuePattern | Mapping[str, ValuePattern]:
    """Read the right side of a word list: a value, or `hours=1, minutes=30`."""
    if re.match(r"\w+=", text):
        parts = [part.partition("=") for part in _split(text)]
        return {key.strip(): ValuePattern(_constant(value.strip())) for key, _, value in parts}
    return ValuePattern(text.strip())


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
