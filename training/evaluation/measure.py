"""Measures a tier: asks for answers, scores them, and keeps what every row came to."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..tracking.outcomes import Outcomes
from .causes import causes
from .predict import Answer
from .rows import Row, fingerprint
from .scoring import Scores, score, scores

MOST_CAUSES = 10
"""Causes of errors that a record keeps."""
Ask = Callable[[Sequence[Row]], Mapping[str, Answer]]


@dataclass(frozen=True)
class Measured:
    """One view of a tier with its answers."""

    view: str
    rows: Sequence[Row]
    answers: Mapping[str, Answer]
    scores: Scores

    @property
    def right(self) -> dict[str, bool]:
        """Whether each row that counts was exact, or rightly silent."""
        return {row.id: score(row, self.answers[row.id].calls).right for row in self.rows if row.scored}

    @property
    def outcomes(self) -> Outcomes:
        """The same, packed."""
        return Outcomes.of(fingerprint(self.rows), self.right)

    def metrics(self) -> dict[str, Any]:
        """Every figure, with the time that answers of one call took and what went wrong."""
        found = causes(self.rows, {row: answer.calls for row, answer in self.answers.items()})
        worst = {"causes": [cause.as_data() for cause in found[:MOST_CAUSES]]} if found else {}
        return {**self.scores.metrics(), **self._latency(), **worst}

    def examples(self) -> Iterable[dict[str, Any]]:
        """What came out for every row."""
        for row in self.rows:
            answer = self.answers[row.id]
            yield {
                "view": self.view,
                "id": row.id,
                "lang": row.language,
                "skill": row.skill,
                "text": row.text,
                "due": list(row.calls),
                "calls": list(answer.calls),
                "confidence": answer.confidence,
                "ms": answer.milliseconds,
                "right": self.right_of(row),
            }

    def right_of(self, row: Row) -> bool | None:
        """Whether one row was right; None where it does not count."""
        return score(row, self.answers[row.id].calls).right if row.scored else None

    def _latency(self) -> dict[str, Any]:
        single = sorted(a.milliseconds for a in self.answers.values() if len(a.calls) == 1 and a.milliseconds > 0)
        if not single:
            return {}
        return {
            "ms": {"n": len(single), "p50": round(percentile(single, 50), 1), "p95": round(percentile(single, 95), 1)}
        }


def measure(views: Mapping[str, Sequence[Row]], ask: Ask) -> list[Measured]:
    """Answers and scores of every view; rows that views share are asked once."""
    asked = {row.id: row for rows in views.values() for row in rows}
    answers = ask(list(asked.values()))
    return [
        Measured(view, rows, own := {row.id: answers[row.id] for row in rows}, scores(rows, _calls(own)))
        for view, rows in views.items()
    ]


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile of ordered values."""
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def _calls(answers: Mapping[str, Answer]) -> dict[str, Sequence[Mapping[str, Any]]]:
    return {row: answer.calls for row, answer in answers.items()}
