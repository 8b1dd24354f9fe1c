import pytest

from training.evaluation.causes import acted, causes
from training.evaluation.rows import CallData, Row, Scope


def row(number: int, *calls: CallData, language: str = "en") -> Row:
    scope = Scope.IN if calls else Scope.OUT
    return Row(id=f"{language}-{number}", source="made", language=language, text="words", scope=scope, calls=calls)


def call(name: str, /, **args: str | int) -> CallData:
    return {"name": name, "args": args}


SEVEN = [row(n, call("add_item", item="milk")) for n in range(7)]


def test_each_error_has_its_cause() -> None:
    right, *wrong = [
        [call("add_item", item="milk")],
        [],
        [call("add_item", item="milk and eggs")],
        [call("add_item", item="bread")],
        [call("add_item", item="milk", list="shopping")],
        [call("remove_item", item="milk")],
        [call("add_item", item="milk"), call("pause")],
    ]
    found = causes(SEVEN, {row.id: calls for row, calls in zip(SEVEN, [right, *wrong], strict=True)})
    assert {cause.name for cause in found} == {
        "add_item: silent",
        "add_item: item too long",
        "add_item: item differs",
        "add_item: list made up",
        "add_item: remove_item instead",
        "add_item: too many calls",
    }
    assert sum(cause.points for cause in found) == pytest.approx(100 * 6 / 7)


def test_an_argument_under_another_name_is_one_cause() -> None:
    rows = [row(n, call("turn_on", area="kitchen")) for n in range(5)]
    (found,) = causes(rows, {row.id: [call("turn_on", name="kitchen")] for row in rows})
    assert (found.name, found.rows, found.languages) == ("turn_on: area was name", 5, 1)


def test_a_row_of_a_small_skill_costs_more() -> None:
    rows = [*(row(n, call("pause")) for n in range(20)), *(row(n, call("flip_coin")) for n in range(50, 55))]
    first, second = causes(
        rows, {rows[0].id: [], **{r.id: [dict(c) for c in r.calls] for r in rows[1:24]}, rows[24].id: []}
    )
    assert (first.name, second.name) == ("flip_coin: silent", "pause: silent")
    assert first.points == 100 / 5 / 2


def test_what_was_done_where_nothing_was_due() -> None:
    rows = [row(1), row(2), row(3)]
    assert acted(rows, {"en-1": [call("pause")], "en-2": [], "en-3": [call("pause")]}) == {"pause": 2}
