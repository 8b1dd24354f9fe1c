"""The specialist model's tokens: byte-pair tokens for words, and one special token for each piece of structure.

    <|en|> <0> turn <1> off <2> the <3> kitchen <4> lights <|answer|>      the prompt
    turn_off( area= <3><3> domain= "light" )                               the answer, `<|end|>` after the last call

A string argument is a pair of place tokens (the first and the last unit of the value in the prompt), several such
pairs, one token for a fixed word, or, where the words are not in the prompt, byte-pair tokens between quotes.
"""

from collections.abc import Mapping
from functools import cached_property

from tokenizers import Tokenizer

from ..catalogue import Kind, catalogue

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "da", "ja", "zh")
OTHER_LANGUAGE = "other"
PLACES = 64
"""Most units of one prompt that can be pointed at; what is said after them is not read."""

LONGEST_WORD = 40
"""Characters of a unit that are read."""

PAD, END, PREVIOUS, ANSWER = "<|pad|>", "<|end|>", "<|previous|>", "<|answer|>"
CLOSE, QUOTE, TRUE, FALSE = ")\n", '"', "True", "False"
SPACE = "<|space|>"
"""Between words inside quotes."""
OPERATORS = ("+", "-", "*", "/", "**", "%", "(", ")", ".")
FORMULAS = ("sqrt(", "abs(", "round(", "floor(", "ceil(", "log(", "ln(", "sin(", "cos(", "tan(", "factorial(")
PI = "<|pi|>"

_UNITS = (
    # lengths
    *("millimeter", "centimeter", "meter", "kilometer", "inch", "foot", "yard", "mile", "nautical mile"),
    # masses
    *("milligram", "gram", "kilogram", "ton", "ounce", "pound", "stone"),
    # volumes
    *("milliliter", "centiliter", "deciliter", "liter", "teaspoon", "tablespoon", "cup", "pint", "quart", "gallon"),
    "fluid ounce",
    # temperatures
    *("celsius", "fahrenheit", "kelvin"),
    # times
    *("second", "minute", "hour", "day", "week", "month", "year"),
    # areas
    *("square meter", "square foot", "square_meter", "square_foot", "hectare", "acre"),
    # money
    *("dollar", "euro", "yen", "franc"),
    # information
    *("kilobyte", "megabyte", "gigabyte", "terabyte"),
    # energies, powers, pressures, angles, speeds
    *("joule", "calorie", "kilocalorie", "kilojoule", "watt", "kilowatt", "horsepower", "bar", "pascal", "psi"),
    *("degree", "radian", "knot", "kilometer per hour", "mile per hour", "meter per second"),
)
FIXED: Mapping[str, tuple[str, ...]] = {
    "domain": (
        *("light", "fan", "switch", "cover", "lock", "media_player", "vacuum", "climate", "lawn_mower", "humidifier"),
        *("valve", "sensor", "binary_sensor", "camera", "input_boolean", "scene", "script", "water_heater"),
        *("alarm_control_panel", "person", "siren", "button"),
    ),
    "device_class": (
        *("garage", "blind", "curtain", "window", "door", "shade", "shutter", "awning", "gate", "damper", "outlet"),
        *("tv", "speaker", "receiver", "battery", "temperature", "humidity", "motion", "moisture", "smoke", "gas"),
        *("power", "energy"),
    ),
    "kind": ("songs", "song", "artist", "album", "playlist", "genre"),
    "from_unit": _UNITS,
    "to_unit": _UNITS,
}
"""Words of the catalogue's own that an argument mostly holds, a token each; other words are still possible."""


def structure() -> list[str]:
    """Every special token, in the order of their ids."""
    tokens = [PAD, END, PREVIOUS, ANSWER, CLOSE, QUOTE, TRUE, FALSE, SPACE, PI]
    tokens += [language_token(language) for language in (*LANGUAGES, OTHER_LANGUAGE)]
    tokens += [place_token(place) for place in range(PLACES)]
    tokens += [*OPERATORS, *FORMULAS]
    tokens += [f"{name}(" for name in catalogue() if f"{name}(" not in FORMULAS]
    parameters = [p for function in catalogue().values() for p in function.parameters.values()]
    tokens += dict.fromkeys(f"{p.name}=" for p in parameters)
    words = [word for p in parameters for word in (p.choices if p.kind is Kind.CHOICE else FIXED.get(p.name, ()))]
    tokens += dict.fromkeys(fixed_token(word) for word in words)
    return tokens


