"""What several hours or days of weather have in common."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from homeassistant.const import UnitOfLength, UnitOfSpeed, UnitOfTemperature
from homeassistant.util.unit_conversion import (
    DistanceConverter,
    SpeedConverter,
    TemperatureConverter,
)

from .outlook import Slot, Units

RAIN: Final = frozenset({"rainy", "pouring", "lightning-rainy", "snowy-rainy", "hail"})
SNOW: Final = frozenset({"snowy", "snowy-rainy"})
THUNDER: Final = frozenset({"lightning", "lightning-rainy"})
SUN: Final = frozenset({"sunny", "partlycloudy"})
CLOUDS: Final = frozenset({"cloudy", "partlycloudy"})
WIND: Final = frozenset({"windy", "windy-variant"})

LIKELY: Final = 50
"""Percent from which on rain is expected."""

POSSIBLE: Final = 25
"""Percent from which on rain is not ruled out."""

WET_MM: Final = 0.5
WINDY_KMH: Final = 29
"""A fresh breeze, 5 on Beaufort's scale."""

STORM_KMH: Final = 62
"""A gale, 8 on Beaufort's scale."""

STORM_GUST_KMH: Final = 75


@dataclass(frozen=True)
class Summary:
    """The weather of some slots, at least one."""

    slots: Sequence[Slot]
    units: Units

    @property
    def low(self) -> float | None:
        """The lowest temperature, in the unit of the outlook."""
        temperatures = [s.temperature if s.low is None else s.low for s in self.slots]
        return min((t for t in temperatures if t is not None), default=None)

    @property
    def high(self) -> float | None:
        """The highest temperature, in the unit of the outlook."""
        return self._most("temperature")

    @property
    def condition(self) -> str | None:
        """The condition of most slots; a wet one where a third of them are wet."""
        counts = Counter(s.condition for s in self.slots if s.condition)
        wet = {c: n for c, n in counts.items() if c in RAIN | SNOW | THUNDER}
        if wet and sum(wet.values()) * 3 >= counts.total():
            counts = Counter(wet)
        return counts.most_common(1)[0][0] if counts else None

    @property
    def conditions(self) -> frozenset[str]:
        """Every condition that occurs."""
        return frozenset(s.condition for s in self.slots if s.condition)

    @property
    def probability(self) -> float | None:
        """The highest probability of precipitation, in percent."""
        return self._most("probability")

    @property
    def wind(self) -> float | None:
        """The strongest wind, in the unit of the outlook."""
        return self._most("wind")

    @property
    def humidity(self) -> float | None:
        """The mean humidity, in percent."""
        known = [s.humidity for s in self.slots if s.humidity is not None]
        return sum(known) / len(known) if known else None

    @property
    def uv(self) -> float | None:
        """The highest UV index."""
        return self._most("uv")

    @property
    def rain(self) -> bool:
        """Whether rain is expected."""
        return any(self._is_wet(slot) for slot in self.slots)

    @property
    def windy(self) -> bool:
        """Whether the wind is strong."""
        return bool(self.conditions & WIND) or self.kmh("wind") >= WINDY_KMH

    @property
    def storm(self) -> bool:
        """Whether a gale or a thunderstorm is expected."""
        return (
            bool(self.conditions & (THUNDER | {"exceptional"}))
            or self.kmh("wind") >= STORM_KMH
            or self.kmh("gust") >= STORM_GUST_KMH
        )

    @property
    def celsius(self) -> tuple[float, float] | None:
        """The lowest and the highest temperature in degrees Celsius."""
        if self.low is None or self.high is None:
            return None
        convert = TemperatureConverter.convert
        unit = self.units.temperature
        return (
            convert(self.low, unit, UnitOfTemperature.CELSIUS),
            convert(self.high, unit, UnitOfTemperature.CELSIUS),
        )

    def kmh(self, name: str) -> float:
        """Return the strongest "wind" or "gust" in kilometers per hour."""
        most = self._most(name)
        if most is None:
            return 0
        return SpeedConverter.convert(
            most, self.units.wind, UnitOfSpeed.KILOMETERS_PER_HOUR
        )

    def _is_wet(self, slot: Slot) -> bool:
        if slot.condition in RAIN:
            return True
        if slot.condition in SNOW:
            return False
        if slot.probability is not None:
            return slot.probability >= LIKELY
        amount = DistanceConverter.convert(
            slot.precipitation or 0, self.units.precipitation, UnitOfLength.MILLIMETERS
        )
        return amount >= WET_MM

    def _most(self, name: str) -> float | None:
        known = [value for s in self.slots if (value := getattr(s, name)) is not None]
        return max(known, default=None)
