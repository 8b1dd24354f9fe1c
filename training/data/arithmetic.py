"""Arithmetic in English words, made from random expression trees."""

import random
from collections.abc import Callable

from .numbers import say

Term = tuple[str, str]
"""Words and the expression that they stand for."""

BINARY = {
    "+": ["plus", "plus", "and", "added to", "+", "add"],
    "-": ["minus", "minus", "less", "-", "take away", "subtract"],
    "*": ["times", "times", "multiplied by", "x", "*", "multiply by", "by"],
    "/": ["divided by", "divided by", "over", "/", "divide by", "by"],
}
FRACTIONS = {
    "half": "1/2", "a half": "1/2", "one half": "1/2", "a third": "1/3", "one third": "1/3", "two thirds": "2/3",
    "a quarter": "1/4", "one quarter": "1/4", "one fourth": "1/4", "three quarters": "3/4", "three fourths": "3/4",
    "a fifth": "1/5", "one fifth": "1/5", "two fifths": "2/5", "three fifths": "3/5", "four fifths": "4/5",
    "a sixth": "1/6", "an eighth": "1/8", "one eighth": "1/8", "three eighths": "3/8", "a tenth": "1/10",
    "five eighths": "5/8", "seven eighths": "7/8", "five sixths": "5/6", "a seventh": "1/7", "one ninth": "1/9",
}  # fmt: skip
FUNCTIONS = {
    "sqrt": ["the square root of", "square root of", "root of", "the root of"],
    "factorial": ["the factorial of", "factorial of", "factorial"],
    "abs": ["the absolute value of", "absolute value of"],
    "log": ["the log of", "log of", "the logarithm of", "log base ten of", "log"],
    "ln": ["the natural log of", "natural log of", "ln of", "the natural logarithm of"],
    "sin": ["the sine of", "sine of", "sin of", "sin"],
    "cos": ["the cosine of", "cosine of", "cos of", "cosine"],
    "tan": ["the tangent of", "tangent of", "tan of", "tan"],
    "round": ["round"],
    "floor": ["the floor of", "round down"],
    "ceil": ["the ceiling of", "round up"],
}


def draw(rng: random.Random) -> Term:
    """A sum in words and the expression that it stands for; mostly one step, sometimes two or three."""
    makers: list[tuple[int, Callable[[random.Random], Term]]] = [
        (40, _binary), (12, _percent), (5, _percent_change), (7, _fraction), (7, _function), (7, _power), (8, _chain),
        (4, _wrapped), (3, _remainder), (3, _list), (3, _verb),
    ]  # fmt: skip
    return rng.choices([maker for _, maker in makers], [weight for weight, _ in makers])[0](rng)


def _number(rng: random.Random, low: int = 1, high: int = 0) -> Term:
    """A number, small ones likelier, sometimes with decimals or a sign of money."""
    high = high or rng.choice([10, 12, 20, 100, 100, 100, 1000, 10_000, 200_000])
    if high >= 100 and rng.random() < 0.1:
        value = round(rng.uniform(low, high), rng.choice([1, 2, 2]))
        return (str(value) if rng.random() < 0.6 else say(value, "en", rng)), str(value)
    whole = rng.randint(low, max(low, high))
    if whole >= 100 and rng.random() < 0.35:
        whole = round(whole, -2) or 100
    spoken = say(whole, "en", rng)
    if spoken.isdigit() and whole >= 1000 and rng.random() < 0.25:
        spoken = f"{whole:,}"
    return spoken, str(whole)


def _binary(rng: random.Random) -> Term:
    sign = rng.choice("+-*/")
    (a, x), (b, y) = _number(rng), _number(rng)
    if sign == "/" and rng.random() < 0.6:
        divisor = rng.randint(2, 20)
        (a, x), (b, y) = _number(rng, divisor, divisor * 30), (say(divisor, "en", rng), str(divisor))
    return f"{a} {rng.choice(BINARY[sign][:5])} {b}", f"{x}{sign}{y}"


