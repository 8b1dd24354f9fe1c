"""Fits the confidence of answers, and the threshold below which the assistant had better do nothing."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from wyoming_server.calls import NOTHING, CallError
from wyoming_server.translation.answer import read
from wyoming_server.translation.confidence import (
    EXACT,
    WRONG_ACTION,
    WRONG_WORDS,
    Certainty,
    Confidence,
    Curve,
    features,
)
from wyoming_server.translation.decoding import Network, decode
from wyoming_server.translation.grammar import Grammar
from wyoming_server.translation.prompt import build
from wyoming_server.translation.vocabulary import Vocabulary

from ..evaluation.scoring import canonical
from .examples import calls_of, previous_of

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Trial:
    """One held-out row with the model's answer."""

    certainty: Certainty
    exact: bool
    acts: bool
    """The answer is an action."""
    worth: float
    """What the answer came to; see `wyoming_server.translation.confidence`."""
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
        tokens, certainty = decode(network, logits, Grammar(prompt, vocabulary))
        calls = read(tokens, prompt, vocabulary)
        got, wanted = (canonical([c.as_dict() for c in some], row["lang"]) for some in (calls, due))
        exact = got == wanted
        same_functions = [call.name for call in calls] == [call.name for call in due]
        acts = calls != NOTHING
        worth = EXACT if exact else (WRONG_WORDS if same_functions else WRONG_ACTION) if acts else 0.0
        trials.append(Trial(certainty, exact, acts, worth, due=bool(wanted)))
    return trials


def fit(trials: Sequence[Trial]) -> Confidence:
    """The curves that fit the trials that act best, and the threshold that is worth most."""
    acting = [trial for trial in trials if trial.acts] or list(trials)
    exact = _curve(acting, [trial.exact for trial in acting])
    action = _curve(acting, [trial.worth > WRONG_ACTION for trial in acting])
    curves = Confidence(exact, action)
    best = replace(curves, threshold=_best_threshold(curves, acting))
    _LOG.info("exact %.1f%% of %d rows; %s", 100 * np.mean([t.exact for t in trials]), len(trials), best)
    return best


def _curve(trials: Sequence[Trial], outcomes: Sequence[bool], steps: int = 200, decay: float = 1e-3) -> Curve:
    """The logistic curve that fits the outcomes best, by Newton's method."""
    x = np.array([(1.0, *features(trial.certainty)) for trial in trials])
    y = np.array(outcomes, dtype=float)
    weights = np.array([0.0, 1.0, 0.0, 0.0])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ weights).clip(-30, 30)))
        gradient = x.T @ (p - y) / len(y) + decay * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x / len(y) + decay * np.eye(len(weights))
        change = np.linalg.solve(curvature, gradient)
        weights -= change
        if np.abs(change).max() < 1e-9:
            break
    return Curve(*(round(float(weight), 4) for weight in weights))


def _best_threshold(curves: Confidence, trials: Sequence[Trial]) -> float:
    """The lowest of the thresholds that are worth most, in steps of a hundredth.

    Never below 0: an answer that is worth less than nothing by its own estimate is not acted on.
    """
    judged = [(curves.worth(trial.certainty), trial.worth) for trial in trials]

    def gained(threshold: float) -> float:
        return sum(value for worth, value in judged if worth >= threshold)

    candidates = [step / 100 for step in range(61)]
    return max(candidates, key=lambda threshold: (gained(threshold), -threshold))
