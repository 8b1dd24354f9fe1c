"""Arithmetic and units, through the whole agent and on their own."""

from fractions import Fraction

import pytest
from custom_components.local_llm_voice.skills.arithmetic import (
    ArithmeticFailure,
    DividedByZero,
    TooLarge,
    evaluate,
)
from custom_components.local_llm_voice.skills.units import UNITS, find
from custom_components.local_llm_voice.speech import templates
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.household import Household, Show


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("0.1+0.2", Fraction(3, 10)),
        ("15/100*80", 12),
        ("2**10", 1024),
        ("7%3", 1),
        ("-(2+3)*4", -20),
        ("sqrt(2)**2", Fraction("1.99999999999")),
        ("sqrt(9/4)", Fraction(3, 2)),
        ("sin(30)", Fraction(1, 2)),
        ("tan(45)", 1),
        ("factorial(5)", 120),
        ("log(1000)", 3),
        ("ln(1)", 0),
        ("round(2.567, 2)", Fraction("2.57")),
        ("round(1849, -2)", 1800),
        ("8**(1/3)", 2),
        ("2*pi", Fraction("6.28318530718")),
        ("abs(floor(-2.5)) + ceil(2.1)", 6),
    ],
)
def test_values_are_exact(expression: str, value: Fraction) -> None:
    assert abs(evaluate(expression) - value) <= abs(Fraction(value)) / 10**11


@pytest.mark.parametrize(
    ("expression", "failure"),
    [
        ("9**9**9", TooLarge),
        ("factorial(10000)", TooLarge),
        ("round(1.5, 999999999)", TooLarge),
        ("round(1.5, -999999999)", TooLarge),
        ("round(1.5, 0.5)", ArithmeticFailure),
        ("10**400**2", TooLarge),
        ("2**-99999", TooLarge),
        ("1" * 201, TooLarge),
        ("1/0", DividedByZero),
        ("5%0", DividedByZero),
        ("0**-1", DividedByZero),
        ("tan(90)", DividedByZero),
        ("sqrt(-1)", ArithmeticFailure),
        ("log(0)", ArithmeticFailure),
        ("(-8)**0.5", ArithmeticFailure),
        ("__import__('os')", ArithmeticFailure),
        ("'a'*9", ArithmeticFailure),
        ("[1]*3", ArithmeticFailure),
        ("True+1", ArithmeticFailure),
        ("2+", ArithmeticFailure),
        ("", ArithmeticFailure),
        ("(" * 150, ArithmeticFailure),
        ("e1\x00", ArithmeticFailure),
        ("factorial(2.5)", ArithmeticFailure),
        ("1e999", ArithmeticFailure),
        ("exp(1000)", ArithmeticFailure),
    ],
)
def test_what_has_no_value_is_refused(expression: str, failure: type[Exception]) -> None:
    with pytest.raises(failure):
        evaluate(expression)


@pytest.mark.parametrize(
    ("language", "call", "args", "speech"),
    [
        ("en", "calculate", {"expression": "0.1+0.2"}, "0.3."),
        ("en", "calculate", {"expression": "10/3"}, "About 3.33."),
        ("de", "calculate", {"expression": "7/2"}, "3,5."),
        ("fr", "calculate", {"expression": "1/0"}, "On ne peut pas diviser par zéro."),
        ("en", "calculate", {"expression": "9**9**9"}, "That number is too large for me."),
        ("en", "calculate", {"expression": "10**100"}, "About 1 times ten to the power of 100."),
        ("en", "calculate", {"expression": "1/7000"}, "About 0.000143."),
        ("en", "calculate", {"expression": "1/2*1/3"}, "About 0.167."),
        ("en", "calculate", {"expression": "1/8"}, "0.125."),
        ("en", "calculate", {"expression": "1/1000"}, "0.001."),
        ("en", "calculate", {"expression": "1+1/8"}, "About 1.12."),
        ("en", "calculate", {"expression": "2**-1000"}, "About 9.33 times ten to the power of -302."),
        ("en", "calculate", {"expression": "-2**60"}, "About -1.15 times ten to the power of 18."),
        ("en", "calculate", {"expression": "99999*10**15"}, "About 1 times ten to the power of 20."),
        ("en", "convert", {"value": 5, "from_unit": "mile", "to_unit": "kilometer"}, "5 miles is 8.05 kilometers."),
        ("en", "convert", {"value": 1, "from_unit": "cup", "to_unit": "tablespoon"}, "1 cup is 16 tablespoons."),
        ("de", "convert", {"value": 100, "from_unit": "fahrenheit", "to_unit": "celsius"},
         "100 Grad Fahrenheit sind 37,78 Grad Celsius."),
        ("en", "convert", {"value": 3, "from_unit": "teaspoon", "to_unit": "tablespoon"},
         "3 teaspoons is 1 tablespoon."),
        ("en", "convert", {"value": 1e308, "from_unit": "light-year", "to_unit": "millimeter"},
         "That number is too large for me."),
        ("en", "convert", {"value": float("nan"), "from_unit": "mile", "to_unit": "kilometer"}, "That did not work."),
        ("ja", "convert", {"value": 2, "from_unit": "hour", "to_unit": "minute"}, "2時間は120分です。"),
        ("en", "convert", {"value": 1, "from_unit": "parsnip", "to_unit": "cup"}, "I don't know the unit parsnip."),
        ("en", "convert", {"value": 1, "from_unit": "mile", "to_unit": "cup"}, "mile can't be converted to cup."),
    ],
)  # fmt: skip
async def test_answers(household: Household, language: str, call: str, args: dict[str, str], speech: str) -> None:
    heard = await household.say("question", [(call, args)], language=language)
    assert heard.speech == speech


@pytest.mark.parametrize(
    ("said", "call", "args", "speech"),
    [
        ("what is fifteen percent of eighty", "calculate", {"expression": "15/100*80"}, "12."),
        ("how much is a third of ten", "calculate", {"expression": "10/3"}, "About 3.33."),
        ("how many kilometers are five miles", "convert", {"value": 5, "from_unit": "mile", "to_unit": "kilometer"},
         "5 miles is 8.05 kilometers."),
        ("how many tablespoons is a cup", "convert", {"value": 1, "from_unit": "cup", "to_unit": "tablespoon"},
         "1 cup is 16 tablespoons."),
    ],
)  # fmt: skip
async def test_what_is_asked(
    household: Household, show: Show, said: str, call: str, args: dict[str, str], speech: str
) -> None:
    heard = await household.say(said, [(call, args)])
    assert heard.speech == speech
    show(heard, "said")


def test_every_unit_is_named_in_speech() -> None:
    named = {key.removeprefix("unit.") for key in templates("en") if key.startswith("unit.")}
    assert named == UNITS.keys()


@pytest.mark.parametrize(
    ("spoken", "unit"),
    [("miles", "mile"), ("square foot", "square-foot"), ("litre", "liter"), ("feet", "foot"), ("inches", "inch"),
     ("kilometres per hour", "kilometer-per-hour"), ("mile per hour", "mile-per-hour"), ("celsius", "celsius")],
)  # fmt: skip
def test_units_are_found_as_they_are_said(spoken: str, unit: str) -> None:
    assert find(spoken) == unit


async def test_another_agent_gets_the_same_tools(household: Household, entry: MockConfigEntry) -> None:
    names = {tool.name for tool in await household.tools("assist")}
    assert {"local_llm_voice__calculate", "local_llm_voice__convert"} <= names
    result = await household.call_tool("assist", "local_llm_voice__calculate", {"expression": "1/4"})
    assert result.data == {"speech": "0.25.", "value": 0.25}
