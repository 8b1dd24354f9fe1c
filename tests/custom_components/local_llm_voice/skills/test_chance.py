"""Coins, dice and numbers."""

import re

import pytest
from tests.custom_components.local_llm_voice.household import Heard, Household, Show


async def test_a_coin_has_two_sides(household: Household, show: Show) -> None:
    heard = [await household.say("flip a coin", [("flip_coin", {})]) for _ in range(40)]
    assert {one.speech for one in heard} == {"Heads.", "Tails."}
    show(named(heard[0], "Heads. / Tails."), "both sides come up")


async def test_dice(household: Household, show: Show) -> None:
    heard = [await household.say("roll a die", [("roll_dice", {})]) for _ in range(80)]
    assert {one.speech for one in heard} == {f"You rolled {number}." for number in range(1, 7)}
    show(named(heard[0], "You rolled 4."), "all of 1 to 6 come up, nothing else")
    two = await household.say("roll two twenty sided dice", [("roll_dice", {"sides": 20, "count": 2})])
    found = re.fullmatch(r"(\d+) and (\d+), (\d+) in all\.", two.speech)
    assert found is not None
    first, second, total = map(int, found.groups())
    assert first + second == total


@pytest.mark.parametrize("args", [{"sides": 1}, {"count": 0}, {"count": 21}, {"sides": 10**13}])
async def test_dice_that_do_not_exist(household: Household, args: dict[str, int]) -> None:
    heard = await household.do("roll_dice", **args)
    assert (heard.speech, heard.failed) == ("I can roll up to 20 dice with two or more sides.", True)


@pytest.mark.parametrize(
    ("args", "low", "high"),
    [({}, 1, 100), ({"low": 3, "high": 4}, 3, 4), ({"low": 4, "high": 3}, 3, 4), ({"low": 200}, 200, 200)],
)
async def test_a_number(household: Household, show: Show, args: dict[str, int], low: int, high: int) -> None:
    for _ in range(10):
        heard = await household.say("a number", [("random_number", args)])
        assert low <= int(heard.speech.rstrip(".")) <= high
    if low == high:
        show(heard, "a number between the two")


def named(heard: Heard, speech: str) -> Heard:
    """The same for every run, whatever chance said."""
    return Heard(speech, heard.failed, heard.goes_on, heard.conversation_id, heard.extra, heard.text, heard.calls)
