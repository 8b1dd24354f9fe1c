"""What the rest of the server asks of a speech-to-text engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
"""Mono audio at RATE, -1 to 1."""

RATE = 16000
"""Samples a second; what Whisper, Silero VAD and Home Assistant all use."""


@dataclass(frozen=True)
class Heard:
    """A transcript; empty text where nobody spoke."""

    text: str
    language: str
    confidence: float = 0.0
    """Mean probability of a token, 0 to 1."""
    stages: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds of each stage, in order."""


class Ear(Protocol):
    """Anything that turns speech into text. Blocking and not thread safe: one worker thread owns it."""

    @property
    def name(self) -> str:
        """The model's name, as shown to people."""

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the languages it hears."""

    def transcribe(self, samples: Samples, language: str | None, names: Sequence[str] = ()) -> Heard:
        """Write down what is said; the language is detected where it is None. `names` are likely to be said."""
