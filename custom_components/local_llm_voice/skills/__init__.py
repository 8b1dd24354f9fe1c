"""The table from functions of the catalogue to what carries them out."""

from collections.abc import Mapping
from typing import Final

from . import math
from .skill import SkillFunction

_SKILLS: Final = (math,)
"""Every skill: a module with a tuple FUNCTIONS."""

FUNCTIONS: Final[Mapping[str, SkillFunction]] = {
    function.function: function for skill in _SKILLS for function in skill.FUNCTIONS
}
"""The functions that this integration can carry out, by their name in the catalogue."""