def _percent(rng: random.Random) -> Term:
    a, x = _number(rng, 1, 100)
    b, y = _number(rng, 5)
    sign = rng.choice(["percent", "percent", "%", "per cent"])
    money = rng.choice(["", "", "", " dollars", " euros", " pounds"])
    gap = "" if sign == "%" and a.isdigit() else " "
    of = rng.choice(["of", "of", "from" if rng.random() < 0.2 else "of"])
    return f"{a}{gap}{sign} {of} {b}{money}", f"{x}/100*{y}"


def _percent_change(rng: random.Random) -> Term:
    a, x = _number(rng, 1, 60)
    b, y = _number(rng, 5)
    sign = rng.choice(["percent", "percent", "%"])
    if rng.random() < 0.6:
        way = rng.choice(
            [f"{a} {sign} off {b}", f"{a} {sign} off of {b}", f"{b} minus {a} {sign}", f"{b} less {a} {sign}"]
        )
        return way, f"{y}*(1-{x}/100)"
    way = rng.choice([f"{b} plus {a} {sign}", f"{b} with {a} {sign} tax", f"{b} increased by {a} {sign}"])
    return way, f"{y}*(1+{x}/100)"


def _fraction(rng: random.Random) -> Term:
    b, y = _number(rng, 2)
    if rng.random() < 0.3:
        word, factor = rng.choice(
            [
                ("half", "/2"),
                ("twice", "*2"),
                ("double", "*2"),
                ("triple", "*3"),
                ("half of", "/2"),
                ("three times", "*3"),
            ]
        )
        return f"{word} {b}", f"{y}{factor}"
    spoken, fraction = rng.choice([*FRACTIONS.items()])
    if rng.random() < 0.2:
        other, second = rng.choice([*FRACTIONS.items()])
        sign = rng.choice("+-")
        return f"{spoken} {BINARY[sign][0]} {other}", f"{fraction}{sign}{second}"
    return f"{spoken} of {b}", f"{fraction}*{y}"


def _function(rng: random.Random) -> Term:
    name = rng.choices([*FUNCTIONS], [30, 6, 5, 5, 4, 5, 5, 4, 4, 2, 2])[0]
    spoken = rng.choice(FUNCTIONS[name])
    match name:
        case "sqrt":
            root = rng.randint(2, 40)
            a, x = (say(root * root, "en", rng), str(root * root)) if rng.random() < 0.5 else _number(rng)
            if rng.random() < 0.12:
                return f"the cube root of {a}", f"{x}**(1/3)"
        case "factorial":
            a, x = _number(rng, 1, 12)
            if rng.random() < 0.4:
                return f"{a} factorial", f"factorial({x})"
        case "sin" | "cos" | "tan":
            angle = rng.choice([0, 30, 45, 60, 90, 120, 180, 15, 75, rng.randint(1, 360)])
            a, x = say(angle, "en", rng) + rng.choice(["", " degrees", " degrees"]), str(angle)
        case "round" | "floor" | "ceil":
            value = round(rng.uniform(1, 100), 2)
            a, x = say(value, "en", rng), str(value)
        case "abs":
            a, x = _number(rng)
            a, x = f"{rng.choice(['minus', 'negative', '-'])} {a}", f"-{x}"
        case _:
            a, x = _number(rng)
    return f"{spoken} {a}", f"{name}({x})"


def _power(rng: random.Random) -> Term:
    a, x = _number(rng, 1, rng.choice([12, 20, 100]))
    match rng.randrange(4):
        case 0:
            return f"{a} {rng.choice(['squared', 'square'])}", f"{x}**2"
        case 1:
            return f"{a} cubed", f"{x}**3"
        case 2:
            return f"the square of {a}", f"{x}**2"
        case _:
            power = rng.randint(2, 10)
            names = {
                2: "second",
                3: "third",
                4: "fourth",
                5: "fifth",
                6: "sixth",
                7: "seventh",
                8: "eighth",
                9: "ninth",
            }
            ways = [
                f"{a} to the power of {say(power, 'en', rng)}",
                f"{a} to the {names.get(power, 'tenth')}",
                f"{a} to the {names.get(power, 'tenth')} power",
                f"{a} raised to {say(power, 'en', rng)}",
            ]
            return rng.choice(ways), f"{x}**{power}"


