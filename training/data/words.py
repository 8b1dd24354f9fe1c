"""Word lists, and what is drawn from them.

A list is a file `<slot>.txt` of a language or of all languages, one entry a line: the words, or `words = value` where
they differ. Entries are phrases: they can hold alternatives and slots. A first line `# open` says that any other words
could stand there as well (songs, people, items); then some draws are words that no list holds.
"""

import random
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from . import generated
from .open_words import vary
from .pattern import Arguments, Meaning, PatternError, ValuePattern, parse_meaning
from .phrase import Phrase, PhraseError, Slot, parse_phrase

TEMPLATES = Path(__file__).parents[1] / "templates"
OPEN_SHARE = 0.15
"""Share of draws from an open list that are words of no list."""
UNSAID_SHARE = 0.7
"""Share of draws for which an optional slot is left unsaid."""


@dataclass(frozen=True)
class Drawn:
    """What was drawn for a slot: how it is said, and what it stands for."""

    spoken: str
    meaning: Meaning


@dataclass(frozen=True)
class Entry:
    """One line of a word list."""

    phrase: Phrase
    meaning: ValuePattern | Arguments | None


@dataclass(frozen=True)
class WordList:
    """The entries of one slot."""

    entries: tuple[Entry, ...]
    is_open: bool

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The entries that are nothing but words, as material for words of no list."""
        return tuple(e.phrase.say(random.Random(0), _no_slot) for e in self.entries if not [*e.phrase.slots()])


def _no_slot(slot: Slot) -> str:
    raise AssertionError(slot)


class Words:
    """Every list of one language, the shared ones included."""

    def __init__(self, language: str, folder: Path = TEMPLATES) -> None:
        self.language = language
        self.lists: dict[str, WordList] = {}
        for place in (folder / "words", folder / language / "words"):
            for path in sorted(place.glob("*.txt")):
                self.lists[path.stem] = read_list(path)

    def knows(self, key: str) -> bool:
        """Whether there is such a slot."""
        source = Slot(key).source
        return source in self.lists or generated.knows(source)

    def draw(self, slot: Slot, rng: random.Random) -> Drawn:
        """Draw words for a slot; raises PatternError where there is no such slot."""
        source = slot.source
        if slot.is_optional and rng.random() < UNSAID_SHARE:
            return Drawn("", {})
        if source not in self.lists:
            if not generated.knows(source):
                raise PatternError(f"there is no slot {{{source}}}")
            spoken, value = generated.draw(source, self.language, rng)
            return Drawn(spoken, value)
        words = self.lists[source]
        if words.is_open and rng.random() < OPEN_SHARE:
            spoken = vary(words.plain, self.language, rng)
            return Drawn(spoken, spoken)
        entry = rng.choice(words.entries)
        inner: dict[str, Drawn] = {}
        spoken = say(entry.phrase, rng, self, inner)
        if entry.meaning is None:
            return Drawn(spoken, spoken)
        meanings = {key: drawn.meaning for key, drawn in inner.items()}
        return Drawn(spoken, entry.meaning.fill(meanings))


def say(phrase: Phrase, rng: random.Random, words: Words, drawn: dict[str, Drawn]) -> str:
    """One wording of a phrase; what its slots drew is left in `drawn`, and a slot said twice is the same words."""

    def draw(slot: Slot) -> str:
        if slot.key not in drawn:
            taken = {d.spoken for key, d in drawn.items() if Slot(key).source == slot.source}
            for _ in range(20):
                drawn[slot.key] = words.draw(slot, rng)
                if drawn[slot.key].spoken not in taken:
                    break
        return drawn[slot.key].spoken

    said = re.sub(r"\s+", " ", phrase.say(rng, draw)).strip()
    return re.sub(r" '(?=(?:d|ll|m|re|s|ve)\b)", "'", said)


def read_list(path: Path) -> WordList:
    """Read a word list; raises PhraseError with the place of the error."""
    entries: list[Entry] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        text = line.split(" # ")[0].strip()
        if not text or text.startswith("#"):
            continue
        spoken, equals, value = text.partition(" = ")
        try:
            entries.append(Entry(parse_phrase(spoken.strip()), parse_meaning(value) if equals else None))
        except (PhraseError, PatternError) as error:
            raise PhraseError(f"{path}:{number}: {error}") from error
    if not entries:
        raise PhraseError(f"{path}: no entries")
    return WordList(tuple(entries), is_open=bool(lines) and lines[0].strip() == "# open")
