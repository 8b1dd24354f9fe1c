"""Two runs over the same rows: better, worse or cannot tell; and right or wrong packed into a record."""

import pytest

from training.tracking.outcomes import Outcomes
from training.tracking.paired import Paired, Verdict


@pytest.mark.parametrize(
    ("only_old", "only_new", "verdict"),
    [
        (2, 20, Verdict.BETTER),
        (20, 2, Verdict.WORSE),
        (5, 7, Verdict.CANNOT_TELL),
        (0, 2, Verdict.CANNOT_TELL),
        (0, 0, Verdict.CANNOT_TELL),
    ],
)
def test_the_verdict_needs_an_interval_without_zero(only_old: int, only_new: int, verdict: Verdict) -> None:
    paired = Paired(100, only_old, only_new, 150 - 100 - only_old - only_new)
    assert paired.verdict is verdict
    low, high = paired.interval
    assert low <= paired.difference <= high
    assert str(paired).startswith(verdict.value)


def test_pairs_are_counted_into_a_table() -> None:
    paired = Paired.of([(True, True), (True, False), (False, True), (False, True), (False, False)])
    assert (paired.both, paired.only_old, paired.only_new, paired.neither) == (1, 1, 2, 1)
    assert paired.difference == pytest.approx(0.2)
    lines = paired.table("old", "new").splitlines()
    assert lines[1].split() == ["old", "right", "1", "1"]
    assert lines[2].split() == ["old", "wrong", "2", "1"]


def test_no_rows_are_no_difference() -> None:
    assert Paired.of([]).difference == 0
    assert Paired.of([]).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("n", [0, 1, 3, 4, 5, 150])
def test_packed_outcomes_come_back_whole(n: int) -> None:
    right = {f"row-{i:03}": i % 3 == 0 for i in range(n)}
    outcomes = Outcomes.of("abc", right)
    assert Outcomes.from_data(outcomes.as_data()) == outcomes
    assert outcomes.right == tuple(right[row] for row in sorted(right))
