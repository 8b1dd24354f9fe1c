"""Calls as the tokens that the specialist model writes, and back."""

import re
from collections.abc import Iterable, Sequence

from ..calls import Call, Value
from ..catalogue import Kind, Parameter, catalogue
from .number_words import plain_number
from .prompt import Prompt
from .units import split
from .vocabulary import FORMULAS, Vocabulary

MOST_SPANS = 3
"""Most separate places of the prompt that make one value: "boston" and "massachusetts" of "boston in massachusetts"."""
LEADING_ZEROS = re.compile(r"(?<![\d.])0+(?=\d)")
ARITHMETIC = re.compile(r"\d+(?:\.\d+)?|[a-z]+\(|pi|\*\*|[-+*/%().]")


def write(calls: Iterable[Call], prompt: Prompt, vocabulary: Vocabulary) -> list[int]:
    """The answer's tokens with the end token; arguments in the catalogue's order.

    Raises ValueError where an expression is not arithmetic.
    """
    tokens: list[int] = []
    for call in calls:
        tokens.append(vocabulary.functions[call.name])
        for name, parameter in catalogue()[call.name].parameters.items():
            if name in call.args:
                tokens.append(vocabulary.arguments[name])
                tokens += _write_value(parameter, call.args[name], prompt, vocabulary)
        tokens.append(vocabulary.close)
    return [*tokens, vocabulary.end]


def _write_value(parameter: Parameter, value: Value, prompt: Prompt, vocabulary: Vocabulary) -> list[int]:
    if isinstance(value, bool):
        return [vocabulary.true if value else vocabulary.false]
    if not isinstance(value, str):
        return _write_number(value, prompt, vocabulary)
    fixed = vocabulary.fixed(parameter.name, parameter.choices)
    if value in fixed:
        return [fixed[value]]
    if parameter.name == "expression":
        return _write_expression(value, prompt, vocabulary)
    words = [unit.text for unit in split(value, prompt.language)]
    spans = _spans(words, prompt)
    if spans:
        return [vocabulary.places[place] for span in spans for place in span]
    quoted: list[int] = []
    for word in words or [value.lower()]:
        quoted += [vocabulary.space] * bool(quoted) + list(vocabulary.word(word))
    return [vocabulary.quote, *quoted, vocabulary.quote]


def _write_number(value: float, prompt: Prompt, vocabulary: Vocabulary) -> list[int]:
    tokens = [vocabulary.operators["-"]] * (value < 0)
    place = _place_of_number(abs(value), prompt, ())
    if place is not None:
        return [*tokens, vocabulary.places[place]]
    return tokens + _digits(f"{plain_number(abs(value))}", vocabulary)


def _digits(text: str, vocabulary: Vocabulary) -> list[int]:
    return [vocabulary.operators["."] if c == "." else vocabulary.digits[int(c)] for c in text]


def _place_of_number(value: float, prompt: Prompt, used: Iterable[int]) -> int | None:
    """The place of the number in the prompt: the utterance's first, then the previous call's."""
    taken = set(used)
    for source in reversed(prompt.sources):
        for place in range(source.first, source.first + len(source.units)):
            if place not in taken and prompt.number(place) == value:
                return place
    return None


def _write_expression(expression: str, prompt: Prompt, vocabulary: Vocabulary) -> list[int]:
    pieces = ARITHMETIC.findall(expression.replace(" ", ""))
    if "".join(pieces) != expression.replace(" ", ""):
        raise ValueError(f"not an expression: {expression!r}")
    tokens: list[int] = []
    used: list[int] = []
    for piece in pieces:
        if piece[0].isdigit():
            place = _place_of_number(float(piece), prompt, used)
            if place is None:
                tokens += _digits(piece, vocabulary)
            else:
                used.append(place)
                tokens.append(vocabulary.places[place])
        elif piece == "pi":
            tokens.append(vocabulary.pi)
        elif piece in FORMULAS:
            tokens.append(vocabulary.formulas[piece])
        elif piece in vocabulary.operators and piece != ".":
            tokens.append(vocabulary.operators[piece])
        else:
            raise ValueError(f"not an expression: {expression!r}")
    return tokens


def _spans(words: Sequence[str], prompt: Prompt) -> list[tuple[int, int]]:
    """Where the prompt holds these words: first and last place of each run; empty where it does not."""
    spans: list[tuple[int, int]] = []
    rest = list(words)
    while rest:
        found = _longest(rest, prompt)
        if found is None or len(spans) == MOST_SPANS:
            return []
        spans.append(found)
        rest = rest[found[1] - found[0] + 1 :]
    return spans


def _longest(words: Sequence[str], prompt: Prompt) -> tuple[int, int] | None:
    """The longest beginning of `words` in one source, the utterance before the previous call."""
    best: tuple[int, int] | None = None
    for source in reversed(prompt.sources):
        texts = [unit.text for unit in source.units]
        for at in range(len(texts)):
            length = 0
            while length < len(words) and at + length < len(texts) and texts[at + length] == words[length]:
                length += 1
            if length and (best is None or length > best[1] - best[0] + 1):
                best = (source.first + at, source.first + at + length - 1)
    return best


def read(tokens: Sequence[int], prompt: Prompt, vocabulary: Vocabulary) -> tuple[Call, ...]:
    """The calls that the tokens write; raises ValueError where they do not follow the grammar."""
    calls: list[Call] = []
    name = ""
    values: dict[str, list[int]] = {}
    argument = ""
    inside_quotes = False
    for token in tokens:
        if inside_quotes or token == vocabulary.quote:
            inside_quotes ^= token == vocabulary.quote
            values[argument].append(token)
        elif token in vocabulary.function_of:
            name, values = vocabulary.function_of[token], {}
        elif token in vocabulary.argument_of:
            argument = vocabulary.argument_of[token]
            values[argument] = []
        elif token == vocabulary.close:
            parameters = catalogue()[name].parameters
            calls.append(Call(name, {k: _read_value(parameters[k], v, prompt, vocabulary) for k, v in values.items()}))
        elif token != vocabulary.end:
            values[argument].append(token)
    return tuple(calls)


def _read_value(parameter: Parameter, tokens: list[int], prompt: Prompt, vocabulary: Vocabulary) -> Value:
    if not tokens:
        raise ValueError(f"{parameter.name} has no value")
    if parameter.kind is Kind.BOOLEAN:
        return tokens[0] == vocabulary.true
    if parameter.kind in (Kind.INTEGER, Kind.NUMBER):
        return plain_number(float(_read_arithmetic(tokens, prompt, vocabulary)))
    for word, token in vocabulary.fixed(parameter.name, parameter.choices).items():
        if tokens == [token]:
            return word
    if parameter.name == "expression":
        # Digits are written one by one; "007" is no number in Python.
        return LEADING_ZEROS.sub("", _read_arithmetic(tokens, prompt, vocabulary))
    if tokens[0] == vocabulary.quote:
        return vocabulary.text(tokens[1:-1])
    places = [vocabulary.place_of[token] for token in tokens]
    return " ".join(prompt.span(first, last) for first, last in zip(places[::2], places[1::2], strict=True))


def _read_arithmetic(tokens: list[int], prompt: Prompt, vocabulary: Vocabulary) -> str:
    pieces: list[str] = []
    for token in tokens:
        if token in vocabulary.place_of:
            pieces.append(str(prompt.number(vocabulary.place_of[token])))
        elif token == vocabulary.pi:
            pieces.append("pi")
        else:
            pieces.append(
                vocabulary.digit_of.get(token) or vocabulary.operator_of.get(token) or vocabulary.formula_of[token]
            )
    return "".join(pieces)
