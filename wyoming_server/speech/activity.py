"""Where in a stream somebody speaks: Silero's voice activity model, frame by frame."""

from dataclasses import dataclass

import numpy as np
from faster_whisper.vad import get_vad_model

from .ear import RATE, Samples

FRAME = 512
"""Samples that Silero judges at once: 32 ms."""
CONTEXT = 64
"""Samples of the frame before that it sees as well."""

SPEECH = 0.5
SILENCE = 0.35
"""Probabilities: above the first speech begins, below the second it ends (Silero's own advice)."""
ONSET = 2
"""Frames in a row that make speech; a single one is a click or a clatter."""


class Silero:
    """Silero VAD with its memory of one stream. About 0.2 ms a frame; belongs to one worker thread at a time."""

    def __init__(self) -> None:
        self._session = get_vad_model().session
        self._memory = (np.zeros((1, 1, 128), np.float32), np.zeros((1, 1, 128), np.float32))
        self._context = np.zeros(CONTEXT, np.float32)

    def judge(self, frames: Samples) -> list[float]:
        """The probability of speech in each frame; `frames` holds whole frames one after the other."""
        rows = frames.reshape(-1, FRAME)
        if not len(rows):
            return []
        contexts = np.concatenate([self._context[None], rows[:-1, -CONTEXT:]])
        h, c = self._memory
        output, h, c = self._session.run(None, {"input": np.concatenate([contexts, rows], 1), "h": h, "c": c})
        self._memory = (h, c)
        self._context = rows[-1, -CONTEXT:].copy()
        return [float(p) for p in np.ravel(output)]


@dataclass
class Activity:
    """What is known of speech in a stream so far; times are in frames since its beginning."""

    frames: int = 0
    start: int | None = None
    """Where speech began first."""
    end: int = 0
    """Where speech ended last, so far."""
    spoken: int = 0
    """Frames with speech."""
    speaking: bool = False
    _run: int = 0

    def hear(self, probability: float) -> None:
        """Take in the next frame."""
        self.frames += 1
        if probability >= SPEECH or (self.speaking and probability >= SILENCE):
            self._run += 1
            if self.speaking:
                self.spoken += 1
                self.end = self.frames
            elif self._run >= ONSET:
                self.speaking = True
                self.spoken += self._run
                self.end = self.frames
                if self.start is None:
                    self.start = self.frames - self._run
        else:
            self._run = 0
            self.speaking = False

    @property
    def silence(self) -> float:
        """Seconds since speech ended last."""
        return seconds(self.frames - self.end)


def seconds(frames: int) -> float:
    """Frames as seconds."""
    return frames * FRAME / RATE
