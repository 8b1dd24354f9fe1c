"""Phrases with alternatives, optional parts and slots: `[please] (set|start) a {timer} timer`."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

TOKEN = re.compile(r"\{[^{}]*\}|[()\[\]|]|[^(){}\[\]|]+")


class PhraseError(ValueError):
    """The text is no phrase; the message says why."""


@dataclass(frozen=True)
class Text:
    """Words that are said as they stand."""

    words: str


@dataclass(frozen=True)
class Slot:
    """A place for words of a list: `{area}`, `{area.2}` for another draw, `{n:1-59}` for a number."""

    key: str

    @property
    def source(self) -> str:
        """The list or generator to draw from: the key without the number of the draw."""
        return re.sub(r"\.\d$", "", self.key.rstrip("?"))

    @property
    def is_optional(self) -> bool:
        """Whether it may be left unsaid: `{where?}`."""
        return self.key.endswith("?")


@dataclass(frozen=True)
class Choice:
    """One of several phrases."""

    options: tuple["Phrase", ...]


@dataclass(frozen=True)
class Phrase:
    """Parts said one after the other."""

    parts: tuple[Text | Slot | Choice, ...]

    def slots(self) -> Iterator[str]:
        """The keys of all slots, in order, with repetitions."""
        for part in self.parts:
            if isinstance(part, Slot):
                yield part.key
            elif isinstance(part, Choice):
                for option in part.options:
                    yield from option.slots()

    def variants(self) -> int:
        """How many wordings there are, not counting what slots hold."""
        count = 1
        for part in self.parts:
            if isinstance(part, Choice):
                count *= sum(option.variants() for option in part.options)
        return count

    def always(self) -> set[str]:
        """The keys of the slots that stand in every wording."""
        found: set[str] = set()
        for part in self.parts:
            if isinstance(part, Slot):
                found.add(part.key)
            elif isinstance(part, Choice):
                found |= set.intersection(*(option.always() for option in part.options))
        return found

    def say(self, rng: random.Random, draw: Callable[[Slot], str]) -> str:
        """One wording: every alternative is as likely as its neighbours, slots say what `draw` returns."""
        said = []
        for part in self.parts:
            match part:
                case Text(words):
                    said.append(words)
                case Slot():
                    said.append(draw(part))
                case Choice(options):
                    said.append(rng.choice(options).say(rng, draw))
        return "".join(said)


def parse_phrase(text: str) -> Phrase:
    """Read a phrase; raises PhraseError where brackets do not match or a slot is empty."""
    tokens = TOKEN.findall(text)
    if "".join(tokens) != text:
        raise PhraseError(f"braces do not match: {text!r}")
    phrase, rest = _sequence(tokens, 0)
    if rest != len(tokens):
        raise PhraseError(f"brackets do not match, or an alternative stands outside them: {text!r}")
    return phrase


def _sequence(tokens: list[str], at: int) -> tuple[Phrase, int]:
    parts: list[Text | Slot | Choice] = []
    while at < len(tokens) and tokens[at] not in ")]|":
        piece = tokens[at]
        if piece in "([":
            part, at = _choice(tokens, at)
            parts.append(part)
            continue
        if piece.startswith("{"):
            key = piece[1:-1].strip()
            if not key:
                raise PhraseError("a slot has no name")
            parts.append(Slot(key))
        else:
            parts.append(Text(piece))
        at += 1
    return Phrase(tuple(parts)), at


def _choice(tokens: list[str], at: int) -> tuple[Choice, int]:
    opened = tokens[at]
    closing = {"(": ")", "[": "]"}[opened]
    options: list[Phrase] = []
    while True:
        option, at = _sequence(tokens, at + 1)
        options.append(option)
        if at >= len(tokens):
            raise PhraseError(f"{closing!r} is missing")
        if tokens[at] == "|":
            continue
        if tokens[at] != closing:
            raise PhraseError(f"{tokens[at]!r} where {closing!r} was expected")
        break
    if opened == "[":
        options.append(Phrase(()))
    return Choice(tuple(options)), at + 1
