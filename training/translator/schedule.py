"""How long to train and how fast to learn: a schedule over the time that there is, not over steps."""

import time
from dataclasses import dataclass, field


@dataclass
class Clock:
    """Training time, kept across restarts."""

    minutes: float
    spent: float = 0.0
    """Seconds of earlier sittings."""
    _started: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Seconds trained."""
        return self.spent + time.monotonic() - self._started

    @property
    def progress(self) -> float:
        """Share of the time that has gone, 0 to 1."""
        return min(1.0, self.elapsed / (60 * self.minutes))

    @property
    def left(self) -> str:
        """The time to go, for people: "12 min"."""
        return f"{max(0.0, self.minutes - self.elapsed / 60):.0f} min"


def rate(progress: float, warmup: float = 0.02) -> float:
    """Share of the highest learning rate: up in a line, then down in a line to nothing at the end of the time."""
    return min(progress / warmup, (1 - progress) / (1 - warmup)) if progress < 1 else 0.0