def language_token(language: str) -> str:
    """The token that opens a prompt in this language."""
    return f"<|{language}|>"


def place_token(place: int) -> str:
    """The token before the prompt's unit number `place`, counted from 0."""
    return f"<{place}>"


def fixed_token(word: str) -> str:
    """The token of a fixed word."""
    return f'"{word}"'


class Vocabulary:
    """Tokens and their ids, for one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self._words: dict[str, tuple[int, ...]] = {}
        self.size = tokenizer.get_vocab_size(with_added_tokens=True)
        known = tokenizer.get_vocab(with_added_tokens=True)
        self.languages = tuple(language for language in LANGUAGES if language_token(language) in known)
        self.pad, self.end, self.previous, self.answer = map(self.id, (PAD, END, PREVIOUS, ANSWER))
        self.close, self.quote, self.true, self.false = map(self.id, (CLOSE, QUOTE, TRUE, FALSE))
        self.space, self.pi = self.id(SPACE), self.id(PI)
        self.places = tuple(self.id(place_token(place)) for place in range(PLACES))
        self.place_of = {token: place for place, token in enumerate(self.places)}
        self.functions = {name: self.id(f"{name}(") for name in catalogue()}
        self.function_of = {token: name for name, token in self.functions.items()}
        names = {name for function in catalogue().values() for name in function.parameters}
        self.arguments = {name: self.id(f"{name}=") for name in sorted(names)}
        self.argument_of = {token: name for name, token in self.arguments.items()}
        self.operators = {operator: self.id(operator) for operator in OPERATORS}
        self.operator_of = {token: operator for operator, token in self.operators.items()}
        self.formulas = {formula: self.id(formula) for formula in FORMULAS}
        self.formula_of = {token: formula for formula, token in self.formulas.items()}
        self.digits = tuple(self.id(digit) for digit in "0123456789")
        self.digit_of = {token: str(digit) for digit, token in enumerate(self.digits)}

    @classmethod
    def from_json(cls, text: str) -> "Vocabulary":
        """Read a Hugging Face tokenizer file's text."""
        return cls(Tokenizer.from_str(text))

    def id(self, token: str) -> int:
        """The id of a token; raises ValueError where the tokenizer was made for another catalogue."""
        found = self.tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the model does not know {token!r}: it was trained for another catalogue")
        return found

    def language(self, language: str) -> int:
        """The language's token; one for all languages that the model was not trained on."""
        return self.id(language_token(language if language in self.languages else OTHER_LANGUAGE))

    def fixed(self, argument: str, choices: tuple[str, ...] = ()) -> dict[str, int]:
        """The fixed words of an argument, with their tokens."""
        return {word: self.id(fixed_token(word)) for word in choices or FIXED.get(argument, ())}

    def word(self, text: str) -> tuple[int, ...]:
        """The byte-pair tokens of one unit's text; what is no word any more is cut."""
        text = text[:LONGEST_WORD]
        found = self._words.get(text)
        if found is None:
            if len(self._words) > 20_000:
                self._words.clear()
            found = tuple(self.tokenizer.encode(text, add_special_tokens=False).ids)
            self._words[text] = found
        return found

    def text(self, tokens: list[int]) -> str:
        """The words that byte-pair tokens and spaces write."""
        words: list[list[int]] = [[]]
        for token in tokens:
            if token == self.space:
                words.append([])
            else:
                words[-1].append(token)
        return " ".join(filter(None, (self.tokenizer.decode(word) for word in words)))

    @cached_property
    def text_list(self) -> list[int]:
        """Every byte-pair token."""
        special = {self.tokenizer.token_to_id(token) for token in structure()}
        return sorted(set(self.tokenizer.get_vocab(with_added_tokens=True).values()) - special)
