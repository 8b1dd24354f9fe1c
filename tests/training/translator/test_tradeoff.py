"""What a threshold costs and saves, from trials."""

from pathlib import Path

import pytest

from training.translator.calibration import Trial, fit
from training.translator.tradeoff import read_trials, tradeoff, write_trials
from wyoming_server.translation.confidence import EXACT, WRONG_ACTION, WRONG_WORDS, Certainty, Confidence

PLAIN = Confidence()
"""The product of an answer's probabilities."""
TRIALS = [
    Trial(Certainty((0.95,), (0.95,)), exact=True, acts=True, worth=EXACT, due=True),
    Trial(Certainty((0.65,), (0.65,)), exact=False, acts=True, worth=WRONG_WORDS, due=True),
    Trial(Certainty((0.45,), (0.45,)), exact=False, acts=True, worth=WRONG_ACTION, due=True),
    Trial(Certainty((0.25,), (0.25,)), exact=False, acts=True, worth=WRONG_ACTION, due=False),
    Trial(Certainty((0.99,), (0.99,)), exact=True, acts=False, worth=0.0, due=False),
    Trial(Certainty((0.99,), (0.99,)), exact=False, acts=False, worth=0.0, due=True),
]


@pytest.mark.parametrize(
    ("threshold", "wrong", "missed"), [(-2.0, 2, 1), (-1.0, 1, 1), (-0.5, 0, 2), (0.0, 0, 3), (0.9, 0, 4)]
)
def test_wrong_actions_are_traded_for_missed_ones(threshold: float, wrong: int, missed: int) -> None:
    point = next(p for p in tradeoff(TRIALS, PLAIN) if p.threshold == threshold)
    assert point.wrong == pytest.approx(wrong / 6)
    assert point.missed == pytest.approx(missed / 6)


def test_a_higher_threshold_is_never_more_often_wrong_nor_less_often_silent() -> None:
    points = tradeoff(TRIALS, fit(TRIALS))
    assert [p.wrong for p in points] == sorted((p.wrong for p in points), reverse=True)
    assert [p.missed for p in points] == sorted(p.missed for p in points)


def test_no_trials_are_no_curve() -> None:
    with pytest.raises(ValueError, match="no trials"):
        tradeoff([], PLAIN)


def test_trials_come_back_from_their_file(tmp_path: Path) -> None:
    write_trials(tmp_path / "trials.jsonl", TRIALS)
    assert read_trials(tmp_path / "trials.jsonl") == TRIALS
