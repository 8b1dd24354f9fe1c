"""Fits the confidence of answers, and the threshold below which the assistant had better do nothing."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from wyoming_server.calls import NOTHING, CallError
from wyoming_server.translation.answer import read
from wyoming_server.translation.confidence import Confidence, features
from wyoming_server.translation.decoding import Network, decode
from wyoming_server.translation.grammar import Grammar
from wyoming_server.translation.prompt import build
from wyoming_server.translation.vocabulary import Vocabulary

from ..evaluation.scoring import canonical
from .examples import calls_of, previous_of

_LOG = logging.getLogger(__name__)
EXACT, WRONG_ACTION, WRONG_WORDS = 1.0, -1.0, -0.25
"""Worth of an answer: the one due; another action; the due action with wrong arguments. To do nothing is worth 0."""
HIGHEST_THRESHOLD = 0.6


@dataclass(frozen=True)
class Trial:
    """One held-out row with the model's answer."""

    probabilities: tuple[float, ...]
    exact: bool
    acts: bool
    """The answer is an action."""
    worth: float
    due: bool
    """An action is due."""


def answer_rows(network: Network, vocabulary: Vocabulary, rows: Iterable[dict[str, Any]]) -> list[Trial]:
    """The model's answers to rows, judged."""
    trials: list[Trial] = []
    for row in rows:
        try:
            due, before = calls_of(row), previous_of(row)
        except CallError:
            continue
        prompt = build(row["text"], row["lang"], before, vocabulary)
        network.keep(0)
        logits = network.feed(prompt.tokens(vocabulary))
        tokens, probabilities = decode(network, logits, Grammar(prompt, vocabulary))
        calls = read(tokens, prompt, vocabulary)
        got, wanted = (canonical([c.as_dict() for c in some], row["lang"]) for some in (calls, due))
        exact = got == wanted
        same_functions = [call.name for call in calls] == [call.name for call in due]
        acts = calls != NOTHING
        worth = EXACT if exact else (WRONG_WORDS if same_functions else WRONG_ACTION) if acts else 0.0
        trials.append(Trial(tuple(probabilities), exact, acts, worth, due=bool(wanted)))
    return trials


def fit(trials: Sequence[Trial], steps: int = 200, decay: float = 1e-3) -> Confidence:
    """The logistic curve that fits `exact` best, and the threshold that is worth most."""
    x = np.array([(1.0, *features(trial.probabilities)) for trial in trials])
    y = np.array([float(trial.exact) for trial in trials])
    weights = np.array([0.0, 1.0, 0.0])
    for _ in range(steps):  # Newton's method
        p = 1 / (1 + np.exp(-(x @ weights).clip(-30, 30)))
        gradient = x.T @ (p - y) / len(y) + decay * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x / len(y) + decay * np.eye(3)
        change = np.linalg.solve(curvature, gradient)
        weights -= change
        if np.abs(change).max() < 1e-9:
            break
    curve = Confidence(*(round(float(w), 4) for w in weights))
    best = replace(curve, threshold=_best_threshold(curve, trials))
    _LOG.info("exact %.1f%% of %d rows; %s", 100 * y.mean(), len(y), best)
    return best


def _best_threshold(curve: Confidence, trials: Sequence[Trial]) -> float:
    """The lowest of the thresholds that are worth most, in steps of a hundredth."""
    actions = [(curve.of(trial.probabilities), trial.worth) for trial in trials if trial.acts]

    def worth(threshold: float) -> float:
        return sum(value for confidence, value in actions if confidence >= threshold)

    candidates = [step / 100 for step in range(round(100 * HIGHEST_THRESHOLD) + 1)]
    return max(candidates, key=lambda threshold: (worth(threshold), -threshold))
