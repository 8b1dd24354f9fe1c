"""Training examples varied on the fly: other songs, rooms, places, numbers, so that the model learns to point."""

import random
from collections import defaultdict
from collections.abc import Sequence

from wyoming_server.translation.vocabulary import OTHER_LANGUAGE, PLACES, Vocabulary

from .examples import Example, Span

NAMES = frozenset(
    ("song", "artist", "album", "playlist", "title", "station", "query", "name", "item", "message", "location")
)
"""Arguments that hold any words; now and then they get words drawn at random."""
OPEN = NAMES | {"topic", "source", "area", "from_area", "person", "list", "genre", "service", "when", "floor", "player"}
"""Arguments whose value may change without a change of what is asked."""
NUMBERS = frozenset(
    (
        *(
            "level",
            "amount",
            "brightness",
            "position",
            "expression",
            "value",
            "temperature",
            "speed",
            "color_temperature",
        ),
        *("hours", "minutes", "seconds", "in_hours", "in_minutes", "in_seconds"),
        *("start_hours", "start_minutes", "start_seconds", "sides", "count", "low", "high"),
    )
)
"""Arguments whose number may change."""
KEEP = 0.5
"""Share of examples that stay as they are."""
RANDOM_WORDS = 0.12
OTHER_LANGUAGES_NAME = 0.15
HIDDEN_LANGUAGE = 0.08
"""Share of prompts that do not tell the language."""

Units = tuple[tuple[int, ...], ...]


class Variation:
    """Draws variants of examples from the values seen in all of them."""

    def __init__(self, examples: Sequence[Example], vocabulary: Vocabulary, seed: int = 0) -> None:
        self._vocabulary = vocabulary
        self._random = random.Random(seed)
        self._open = {vocabulary.arguments[name] for name in OPEN}
        self._names = {vocabulary.arguments[name] for name in NAMES}
        self._numbers = {vocabulary.arguments[name] for name in NUMBERS}
        self._music = {vocabulary.arguments[name] for name in ("song", "artist", "album", "playlist")}
        self._other = vocabulary.id(f"<|{OTHER_LANGUAGE}|>")
        pools: dict[tuple[int, int, int], set[Units]] = defaultdict(set)
        words: dict[int, set[tuple[int, ...]]] = defaultdict(set)
        for example in examples:
            for span in example.spans:
                if span.pool[2] in self._open and not span.is_number:
                    value = example.units[span.first : span.last + 1]
                    pools[span.pool].add(value)
                    words[example.language].update(value)
        self._pools = {pool: sorted(values) for pool, values in pools.items()}
        self._words = {language: sorted(found) for language, found in words.items()}
        self._pools_by_argument: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for pool in self._pools:
            self._pools_by_argument[pool[2]].append(pool)

    def tokens(self, example: Example, *, vary: bool = True) -> tuple[list[int], list[int]]:
        """Prompt and answer as token ids, varied or as they are."""
        draw = self._random
        values: dict[int, Units] = {}
        places = self._vocabulary.places
        if vary:
            # Places are names without order or meaning. Numbered from left to right they would tempt the model to guess
            # about where a value stands, instead of finding it and copying the name that stands there.
            places = tuple(draw.sample(places, len(places)))
            if example.spans and draw.random() > KEEP:
                values = self._values(example)
            if len(example.units) + sum(map(len, values.values())) > PLACES:
                values = {}
        prompt, answer = fill(example, values, places)
        if vary and draw.random() < HIDDEN_LANGUAGE:
            prompt[0] = self._other
        return prompt, answer

    def _values(self, example: Example) -> dict[int, Units]:
        """New values by the first unit of the span that they fill; nothing for the span's other units."""
        values: dict[int, Units] = {}
        for span in example.spans:
            value = self._value(span, example)
            if value is not None:
                values |= dict.fromkeys(range(span.first, span.last + 1), ())
                values[span.first] = value
        return values

    def _value(self, span: Span, example: Example) -> Units | None:
        """Another value for the span; None where it must stay."""
        draw, argument = self._random, span.pool[2]
        if span.is_number:
            digits = len(example.units[span.first])
            if argument not in self._numbers or digits > 6 or draw.random() < KEEP:
                return None
            number = str(draw.randint(10 ** (digits - 1), 10**digits - 1))
            return (self._vocabulary.word(number),)
        if argument not in self._open:
            return None
        if argument in self._names:
            if draw.random() < RANDOM_WORDS:
                return tuple(draw.choices(self._words[example.language], k=draw.randint(1, 4)))
            if draw.random() < OTHER_LANGUAGES_NAME and argument in self._music:
                return draw.choice(self._pools[draw.choice(self._pools_by_argument[argument])])
        return draw.choice(self._pools[span.pool])


def fill(example: Example, values: dict[int, Units], places: Sequence[int]) -> tuple[list[int], list[int]]:
    """Prompt and answer tokens of an example with `values` in place of some units."""
    prompt: list[int] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    place = 0
    for piece in example.prompt:
        if piece >= 0:
            prompt.append(piece)
            continue
        unit = -1 - piece
        starts[unit] = place
        for tokens in values.get(unit, (example.units[unit],)):
            prompt.append(places[place])
            prompt += tokens
            place += 1
        ends[unit] = place - 1
    answer = [
        token if token >= 0 else places[(ends if (-1 - token) % 2 else starts)[(-1 - token) // 2]]
        for token in example.answer
    ]
    return prompt, answer
