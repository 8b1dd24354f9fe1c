"""What a confidence threshold costs and saves: wrong actions against missed ones."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from wyoming_server.translation.confidence import WRONG_ACTION, Certainty, Confidence

from .calibration import Trial

LOWEST, STEP = -2.0, 0.02
"""Thresholds from the worth of a wrong action up to that of an exact answer, 1."""


@dataclass(frozen=True)
class Tradeoff:
    """Shares of all trials at one threshold, 0 to 1."""

    threshold: float
    wrong: float
    """An action was taken that was not due."""
    missed: float
    """An action was due, and none was taken."""


def tradeoff(trials: Sequence[Trial], confidence: Confidence) -> list[Tradeoff]:
    """The curve over thresholds from -2 to 1; raises ValueError where there are no trials."""
    if not trials:
        raise ValueError("there are no trials to draw a curve from")
    judged = [(confidence.worth(trial.certainty) if trial.acts else -math.inf, trial) for trial in trials]

    def at(threshold: float) -> Tradeoff:
        wrong = sum(worth >= threshold and trial.worth == WRONG_ACTION for worth, trial in judged)
        missed = sum(worth < threshold and trial.due for worth, trial in judged)
        return Tradeoff(threshold, wrong / len(judged), missed / len(judged))

    return [at(round(LOWEST + STEP * step, 2)) for step in range(round((1 - LOWEST) / STEP) + 1)]


def write_trials(path: Path, trials: Sequence[Trial]) -> None:
    """Keep trials, so that the curve can be drawn again without asking the model."""
    path.write_text("".join(json.dumps(asdict(trial)) + "\n" for trial in trials), encoding="utf-8")


def read_trials(path: Path) -> list[Trial]:
    """Trials as written; raises FileNotFoundError."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [Trial(**{**line, "certainty": _certainty(line["certainty"])}) for line in lines]


def _certainty(data: Mapping[str, list[float]]) -> Certainty:
    return Certainty(tuple(data["tokens"]), tuple(data["functions"]))
