"""Chance: coins, dice and numbers."""

import random
from typing import Any, Final

import probatio

from ..turn import Answer, SkillError, Turn
from .schema import WHOLE
from .skill import function

MAX_DICE: Final = 20
MAX_NUMBER: Final = 10**12

_CHANCE = random.SystemRandom()


@function(title="Flip a coin", description="Flip a coin.")
async def flip_coin(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say heads or tails."""
    side = _CHANCE.choice(("heads", "tails"))
    return turn.answer(f"chance.{side}", data={"side": side})


@function(
    title="Roll dice",
    description="Roll dice.",
    arguments={
        probatio.Optional("sides", description="6 if left out"): WHOLE,
        probatio.Optional("count", description="1 if left out"): WHOLE,
    },
)
async def roll_dice(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say what the dice show."""
    sides, count = args.get("sides", 6), args.get("count", 1)
    if not (2 <= sides <= MAX_NUMBER and 1 <= count <= MAX_DICE):
        raise SkillError("chance.no_such_dice", most=MAX_DICE)
    rolls = [_CHANCE.randint(1, sides) for _ in range(count)]
    data = {"rolls": list(rolls), "total": sum(rolls)}
    if count == 1:
        return turn.answer("chance.rolled", number=rolls[0], data=data)
    return turn.answer(
        "chance.rolled_several", numbers=rolls, total=sum(rolls), data=data
    )


@function(
    title="Random number",
    description="Draw a whole number.",
    arguments={
        probatio.Optional("low", description="1 if left out"): WHOLE,
        probatio.Optional("high", description="100 if left out"): WHOLE,
    },
)
async def random_number(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say a number between two, both included."""
    low = args.get("low", 1)
    high = args.get("high", max(100, low))
    number = _CHANCE.randint(min(low, high), max(low, high))
    return turn.answer("chance.number", number=number, data={"number": number})


FUNCTIONS = (flip_coin, roll_dice, random_number)
