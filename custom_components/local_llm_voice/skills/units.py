"""Units as the catalogue names them (English, singular) on Home Assistant's converters."""

from collections.abc import Mapping
from fractions import Fraction
import math
from typing import Final

from homeassistant.const import (
    UnitOfArea,
    UnitOfEnergy,
    UnitOfInformation,
    UnitOfLength,
    UnitOfMass,
    UnitOfPower,
    UnitOfPressure,
    UnitOfSpeed,
    UnitOfTemperature,
    UnitOfTime,
    UnitOfVolume,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.unit_conversion import (
    AreaConverter,
    BaseUnitConverter,
    DistanceConverter,
    DurationConverter,
    EnergyConverter,
    InformationConverter,
    MassConverter,
    PowerConverter,
    PressureConverter,
    SpeedConverter,
    TemperatureConverter,
    VolumeConverter,
)


class UnknownUnit(HomeAssistantError):
    """The unit is none of UNITS."""


class DifferentMeasures(HomeAssistantError):
    """The units measure different things, such as miles and liters."""


_MEASURES: Final[
    Mapping[type[BaseUnitConverter], Mapping[str, tuple[str, int | str | Fraction]]]
] = {
    AreaConverter: {
        "acre": (UnitOfArea.ACRES, 1),
        "hectare": (UnitOfArea.HECTARES, 1),
        "square-centimeter": (UnitOfArea.SQUARE_CENTIMETERS, 1),
        "square-foot": (UnitOfArea.SQUARE_FEET, 1),
        "square-inch": (UnitOfArea.SQUARE_INCHES, 1),
        "square-kilometer": (UnitOfArea.SQUARE_KILOMETERS, 1),
        "square-meter": (UnitOfArea.SQUARE_METERS, 1),
        "square-mile": (UnitOfArea.SQUARE_MILES, 1),
        "square-yard": (UnitOfArea.SQUARE_YARDS, 1),
    },
    DistanceConverter: {
        "centimeter": (UnitOfLength.CENTIMETERS, 1),
        "foot": (UnitOfLength.FEET, 1),
        "inch": (UnitOfLength.INCHES, 1),
        "kilometer": (UnitOfLength.KILOMETERS, 1),
        "light-year": (UnitOfLength.KILOMETERS, "9460730472580.8"),
        "meter": (UnitOfLength.METERS, 1),
        "mile": (UnitOfLength.MILES, 1),
        "millimeter": (UnitOfLength.MILLIMETERS, 1),
        "nautical-mile": (UnitOfLength.NAUTICAL_MILES, 1),
        "yard": (UnitOfLength.YARDS, 1),
    },
    DurationConverter: {
        "century": (UnitOfTime.DAYS, "36525"),
        "day": (UnitOfTime.DAYS, 1),
        "decade": (UnitOfTime.DAYS, "3652.5"),
        "hour": (UnitOfTime.HOURS, 1),
        "millisecond": (UnitOfTime.MILLISECONDS, 1),
        "minute": (UnitOfTime.MINUTES, 1),
        "month": (UnitOfTime.DAYS, "30.4375"),
        "second": (UnitOfTime.SECONDS, 1),
        "week": (UnitOfTime.WEEKS, 1),
        "year": (UnitOfTime.DAYS, "365.25"),
    },
    EnergyConverter: {
        "calorie": (UnitOfEnergy.CALORIE, 1),
        "joule": (UnitOfEnergy.JOULE, 1),
        "kilocalorie": (UnitOfEnergy.KILO_CALORIE, 1),
        "kilojoule": (UnitOfEnergy.KILO_JOULE, 1),
        "kilowatt-hour": (UnitOfEnergy.KILO_WATT_HOUR, 1),
    },
    InformationConverter: {
        "bit": (UnitOfInformation.BITS, 1),
        "byte": (UnitOfInformation.BYTES, 1),
        "gigabyte": (UnitOfInformation.GIGABYTES, 1),
        "kilobyte": (UnitOfInformation.KILOBYTES, 1),
        "megabyte": (UnitOfInformation.MEGABYTES, 1),
        "terabyte": (UnitOfInformation.TERABYTES, 1),
    },
    MassConverter: {
        "gram": (UnitOfMass.GRAMS, 1),
        "kilogram": (UnitOfMass.KILOGRAMS, 1),
        "milligram": (UnitOfMass.MILLIGRAMS, 1),
        "ounce": (UnitOfMass.OUNCES, 1),
        "pound": (UnitOfMass.POUNDS, 1),
        "stone": (UnitOfMass.STONES, 1),
        "ton": (UnitOfMass.POUNDS, 2000),
        "tonne": (UnitOfMass.KILOGRAMS, 1000),
    },
    PowerConverter: {
        "horsepower": (UnitOfPower.WATT, "745.69987158227022"),
        "kilowatt": (UnitOfPower.KILO_WATT, 1),
        "watt": (UnitOfPower.WATT, 1),
    },
    PressureConverter: {
        "bar": (UnitOfPressure.BAR, 1),
        "hectopascal": (UnitOfPressure.HPA, 1),
        "pascal": (UnitOfPressure.PA, 1),
        "pound-force-per-square-inch": (UnitOfPressure.PSI, 1),
    },
    SpeedConverter: {
        "kilometer-per-hour": (UnitOfSpeed.KILOMETERS_PER_HOUR, 1),
        "knot": (UnitOfSpeed.KNOTS, 1),
        "meter-per-second": (UnitOfSpeed.METERS_PER_SECOND, 1),
        "mile-per-hour": (UnitOfSpeed.MILES_PER_HOUR, 1),
    },
    TemperatureConverter: {
        "celsius": (UnitOfTemperature.CELSIUS, 1),
        "fahrenheit": (UnitOfTemperature.FAHRENHEIT, 1),
        "kelvin": (UnitOfTemperature.KELVIN, 1),
    },
    # Kitchen measures are the American ones, as cooks use them: a cup is 8 fluid
    # ounces. Home Assistant knows no spoons.
    VolumeConverter: {
        "centiliter": (UnitOfVolume.MILLILITERS, 10),
        "cubic-foot": (UnitOfVolume.CUBIC_FEET, 1),
        "cubic-meter": (UnitOfVolume.CUBIC_METERS, 1),
        "cup": (UnitOfVolume.FLUID_OUNCES, 8),
        "deciliter": (UnitOfVolume.MILLILITERS, 100),
        "fluid-ounce": (UnitOfVolume.FLUID_OUNCES, 1),
        "gallon": (UnitOfVolume.GALLONS, 1),
        "liter": (UnitOfVolume.LITERS, 1),
        "milliliter": (UnitOfVolume.MILLILITERS, 1),
        "pint": (UnitOfVolume.FLUID_OUNCES, 16),
        "quart": (UnitOfVolume.FLUID_OUNCES, 32),
        "tablespoon": (UnitOfVolume.FLUID_OUNCES, "0.5"),
        "teaspoon": (UnitOfVolume.FLUID_OUNCES, Fraction(1, 6)),
    },
}

UNITS: Final[Mapping[str, tuple[type[BaseUnitConverter], str, Fraction]]] = {
    name: (converter, unit, Fraction(factor))
    for converter, units in _MEASURES.items()
    for name, (unit, factor) in units.items()
}
"""By name: the converter, its unit, and how many of that unit it is."""

_ALSO: Final[Mapping[str, str]] = {
    "c": "celsius",
    "centigrade": "celsius",
    "cm": "centimeter",
    "degree": "celsius",
    "degree celsius": "celsius",
    "degree fahrenheit": "fahrenheit",
    "f": "fahrenheit",
    "feet": "foot",
    "g": "gram",
    "gb": "gigabyte",
    "inches": "inch",
    "kg": "kilogram",
    "kilo": "kilogram",
    "km": "kilometer",
    "kph": "kilometer-per-hour",
    "kmh": "kilometer-per-hour",
    "km/h": "kilometer-per-hour",
    "kwh": "kilowatt-hour",
    "l": "liter",
    "lb": "pound",
    "m": "meter",
    "m/s": "meter-per-second",
    "mb": "megabyte",
    "metric ton": "tonne",
    "ml": "milliliter",
    "mm": "millimeter",
    "mph": "mile-per-hour",
    "ounces": "ounce",
    "oz": "ounce",
    "psi": "pound-force-per-square-inch",
    "tbsp": "tablespoon",
    "tsp": "teaspoon",
}

_BRITISH: Final = {"metre": "meter", "litre": "liter", "gramme": "gram"}


def find(spoken: str) -> str:
    """Return the name in UNITS of a unit as the catalogue has it; raises UnknownUnit."""
    name = " ".join(spoken.lower().replace("_", " ").replace("-", " ").split())
    for british, american in _BRITISH.items():
        name = name.replace(british, american)
    name = name.replace("s per ", " per ")
    for form in (name, name.removesuffix("s"), name.removesuffix("es")):
        candidate = _ALSO.get(form, form.replace(" ", "-"))
        if candidate in UNITS:
            return candidate
    raise UnknownUnit(spoken)


def convert(value: float, from_unit: str, to_unit: str) -> float:
    """Convert between two units of UNITS; raises DifferentMeasures, or OverflowError beyond the range of floats."""
    converter, source, source_factor = UNITS[from_unit]
    target_converter, target, target_factor = UNITS[to_unit]
    if converter is not target_converter:
        raise DifferentMeasures(from_unit, to_unit)
    converted = converter.convert(value * float(source_factor), source, target)
    result = converted / float(target_factor)
    if not math.isfinite(result):
        raise OverflowError(result)
    return result
