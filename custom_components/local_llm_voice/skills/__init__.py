"""The table from functions of the catalogue to what carries them out."""

from collections.abc import Mapping
from typing import Final

from . import (
    chance,
    home_climate,
    home_light,
    home_machines,
    home_run,
    home_state,
    home_switch,
    lists,
    math,
    media_control,
    media_favorites,
    media_now,
    media_play,
    media_queue,
    media_rooms,
    media_volume,
    news,
    talk,
    time,
    timers,
    weather,
)
from .skill import SkillFunction

_SKILLS: Final = (
    media_play,
    media_favorites,
    media_control,
    media_volume,
    media_queue,
    media_rooms,
    media_now,
    math,
    time,
    timers,
    lists,
    home_switch,
    home_light,
    home_climate,
    home_machines,
    home_state,
    home_run,
    weather,
    news,
    chance,
    talk,
)
"""Every skill: a module with a tuple FUNCTIONS."""

FUNCTIONS: Final[Mapping[str, SkillFunction]] = {
    function.function: function for skill in _SKILLS for function in skill.FUNCTIONS
}
"""The functions that this integration can carry out, by their name in the catalogue."""
