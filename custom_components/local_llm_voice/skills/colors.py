"""Colors as they are spoken, in every language."""

from typing import Final

from homeassistant.util import color as color_util

from ..speech import words
from .targets import closeness

CLOSE_ENOUGH: Final = 80

WHITES: Final = {"warm_white": 2700, "cool_white": 6000}
"""Spoken as colors, but a color temperature: kelvin."""

COLORS: Final = (
    "red",
    "green",
    "blue",
    "yellow",
    "orange",
    "purple",
    "pink",
    "white",
    "turquoise",
    "magenta",
    "lime",
    "gold",
    "violet",
    "cyan",
    "lightblue",
    "brown",
)
"""Names of CSS; each has its words in speech."""


def color_of(spoken: str, language: str) -> str | None:
    """Return the CSS name, or the key of WHITES, of a spoken color; None if unknown."""
    said = spoken.casefold().strip()
    for name in (*WHITES, *COLORS):
        if said in words(language, f"color.{name}"):
            return name
    try:
        color_util.color_name_to_rgb(said)
    except ValueError:
        pass
    else:
        return said
    scored = [
        (closeness(said, word), name)
        for name in (*WHITES, *COLORS)
        for word in words(language, f"color.{name}")
    ]
    score, name = max(scored)
    return name if score >= CLOSE_ENOUGH else None
