"""Rows from the templates of one language."""

import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from wyoming_server.calls import Call
from wyoming_server.catalogue import UNKNOWN

from . import mixture
from .phrase import Slot
from .rows import Row
from .surface import UNSPACED, dress
from .templates import Template, read_templates, template_files
from .words import TEMPLATES, Words

WORDINGS = {"sum_in_english": 100_000}
"""Wordings of slots that no list holds, where they are far more than the usual 40."""
DAMPING = 0.4
"""A template with a thousand times the wordings of another is drawn 1000 ** DAMPING times as often."""
DAMPING_UNASKED = 0.2
"""The same where nothing is due: there many sentences have but one wording, and each is worth as much."""


class Sampler:
    """Draws rows so that groups keep to the mixture, and rich templates come more often than poor ones."""

    def __init__(self, language: str, folder: Path = TEMPLATES) -> None:
        self.language = language
        self.words = Words(language, folder)
        self._groups: dict[str, tuple[list[Template], list[float]]] = {}
        grouped: dict[str, list[Template]] = defaultdict(list)
        for path in template_files(language, folder):
            for template in read_templates(path):
                grouped[mixture.group(template.functions, template.previous is not None)].append(template)
        for name, templates in grouped.items():
            self._groups[name] = templates, [*accumulate(map(self._richness, templates))]
        self._weights = [*accumulate(map(mixture.weight, self._groups))]

    def __bool__(self) -> bool:
        """Whether there are templates at all."""
        return bool(self._groups)

    def _richness(self, template: Template) -> float:
        wordings = float(template.phrase.variants())
        for key in set(template.phrase.slots()):
            entries = self.words.lists.get(Slot(key).source)
            wordings *= len(entries.entries) if entries else WORDINGS.get(key.partition(":")[0], 40)
        unasked = template.functions == (UNKNOWN,)
        return min(wordings, 1e6) ** (DAMPING_UNASKED if unasked else DAMPING)

    def _joined(self, rng: random.Random) -> Row:
        """Two or three single commands in one breath."""
        gap = "" if self.language in UNSPACED else " "
        text = ""
        calls: tuple[Call, ...] = ()
        for number in range(rng.choice((2, 2, 2, 3))):
            said = self._single(rng).expand(self.words, rng)
            joint = gap + self.words.draw(Slot("and"), rng).spoken + gap if number else ""
            text, calls = text + joint + said.text, calls + said.calls
        return Row("templates", self.language, text, calls)

    def _single(self, rng: random.Random) -> Template:
        """A template of one command that can stand beside others."""
        names = [name for name in self._groups if name not in NEVER_JOINED]
        while True:
            templates, weights = self._groups[rng.choice(names)]
            template = rng.choices(templates, cum_weights=weights)[0]
            if len(template.functions) == 1 and template.previous is None:
                return template

    def rows(self, rng: random.Random) -> Iterator[Row]:
        """Rows without end."""
        names = [*self._groups]
        previous = None
        while True:
            templates, weights = self._groups[rng.choices(names, cum_weights=self._weights)[0]]
            if rng.random() < mixture.JOINED and "and" in self.words.lists:
                yield dress(self._joined(rng), self.words, rng)
                continue
            template = rng.choices(templates, cum_weights=weights)[0]
            said = template.expand(self.words, rng)
            stray = (
                previous if rng.random() < mixture.PREVIOUS and said.calls[0].name not in STANDALONE_UNSAFE else None
            )
            row = Row("templates", self.language, said.text, said.calls, said.previous or stray)
            yield dress(row, self.words, rng)
            if said.calls[-1].name != "unknown":
                previous = said.calls[-1]


NEVER_JOINED = {"several", "follow-up", "unknown", "nevermind", "help", "repeat_answer", "wrong", "stop", "broadcast"}
"""Groups of which no command is joined with another: talk about the conversation stands alone."""

STANDALONE_UNSAFE = {"volume_up", "volume_down", "warmer", "cooler", "brighten", "dim", "unknown", "restart_track"}
"""Functions whose short forms ("louder") mean something else after another call; no stray previous call for these."""
