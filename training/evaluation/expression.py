"""The number that an arithmetic expression stands for, so that `0.15*80` and `15/100*80` count as the same answer."""

import ast
import math
import operator
from collections.abc import Callable

MAX_LENGTH = 200
MAX_EXPONENT, MAX_BASE = 64, 1e9
"""Beyond these a power is not worked out: it would take too long or say too little."""

_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_UNARY: dict[type[ast.unaryop], Callable[[float], float]] = {ast.USub: operator.neg, ast.UAdd: operator.pos}


def _factorial(n: float) -> float:
    if not 0 <= n <= 170:
        raise ValueError("too large")
    return math.factorial(n)  # type: ignore[arg-type]  # a float raises TypeError, which is no value


_FUNCTIONS: dict[str, Callable[..., float]] = {
    "sqrt": math.sqrt,
    "floor": math.floor,
    "ceil": math.ceil,
    "abs": abs,
    "round": round,
    "log": math.log10,
    "ln": math.log,
    "sin": lambda degrees: math.sin(math.radians(degrees)),
    "cos": lambda degrees: math.cos(math.radians(degrees)),
    "tan": lambda degrees: math.tan(math.radians(degrees)),
    "factorial": _factorial,
}


def value_of(expression: str) -> float | None:
    """The value; None where the text is not arithmetic, has none, or is too large."""
    text = expression.replace("^", "**").replace("×", "*").replace("÷", "/")
    if len(text) > MAX_LENGTH:
        return None
    try:
        return float(_walk(ast.parse(text.strip(), mode="eval").body))
    except (ArithmeticError, KeyError, TypeError, ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def _walk(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.Name(id="pi"):
            return math.pi
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _walk(left), _walk(right)
            if isinstance(op, ast.Pow) and (abs(b) > MAX_EXPONENT or abs(a) > MAX_BASE):
                raise ValueError("too large")
            return _BINARY[type(op)](a, b)
        case ast.UnaryOp(op=op, operand=operand):
            return _UNARY[type(op)](_walk(operand))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return _FUNCTIONS[name](*map(_walk, args))
    raise ValueError("not arithmetic")
