"""What a question on the weather is about, in the words of the user."""

from enum import StrEnum
import re
from typing import Final

from ..speech import closest, words


class Asked(StrEnum):
    """What is asked about; each has its words in speech, `weather.asked_<value>`."""

    RAIN = "rain"
    SNOW = "snow"
    THUNDER = "thunder"
    HAIL = "hail"
    FOG = "fog"
    WIND = "wind"
    STORM = "storm"
    SUN = "sun"
    CLOUDS = "clouds"
    FROST = "frost"
    COLD = "cold"
    COOL = "cool"
    """A jacket is worn."""

    WARM = "warm"
    HOT = "hot"
    NICE = "nice"
    DRY = "dry"
    UMBRELLA = "umbrella"
    SUNSCREEN = "sunscreen"
    TEMPERATURE = "temperature"
    HUMIDITY = "humidity"
    SUNRISE = "sunrise"
    SUNSET = "sunset"


_COMPOUNDS: Final = frozenset({"da", "de", "nl"})
"""Languages whose words are put together: "Starkregen" is rain, "train" is not."""

_INSIDE: Final = 4
"""Shorter stems begin a word there as well: "Eis" is not in "Reise"."""


def asked(language: str, condition: str) -> Asked | None:
    """Return what is asked about: the one whose longest stem was said; None if unknown."""
    said = condition.casefold()
    compounds = closest(language) in _COMPOUNDS
    found = [
        (len(stem), kind)
        for kind in Asked
        for stem in words(language, f"weather.asked_{kind}")
        if _is_in(stem, said, compounds)
    ]
    return max(found, key=lambda item: item[0])[1] if found else None


def _is_in(stem: str, said: str, compounds: bool) -> bool:
    if not stem.isascii() or (compounds and len(stem) >= _INSIDE):
        return stem in said
    return re.search(rf"\b{re.escape(stem)}", said) is not None
