"""Which rows a run was right on, small enough to commit: one bit a row, in the order of the rows' ids."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcomes:
    """Right or wrong, row by row."""

    rows: str
    """Fingerprint of the rows; only runs over the same rows can be compared bit by bit."""
    right: tuple[bool, ...]

    @classmethod
    def of(cls, rows: str, right: Mapping[str, bool]) -> "Outcomes":
        """From row ids to right or wrong."""
        return cls(rows, tuple(right[row] for row in sorted(right)))

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Outcomes":
        """Unpack what a record holds."""
        bits = bin(int("1" + data["right"], 16))[3:] if data["right"] else ""
        return cls(data["rows"], tuple(bit == "1" for bit in bits[len(bits) - data["n"] :]))

    def as_data(self) -> dict[str, Any]:
        """Pack for a record: `{"rows": ..., "n": 150, "right": "f3a..."}`."""
        n = len(self.right)
        digits = (n + 3) // 4
        number = int("".join("1" if right else "0" for right in self.right) or "0", 2)
        return {"rows": self.rows, "n": n, "right": f"{number:0{digits}x}" if n else ""}


def by_row(ids: Sequence[str], outcomes: Outcomes) -> dict[str, bool]:
    """Right or wrong by id; `ids` in any order, those that the outcomes were made of."""
    return dict(zip(sorted(ids), outcomes.right, strict=True))


def shared(a: Mapping[str, bool], b: Mapping[str, bool]) -> Iterable[tuple[str, bool, bool]]:
    """Every row that both have, with what each made of it."""
    return ((row, a[row], b[row]) for row in sorted(a.keys() & b.keys()))