def _chain(rng: random.Random) -> Term:
    """Three or four numbers in a row, read by precedence."""
    spoken, expression = _number(rng, 1, 100)
    for _ in range(rng.choice([2, 2, 2, 3])):
        sign = rng.choice("++--*/")
        b, y = _number(rng, 1, rng.choice([10, 20, 100]))
        spoken, expression = f"{spoken} {rng.choice(BINARY[sign][:2])} {b}", f"{expression}{sign}{y}"
    return spoken, expression


def _wrapped(rng: random.Random) -> Term:
    """A sum of which something is asked: "half of ten plus six", said so that it is one reading."""
    a, x = _binary(rng)
    b, y = _number(rng, 2, 20)
    ways = [
        (f"{a} and then times {b}", f"({x})*{y}"),
        (f"{a} then divided by {b}", f"({x})/{y}"),
        (f"{a} all divided by {b}", f"({x})/{y}"),
        (f"{a} all times {b}", f"({x})*{y}"),
        (f"the sum of {b} and {b} times two", f"({y}+{y})*2"),
        (f"{b} times the square root of {b}", f"{y}*sqrt({y})"),
        (f"{b} times open parenthesis {a} close parenthesis", f"{y}*({x})"),
        (f"{b} squared plus {b}", f"{y}**2+{y}"),
        (f"{b} times pi", f"{y}*pi"),
        (f"pi times {b} squared", f"pi*{y}**2"),
        (f"two pi times {b}", f"2*pi*{y}"),
    ]
    return rng.choice(ways)


def _remainder(rng: random.Random) -> Term:
    (a, x), (b, y) = _number(rng, 10, 1000), _number(rng, 2, 20)
    ways = [
        f"the remainder of {a} divided by {b}",
        f"{a} modulo {b}",
        f"{a} mod {b}",
        f"the remainder when {a} is divided by {b}",
    ]
    return rng.choice(ways), f"{x}%{y}"


def _list(rng: random.Random) -> Term:
    """The sum, average, product or difference of numbers."""
    terms = [_number(rng, 1, 100) for _ in range(rng.choice([2, 2, 3]))]
    spoken = f"{' '.join(word for word, _ in terms[:-1])} and {terms[-1][0]}"
    values = [value for _, value in terms]
    match rng.randrange(4):
        case 0:
            return f"the sum of {spoken}", "+".join(values)
        case 1:
            return f"the average of {spoken}", f"({'+'.join(values)})/{len(values)}"
        case 2:
            return f"the product of {spoken}", "*".join(values)
        case _:
            return f"the difference between {terms[0][0]} and {terms[-1][0]}", f"{values[0]}-{values[-1]}"


def _verb(rng: random.Random) -> Term:
    """Said as an order: "subtract 3 from 10"."""
    (a, x), (b, y) = _number(rng, 1, 100), _number(rng, 1, 100)
    return rng.choice([
        (f"subtract {a} from {b}", f"{y}-{x}"),
        (f"take {a} from {b}", f"{y}-{x}"),
        (f"add {a} to {b}", f"{y}+{x}"),
        (f"multiply {a} by {b}", f"{x}*{y}"),
        (f"multiply {a} with {b}", f"{x}*{y}"),
        (f"divide {a} by {b}", f"{x}/{y}"),
        (f"add up {a} and {b}", f"{x}+{y}"),
        (f"add {a} and {b}", f"{x}+{y}"),
    ])  # fmt: skip
