"""Exact, bounded arithmetic on text such as "15/100*80"; nothing is evaluated as Python."""

import ast
from collections.abc import Callable, Mapping
from fractions import Fraction
import math
from typing import Final

MAX_LENGTH: Final = 200
"""Characters; what a person says in one breath is shorter."""

MAX_BITS: Final = 4096
"""Of numerator and denominator: about 1,200 digits, and every step takes microseconds."""

MAX_FACTORIAL: Final = 500
MAX_ROUNDED_DIGITS: Final = 1000


class ArithmeticFailure(ValueError):
    """The text is no expression, or has no result."""


class TooLarge(ArithmeticFailure):
    """The result, or a step towards it, is too large to be worked out."""


class DividedByZero(ArithmeticFailure):
    """Nothing divides by zero."""


def evaluate(expression: str) -> Fraction:
    """Work out an expression of the catalogue: + - * / % ** ( ), functions, pi.

    Functions with irrational results are exact to 12 digits. Raises ArithmeticFailure.
    """
    if len(expression) > MAX_LENGTH:
        raise TooLarge(expression[:MAX_LENGTH])
    try:
        tree = ast.parse(expression.strip(), mode="eval")
        return _value(tree.body)
    except ZeroDivisionError as err:
        raise DividedByZero(expression) from err
    except (SyntaxError, RecursionError, MemoryError) as err:
        raise ArithmeticFailure(expression) from err
    except OverflowError as err:
        raise TooLarge(expression) from err
    except ArithmeticFailure:
        raise
    except ValueError as err:
        # What a function is not defined for: log(0), a null byte in the source.
        raise ArithmeticFailure(expression) from err


def _value(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(
            number, bool
        ):
            # repr, so that 0.1 is a tenth and not its binary neighbor.
            return _bounded(Fraction(repr(number)))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _bounded(_OPERATORS[type(op)](_value(left), _value(right)))
        case ast.Name(id="pi"):
            return _rounded(math.pi)
        case ast.Call(func=ast.Name(id=name), args=[*args], keywords=[]) if (
            name in _FUNCTIONS and len(args) == 1
        ):
            return _bounded(_FUNCTIONS[name](_value(args[0])))
        case ast.Call(func=ast.Name(id="round"), args=[number, digits], keywords=[]):
            return _round(_value(number), _value(digits))
    raise ArithmeticFailure(ast.dump(node)[:80])


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if exponent.denominator == 1:
        if abs(exponent) * max(bits - 1, 0) > MAX_BITS:
            raise TooLarge
        return base ** int(exponent)
    if base < 0:
        raise ArithmeticFailure("a root of a negative number")
    if exponent == Fraction(1, 2):
        return _root(base)
    return _rounded(math.pow(base, exponent))


def _root(value: Fraction) -> Fraction:
    if value < 0:
        raise ArithmeticFailure("a root of a negative number")
    exact = Fraction(math.isqrt(value.numerator), math.isqrt(value.denominator))
    return exact if exact * exact == value else _rounded(math.sqrt(value))


def _round(value: Fraction, digits: Fraction) -> Fraction:
    if digits.denominator != 1:
        raise ArithmeticFailure("digits are whole")
    if abs(digits) > MAX_ROUNDED_DIGITS:
        raise TooLarge
    return round(value, int(digits))


def _factorial(value: Fraction) -> Fraction:
    if value.denominator != 1 or value < 0:
        raise ArithmeticFailure("a factorial of no whole number")
    if value > MAX_FACTORIAL:
        raise TooLarge
    return Fraction(math.factorial(int(value)))


def _of_degrees(function: Callable[[float], float]) -> Callable[[Fraction], Fraction]:
    def wrapped(degrees: Fraction) -> Fraction:
        if function is math.tan and degrees % 180 == 90:
            raise DividedByZero("tan")
        return _rounded(function(math.radians(degrees % 360)))

    return wrapped


def _rounded(value: float) -> Fraction:
    """An inexact result as the decimal number it is meant to be."""
    if math.isinf(value) or math.isnan(value):
        raise TooLarge
    rounded = Fraction(f"{value:.12g}")
    return Fraction(0) if abs(rounded) < Fraction(1, 10**12) else rounded


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise TooLarge
    return value


_OPERATORS: Final[
    Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]]
] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.FloorDiv: lambda a, b: Fraction(a // b),
    ast.Mod: lambda a, b: a % b,
    ast.Pow: _power,
}

_FUNCTIONS: Final[Mapping[str, Callable[[Fraction], Fraction]]] = {
    "abs": abs,
    "ceil": lambda value: Fraction(math.ceil(value)),
    "cos": _of_degrees(math.cos),
    "factorial": _factorial,
    "floor": lambda value: Fraction(math.floor(value)),
    "ln": lambda value: _rounded(math.log(value)),
    "log": lambda value: _rounded(math.log10(value)),
    "round": lambda value: Fraction(round(value)),
    "sin": _of_degrees(math.sin),
    "sqrt": _root,
    "tan": _of_degrees(math.tan),
}
