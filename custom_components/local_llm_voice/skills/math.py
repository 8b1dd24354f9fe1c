"""Math: arithmetic and units."""

from fractions import Fraction
from typing import Any, Final

import probatio

from homeassistant.helpers import config_validation as cv

from ..speech import is_spoken_exactly
from ..turn import Answer, SkillError, Turn
from .arithmetic import ArithmeticFailure, DividedByZero, TooLarge, evaluate
from .schema import NUMBER
from .skill import READS, function
from .units import DifferentMeasures, UnknownUnit, convert as convert_units, find

_SPOKEN_DIGITS: Final = 15
"""Longer numbers are spoken as a power of ten."""

_SMALLEST: Final = Fraction(1, 10**9)
"""Smaller numbers are, too."""


@function(
    title="Calculate",
    description="Work out an arithmetic expression exactly, such as '15/100*80'.",
    arguments={
        probatio.Required(
            "expression",
            description="Digits, + - * / ** %, parentheses, sqrt abs round floor ceil "
            "log ln sin cos tan (degrees) factorial pi",
        ): cv.string
    },
    annotations=READS,
)
async def calculate(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say the value of an expression."""
    try:
        value = evaluate(args["expression"])
    except DividedByZero as err:
        raise SkillError("math.divided_by_zero") from err
    except TooLarge as err:
        raise SkillError("math.too_large") from err
    except ArithmeticFailure as err:
        raise SkillError("math.not_understood") from err
    return _spoken(turn, value)


@function(
    title="Convert units",
    description="Convert a value from one unit to another, kitchen measures included.",
    arguments={
        probatio.Required("value"): NUMBER,
        probatio.Required(
            "from_unit", description="English, singular, such as 'mile'"
        ): cv.string,
        probatio.Required(
            "to_unit", description="English, singular, such as 'kilometer'"
        ): cv.string,
    },
    annotations=READS,
)
async def convert(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say a value in another unit."""
    value: float = args["value"]
    try:
        source, target = find(args["from_unit"]), find(args["to_unit"])
        converted = convert_units(value, source, target)
    except OverflowError as err:
        raise SkillError("math.too_large") from err
    except UnknownUnit as err:
        raise SkillError("math.unknown_unit", unit=str(err)) from err
    except DifferentMeasures as err:
        raise SkillError(
            "math.different_measures", first=args["from_unit"], second=args["to_unit"]
        ) from err
    return turn.answer(
        "math.converted",
        first=turn.say(f"unit.{source}", n=value, count=value),
        second=turn.say(f"unit.{target}", n=_rounded(converted), count=converted),
        data={"value": converted},
    )


def _rounded(value: float) -> Fraction:
    """Keep three significant digits where two decimals would say nothing."""
    exact = Fraction(f"{value:.12g}")
    return exact if abs(exact) >= 1 else Fraction(f"{value:.3g}")


def _spoken(turn: Turn, value: Fraction) -> Answer:
    data = {"value": float(value) if abs(value) < 10**300 else str(value)}
    size = abs(value)
    if size >= 10**_SPOKEN_DIGITS or 0 < size < _SMALLEST:
        exponent = _exponent(size)
        if round(size / Fraction(10) ** exponent, 2) == 10:
            exponent += 1
        return turn.answer(
            "math.power_of_ten",
            number=value / Fraction(10) ** exponent,
            exponent=exponent,
            data=data,
        )
    shown = value
    if 0 < size < Fraction(1, 100):
        shown = Fraction(f"{float(value):.3g}")
    exact = shown == value and is_spoken_exactly(shown)
    return turn.answer(
        "math.result" if exact else "math.about", number=shown, data=data
    )


def _exponent(size: Fraction) -> int:
    """Return the power of ten that leaves a number from one to below ten."""
    exponent = len(str(size.numerator)) - len(str(size.denominator))
    return exponent if size >= Fraction(10) ** exponent else exponent - 1


FUNCTIONS = (calculate, convert)
