"""What a confidence threshold costs and saves: wrong actions against missed ones."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from wyoming_server.translation.confidence import Confidence

from .calibration import WRONG_ACTION, Trial

STEPS = 100


@dataclass(frozen=True)
class Tradeoff:
    """Shares of all trials at one threshold, 0 to 1."""

    threshold: float
    wrong: float
    """An action was taken that was not due."""
    missed: float
    """An action was due, and none was taken."""


def tradeoff(trials: Sequence[Trial], confidence: Confidence) -> list[Tradeoff]:
    """The curve over thresholds from 0 to 0.99; raises ValueError where there are no trials."""
    if not trials:
        raise ValueError("there are no trials to draw a curve from")
    judged = [(confidence.of(trial.probabilities) if trial.acts else -1.0, trial) for trial in trials]

    def at(threshold: float) -> Tradeoff:
        wrong = sum(sure >= threshold and trial.worth == WRONG_ACTION for sure, trial in judged)
        missed = sum(sure < threshold and trial.due for sure, trial in judged)
        return Tradeoff(threshold, wrong / len(judged), missed / len(judged))

    return [at(step / STEPS) for step in range(STEPS)]


def write_trials(path: Path, trials: Sequence[Trial]) -> None:
    """Keep trials, so that the curve can be drawn again without asking the model."""
    path.write_text("".join(json.dumps(asdict(trial)) + "\n" for trial in trials), encoding="utf-8")


def read_trials(path: Path) -> list[Trial]:
    """Trials as written; raises FileNotFoundError."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [Trial(**{**line, "probabilities": tuple(line["probabilities"])}) for line in lines]
