"""Template files: the calls, and below them what people say for them."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wyoming_server.calls import Call, CallError

from .pattern import CallPattern, PatternError, parse_call
from .phrase import Phrase, PhraseError, parse_phrase
from .words import TEMPLATES, Drawn, Words, say


class TemplateError(ValueError):
    """A template file is wrong; the message names the file, the line and the reason."""


@dataclass(frozen=True)
class Said:
    """One utterance with the calls that it asks for."""

    text: str
    calls: tuple[Call, ...]
    previous: Call | None
    parts: tuple[str, ...]
    """What the slots drew, as it stands in the text."""


@dataclass(frozen=True)
class Template:
    """One phrase with what it stands for."""

    phrase: Phrase
    calls: tuple[CallPattern, ...]
    previous: CallPattern | None
    place: str
    """File and line, e.g. "timers.txt:12"."""

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions called, in order."""
        return tuple(call.name for call in self.calls)

    def slots(self) -> set[str]:
        """Every slot that the phrase or the calls name."""
        asked = {key for call in self.calls for key in call.slots()}
        return asked | set(self.phrase.slots()) | set(self.previous.slots() if self.previous else ())

    def expand(self, words: Words, rng: random.Random) -> Said:
        """One utterance; raises TemplateError where the calls do not follow from the words.

        A slot of the previous call that is not said again is drawn all the same.
        """
        drawn: dict[str, Drawn] = {}
        try:
            text = say(self.phrase, rng, words, drawn)
            spoken = tuple(d.spoken for d in drawn.values())
            if self.previous:
                extra = " ".join(f"{{{key}}}" for key in self.previous.slots())
                say(parse_phrase(extra), rng, words, drawn)
            meanings = {key: d.meaning for key, d in drawn.items()}
            calls = tuple(call.fill(meanings) for call in self.calls)
            return Said(text, calls, self.previous.fill(meanings) if self.previous else None, spoken)
        except (PatternError, CallError) as error:
            raise TemplateError(f"{self.place}: {error}") from error


def read_templates(path: Path) -> list[Template]:
    """Read one file; raises TemplateError."""
    templates: list[Template] = []
    calls: tuple[CallPattern, ...] = ()
    previous: CallPattern | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = re.split(r"(?:^|\s)#\s", line + " ")[0].rstrip()
        if not text.strip() or text.strip() == "#":
            continue
        place = f"{path.parent.name}/{path.name}:{number}"
        reason = ""
        try:
            if not line[0].isspace():
                before, arrow, now = text.rpartition("=>")
                previous = parse_call(before) if arrow else None
                calls = _calls(now)
            elif calls:
                templates.append(Template(parse_phrase(text.strip()), calls, previous, place))
            else:
                reason = "a phrase stands before any call"
        except (PatternError, PhraseError) as error:
            raise TemplateError(f"{place}: {error}") from error
        if reason:
            raise TemplateError(f"{place}: {reason}")
    return templates


def _calls(text: str) -> tuple[CallPattern, ...]:
    """The calls of one line, split at semicolons between them."""
    return tuple(parse_call(call) for call in re.split(r"(?<=\))\s*;\s*", text.strip()))


def template_files(language: str, folder: Path = TEMPLATES) -> Sequence[Path]:
    """The template files of a language, one a skill."""
    return sorted((folder / language).glob("*.txt"))
