"""What the specialist model may write next: an automaton over tokens, built from the catalogue.

Every answer it lets through reads as calls of the catalogue: functions that the home offers, their arguments in order
and at most once, the required ones always, values of the right kind, strings that point into one text of the prompt.
"""

from collections.abc import Collection, Sequence
from enum import Enum, auto

from ..catalogue import MAX_CALLS, UNKNOWN, Kind, Parameter, catalogue
from .answer import MOST_SPANS
from .prompt import Prompt
from .vocabulary import Vocabulary

MOST_DIGITS = 9
MOST_QUOTED = 24
"""Most tokens between quotes."""
MOST_ARITHMETIC = 48
"""Most tokens of an expression."""
MOST_DEPTH = 6
"""Most open parentheses in an expression."""


class _At(Enum):
    """Where in the answer the next token stands."""

    FUNCTION = auto()
    ARGUMENT = auto()
    VALUE = auto()
    SPAN_END = auto()
    QUOTED = auto()
    DIGITS = auto()
    DONE = auto()


class Grammar:
    """The state of one answer: `allowed()` tells the tokens that may follow, `advance()` takes the one chosen."""

    def __init__(self, prompt: Prompt, vocabulary: Vocabulary, functions: Collection[str] | None = None) -> None:
        self._prompt = prompt
        self._vocabulary = vocabulary
        offered = catalogue() if functions is None else [name for name in catalogue() if name in functions]
        self._functions = [vocabulary.functions[name] for name in offered if name != UNKNOWN]
        self._unknown = vocabulary.functions[UNKNOWN]
        self._at = _At.FUNCTION
        self._calls = 0
        self._open: list[Parameter] = []
        self._value: list[int] = []
        self._parameter = Parameter("")
        self._depth = 0

    @property
    def done(self) -> bool:
        """Whether the answer has ended."""
        return self._at is _At.DONE

    @property
    def chooses_function(self) -> bool:
        """Whether the next token is a function, or the end of the answer."""
        return self._at is _At.FUNCTION

    def allowed(self) -> Sequence[int]:
        """The tokens that may come next, never none before the end."""
        match self._at:
            case _At.FUNCTION:
                if not self._calls:
                    return [self._unknown, *self._functions]
                return [self._vocabulary.end, *(self._functions if self._calls < MAX_CALLS else [])]
            case _At.ARGUMENT:
                return self._next_argument()
            case _At.SPAN_END:
                return self._span_ends()
            case _At.QUOTED:
                return self._quoted()
            case _At.VALUE | _At.DIGITS:
                return self._value_tokens()
            case _At.DONE:
                return []

    def advance(self, token: int) -> None:
        """Take one allowed token."""
        vocabulary = self._vocabulary
        if self._at is _At.QUOTED:
            self._value.append(token)
            if token == vocabulary.quote:
                self._at = _At.ARGUMENT
        elif token == vocabulary.end:
            self._at = _At.DONE
        elif token == vocabulary.close:
            self._calls = MAX_CALLS if self._calls < 0 else self._calls + 1
            self._at = _At.FUNCTION
        elif token in vocabulary.function_of:
            name = vocabulary.function_of[token]
            self._calls = -1 if name == UNKNOWN else self._calls  # nothing comes after unknown()
            self._open = list(catalogue()[name].parameters.values())
            self._at = _At.ARGUMENT
        elif token in vocabulary.argument_of:
            name = vocabulary.argument_of[token]
            at = next(i for i, p in enumerate(self._open) if p.name == name)
            self._parameter, self._open = self._open[at], self._open[at + 1 :]
            self._value, self._depth, self._at = [], 0, _At.VALUE
        else:
            self._advance_value(token)

    def _next_argument(self) -> list[int]:
        """The arguments not yet passed, up to the next required one; the end of the call where none is required."""
        tokens = []
        for parameter in self._open:
            tokens.append(self._vocabulary.arguments[parameter.name])
            if parameter.required:
                return tokens
        return [self._vocabulary.close, *tokens]

    def _value_tokens(self) -> list[int]:
        vocabulary, parameter = self._vocabulary, self._parameter
        if parameter.kind is Kind.BOOLEAN:
            return [vocabulary.true, vocabulary.false]
        if parameter.kind in (Kind.INTEGER, Kind.NUMBER):
            return self._number_tokens()
        if parameter.name == "expression":
            return self._expression_tokens()
        if parameter.kind is Kind.CHOICE:
            return list(vocabulary.fixed(parameter.name, parameter.choices).values())
        starts = list(vocabulary.places[: self._prompt.places])
        if self._value:  # after a span: another one, or the value ends here
            return self._next_argument() + (starts if len(self._value) < 2 * MOST_SPANS else [])
        return [vocabulary.quote, *vocabulary.fixed(parameter.name).values(), *starts]

    def _span_ends(self) -> list[int]:
        first = self._vocabulary.place_of[self._value[-1]]
        source = self._prompt.source(first)
        return list(self._vocabulary.places[first : source.first + len(source.units)])

    def _quoted(self) -> Sequence[int]:
        if len(self._value) > MOST_QUOTED:
            return [self._vocabulary.quote]
        if self._value[-1] in (self._vocabulary.quote, self._vocabulary.space):
            return self._vocabulary.text_list
        return [self._vocabulary.quote, self._vocabulary.space, *self._vocabulary.text_list]

    def _numbers(self, whole: bool) -> list[int]:
        """Places that hold a number in digits."""
        values = [(place, self._prompt.number(place)) for place in range(self._prompt.places)]
        return [self._vocabulary.places[p] for p, v in values if v is not None and (isinstance(v, int) or not whole)]

    def _number_tokens(self) -> list[int]:
        vocabulary, value = self._vocabulary, self._value
        whole = self._parameter.kind is Kind.INTEGER
        minus, point = vocabulary.operators["-"], vocabulary.operators["."]
        if not value or value == [minus]:
            return [*([] if value else [minus]), *vocabulary.digits, *self._numbers(whole)]
        if value[-1] in vocabulary.place_of:
            return self._next_argument()
        if value[-1] == point:
            return list(vocabulary.digits)
        more = list(vocabulary.digits) if len(value) < MOST_DIGITS else []
        fraction = [point] if more and not whole and point not in value else []
        return [*self._next_argument(), *more, *fraction]

    def _expression_tokens(self) -> list[int]:
        """Arithmetic: operands and operators by turns, parentheses that close."""
        vocabulary, value = self._vocabulary, self._value
        operators = vocabulary.operators
        full = len(value) >= MOST_ARITHMETIC
        last = value[-1] if value else None
        operand = last is not None and (
            last in vocabulary.digit_of or last in vocabulary.place_of or last in (vocabulary.pi, operators[")"])
        )
        if last == operators["."]:
            return list(vocabulary.digits)
        if not operand:
            opening = [operators["("], *vocabulary.formulas.values()] if self._depth < MOST_DEPTH and not full else []
            sign = [operators["-"]] if last != operators["-"] and not full else []
            return [*opening, *sign, vocabulary.pi, *vocabulary.digits, *self._numbers(whole=False)]
        ends = [operators[")"]] if self._depth else self._next_argument()
        if full:
            return ends
        binary = [operators[sign] for sign in ("+", "-", "*", "/", "**", "%")]
        digits = [*vocabulary.digits, *self._point()] if last in vocabulary.digit_of else []
        return [*ends, *binary, *digits]

    def _point(self) -> list[int]:
        """The decimal point, where the number that is being written has none yet."""
        point = self._vocabulary.operators["."]
        for token in reversed(self._value):
            if token == point:
                return []
            if token not in self._vocabulary.digit_of:
                break
        return [point]

    def _advance_value(self, token: int) -> None:
        vocabulary, parameter = self._vocabulary, self._parameter
        self._value.append(token)
        if parameter.name == "expression":
            opens = token == vocabulary.operators["("] or token in vocabulary.formula_of
            self._depth += opens - (token == vocabulary.operators[")"])
            self._at = _At.VALUE
        elif parameter.kind in (Kind.INTEGER, Kind.NUMBER):
            self._at = _At.DIGITS
        elif token == vocabulary.quote:
            self._at = _At.QUOTED
        elif parameter.kind is Kind.TEXT and token in vocabulary.place_of:
            self._at = _At.SPAN_END if len(self._value) % 2 else _At.VALUE
        else:  # a fixed word, True or False
            self._at = _At.ARGUMENT
