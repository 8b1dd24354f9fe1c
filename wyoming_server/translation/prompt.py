"""A request as the tokens that the specialist model reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..calls import Call
from ..catalogue import Kind, catalogue
from .units import Unit, split
from .vocabulary import FIXED, PLACES, Vocabulary

SHORTEST_UTTERANCE = PLACES // 2
"""Places kept for the utterance, whatever the previous call holds."""


@dataclass(frozen=True)
class Source:
    """One text that the answer may point into; its units have the places `first`, `first + 1`, ..."""

    text: str
    units: tuple[Unit, ...]
    first: int


@dataclass(frozen=True)
class Piece:
    """A part of the prompt: a token of structure, or a unit with its place."""

    token: int | None = None
    unit: Unit | None = None


@dataclass(frozen=True)
class Prompt:
    """What the model reads, and what its places mean."""

    language: str
    pieces: tuple[Piece, ...]
    sources: tuple[Source, ...]
    """The utterance last, before it the strings and numbers of the previous call."""

    @property
    def places(self) -> int:
        """How many units can be pointed at."""
        return self.sources[-1].first + len(self.sources[-1].units)

    def tokens(self, vocabulary: Vocabulary, most: int = 256) -> list[int]:
        """The token ids; at most about `most`: of a text without end, the rest is not read."""
        tokens: list[int] = []
        place = 0
        for piece in self.pieces:
            if piece.token is not None:
                tokens.append(piece.token)
            elif piece.unit is not None and len(tokens) < most:
                tokens.append(vocabulary.places[place])
                tokens += vocabulary.word(piece.unit.text)
                place += 1
        return tokens

    def source(self, place: int) -> Source:
        """The text that holds this place."""
        return next(s for s in self.sources if s.first <= place < s.first + len(s.units))

    def unit(self, place: int) -> Unit:
        """The unit at this place."""
        source = self.source(place)
        return source.units[place - source.first]

    def span(self, first: int, last: int) -> str:
        """The original text from one place to another of the same source."""
        source = self.source(first)
        return source.text[source.units[first - source.first].start : source.units[last - source.first].end]

    def number(self, place: int) -> int | float | None:
        """The number at this place, where there is one."""
        return self.unit(place).value


def build(text: str, language: str, previous: Call | None, vocabulary: Vocabulary) -> Prompt:
    """The prompt for an utterance after a previous call."""
    pieces = [Piece(token=vocabulary.language(language))]
    sources: list[Source] = []
    if previous is not None:
        pieces += _previous(previous, language, vocabulary, sources)
    used = sources[-1].first + len(sources[-1].units) if sources else 0
    units = tuple(split(text, language)[: PLACES - used])
    sources.append(Source(text, units, used))
    pieces += [Piece(unit=unit) for unit in units]
    pieces.append(Piece(token=vocabulary.answer))
    return Prompt(language, tuple(pieces), tuple(sources))


def _previous(call: Call, language: str, vocabulary: Vocabulary, sources: list[Source]) -> Sequence[Piece]:
    """The previous call; its strings and numbers become sources."""
    pieces = [Piece(token=vocabulary.previous), Piece(token=vocabulary.functions[call.name])]
    used = 0
    for name, parameter in catalogue()[call.name].parameters.items():
        if name not in call.args:
            continue
        value = call.args[name]
        fixed = parameter.choices if parameter.kind is Kind.CHOICE else FIXED.get(name, ())
        if isinstance(value, bool):
            pieces += [Piece(vocabulary.arguments[name]), Piece(vocabulary.true if value else vocabulary.false)]
        elif value in fixed:
            pieces += [Piece(vocabulary.arguments[name]), Piece(vocabulary.fixed(name, fixed)[str(value)])]
        else:
            source = Source(str(value), tuple(split(str(value), language)), used)
            if not source.units or used + len(source.units) > PLACES - SHORTEST_UTTERANCE:
                continue
            used += len(source.units)
            sources.append(source)
            pieces += [Piece(vocabulary.arguments[name]), *(Piece(unit=unit) for unit in source.units)]
    pieces.append(Piece(vocabulary.close))
    return pieces
