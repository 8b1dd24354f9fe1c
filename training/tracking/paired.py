"""Better, worse, or cannot tell: two runs over the same rows."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What the interval of the difference allows to say."""

    BETTER = "better"
    WORSE = "worse"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Paired:
    """A 2x2 table of two runs, old against new."""

    both: int
    only_old: int
    only_new: int
    neither: int

    @classmethod
    def of(cls, pairs: Iterable[tuple[bool, bool]]) -> "Paired":
        """Count (old right, new right)."""
        counted = list(pairs)
        return cls(
            sum(a and b for a, b in counted),
            sum(a and not b for a, b in counted),
            sum(b and not a for a, b in counted),
            sum(not a and not b for a, b in counted),
        )

    @property
    def n(self) -> int:
        """Rows."""
        return self.both + self.only_old + self.only_new + self.neither

    @property
    def difference(self) -> float:
        """Share right, new minus old."""
        return (self.only_new - self.only_old) / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """95% interval of the difference: Agresti and Min 2005, half a row added to each cell; honest for few rows."""
        n, b, c = self.n + 2, self.only_old + 0.5, self.only_new + 0.5
        center = (c - b) / n
        half = 1.96 * math.sqrt(max(0.0, b + c - (c - b) ** 2 / n)) / n
        return max(-1.0, center - half), min(1.0, center + half)

    @property
    def verdict(self) -> Verdict:
        """Better or worse where the interval leaves out zero."""
        low, high = self.interval
        if low > 0:
            return Verdict.BETTER
        return Verdict.WORSE if high < 0 else Verdict.CANNOT_TELL

    def __str__(self) -> str:
        low, high = self.interval
        return (
            f"{self.verdict.value}: {self.difference:+.1%} (95% interval {low:+.1%} to {high:+.1%}, {self.n} rows; "
            f"{self.only_new} newly right, {self.only_old} newly wrong)"
        )

    def table(self, old: str, new: str) -> str:
        """The four counts, for people."""
        width = max(len(old), 12) + 7
        return "\n".join(
            [
                f"{'':{width}} {new} right  {new} wrong",
                f"{old + ' right':{width}} {self.both:>{len(new) + 6}} {self.only_old:>{len(new) + 7}}",
                f"{old + ' wrong':{width}} {self.only_new:>{len(new) + 6}} {self.neither:>{len(new) + 7}}",
            ]
        )
