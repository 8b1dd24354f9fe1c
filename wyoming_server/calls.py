"""Calls as the model writes them: one Python-looking call a line, read with `ast` and never evaluated."""

import ast
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .catalogue import MAX_CALLS, UNKNOWN, Function, Kind, Parameter, catalogue

Value = str | int | float | bool


class CallError(ValueError):
    """The text is not a call of the catalogue; the message says why in one sentence."""


@dataclass(frozen=True)
class Call:
    """One function call: `Call("turn_off", {"area": "kitchen"})`."""

    name: str
    args: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        """The call syntax: `turn_off(area="kitchen")`."""
        return f"{self.name}({', '.join(f'{k}={_literal(v)}' for k, v in self.args.items())})"

    def as_dict(self) -> dict[str, Any]:
        """The call as JSON data: `{"name": ..., "args": {...}}`."""
        return {"name": self.name, "args": dict(self.args)}


NOTHING = (Call(UNKNOWN),)
"""The answer where no action is due."""


def render(calls: Iterable[Call]) -> str:
    """The calls, one a line: the inverse of `parse`."""
    return "\n".join(map(str, calls))


def parse(text: str) -> tuple[Call, ...]:
    """Read calls, one a line.

    Raises CallError where a line is no call, names an unknown function or argument, repeats or lacks an argument, or
    holds a value of the wrong kind, and where there are no lines or more than MAX_CALLS.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if not 1 <= len(lines) <= MAX_CALLS:
        raise CallError(f"expected 1 to {MAX_CALLS} calls, got {len(lines)}")
    return tuple(map(_parse_line, lines))


def call_from_data(name: str, args: Mapping[str, Any]) -> Call:
    """A call from JSON data, checked against the catalogue; raises CallError."""
    function = catalogue().get(name)
    if function is None:
        raise CallError(f"there is no function {name!r}")
    for required in function.parameters.values():
        if required.required and required.name not in args:
            raise CallError(f"{name} needs {required.name}")
    return Call(name, {key: _checked(function, key, value) for key, value in args.items()})


def _parse_line(line: str) -> Call:
    try:
        node = ast.parse(line.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise CallError(f"not a call: {line[:80]!r}") from error
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.args:
        raise CallError(f"not a call with keyword arguments: {line[:80]!r}")
    args: dict[str, Any] = {}
    for keyword in node.keywords:
        try:
            value = ast.literal_eval(keyword.value)
        except (ValueError, TypeError, SyntaxError, RecursionError) as error:
            raise CallError(f"{keyword.arg} is not a plain value") from error
        if keyword.arg is None or keyword.arg in args:
            raise CallError(f"argument {keyword.arg!r} does not fit")
        args[keyword.arg] = value
    return call_from_data(node.func.id, args)


def _checked(function: Function, name: str, value: Any) -> Value:
    parameter = function.parameters.get(name)
    if parameter is None:
        raise CallError(f"{function.name} has no argument {name!r}")
    if not _fits(parameter, value):
        raise CallError(f"{function.name}: {name} cannot be {value!r}")
    checked: Value = value
    return checked


def _fits(parameter: Parameter, value: Any) -> bool:
    match parameter.kind:
        case Kind.BOOLEAN:
            return isinstance(value, bool)
        case Kind.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case Kind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Kind.CHOICE:
            return value in parameter.choices
        case Kind.TEXT:
            return isinstance(value, str) and bool(value.strip()) and "\n" not in value


def _literal(value: Value) -> str:
    """A value as Python source that reads the same in every script; strings in double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
