"""What was said and done a moment ago, per speaking device, in memory only."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
import time
from typing import TYPE_CHECKING

from .const import REMEMBER_SECONDS

if TYPE_CHECKING:
    from .models import TurnTrace

type Undo = Callable[[], Awaitable[None]]
"""Takes back what an answer reports."""

MAX_SPEAKERS = 64
"""More devices than a house has; a new conversation id for every web request counts as one."""


@dataclass(frozen=True)
class Call:
    """A function of the catalogue and its arguments: `Call("turn_on", {"area": "kitchen"})`."""

    name: str
    args: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One possible answer to a question, and what is done when it is given."""

    names: tuple[str, ...]
    """How the user may say it."""

    call: Call | None
    """None: nothing is done (a "no")."""

    entity_ids: tuple[str, ...] = ()
    """Targets that the answer settled; the call's own target words are then not resolved again."""

    confirmed: bool = False
    """The user has agreed to something that is confirmed first."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What was asked; the next utterance may pick one of the choices."""

    choices: tuple[Choice, ...]
    listed: int | None = None
    """So many choices, from the first on, may be picked by their place; None: all."""

    pin: bool = False
    """The answer is a PIN: it is compared as digits, and no one else is asked."""


@dataclass
class Recent:
    """What one speaking device said and heard last."""

    call: Call | None = None
    question: Question | None = None
    then: tuple[Call, ...] = ()
    """What was said behind the question in the same breath; done once it is answered."""

    speech: str | None = None
    from_outside: bool = False
    """The speech is not of our own words; see `Answer.from_outside`."""

    undo: Undo | None = None
    trace: TurnTrace | None = None
    updated: float = 0.0

    def answered(self, speech: str | None) -> None:
        """Remember an answer behind which no action of ours stands.

        "No, that was wrong" is then about this answer: what was done before it is
        neither taken back nor marked.
        """
        self.speech, self.from_outside = speech, False
        self.undo = self.trace = None


class Memory:
    """The recent past of every speaking device; forgotten after REMEMBER_SECONDS."""

    def __init__(self) -> None:
        """Start with nothing remembered."""
        self._recent: OrderedDict[str, Recent] = OrderedDict()

    def of(self, speaker: str) -> Recent:
        """Return what is remembered of a satellite, device or conversation that speaks now."""
        recent = self._recent.pop(speaker, None)
        if recent is None or time.monotonic() - recent.updated > REMEMBER_SECONDS:
            recent = Recent()
        recent.updated = time.monotonic()
        self._recent[speaker] = recent
        while len(self._recent) > MAX_SPEAKERS:
            self._recent.popitem(last=False)
        return recent
