"""What a translator is asked, and what it answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ..calls import Call


@dataclass(frozen=True)
class Request:
    """One utterance with what is known around it."""

    text: str
    language: str
    """ISO 639-1 code, e.g. "en"."""
    previous: Call | None = None
    """The last call of the same conversation, for follow-ups such as "and in the kitchen"."""
    functions: Collection[str] | None = None
    """The functions this home can run; None where that is not known, and then all are."""


@dataclass(frozen=True)
class Translation:
    """The calls that an utterance asks for; one `unknown()` where no action is due."""

    calls: tuple[Call, ...]
    confidence: float
    """Probability, 0 to 1, that the calls are exact; calibrated on data."""
    stages: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds of each stage, in order, e.g. {"prompt": 3.1, "decode": 9.4}."""


class Translator(Protocol):
    """Anything that turns an utterance into calls. Blocking and not thread safe: one worker thread owns it."""

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the languages it was made for."""

    @property
    def name(self) -> str:
        """The model's name, as shown to people."""

    def translate(self, request: Request) -> Translation:
        """Translate one utterance; never raises for what was said."""
