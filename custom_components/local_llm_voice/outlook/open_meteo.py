"""The weather elsewhere, from Open-Meteo: the name of the place leaves the house."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
import logging
from typing import Any, Final

import aiohttp

from homeassistant.const import UnitOfLength, UnitOfSpeed, UnitOfTemperature
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM

from ..turn import SkillError
from .outlook import Outlook, Slot, Units, in_steps

_LOGGER = logging.getLogger(__name__)

GEOCODING_URL = "https://geocoding-api.open-meteo.com/v1/search"
FORECAST_URL = "https://api.open-meteo.com/v1/forecast"

TIMEOUT: Final = aiohttp.ClientTimeout(total=8)
FORECAST_DAYS: Final = 10
LONGEST_NAME: Final = 100

_NOW: Final = {
    "temperature": "temperature_2m",
    "humidity": "relative_humidity_2m",
    "wind": "wind_speed_10m",
    "gust": "wind_gusts_10m",
}
_HOUR: Final = {
    **_NOW,
    "precipitation": "precipitation",
    "probability": "precipitation_probability",
    "uv": "uv_index",
}
_DAY: Final = {
    "temperature": "temperature_2m_max",
    "low": "temperature_2m_min",
    "precipitation": "precipitation_sum",
    "probability": "precipitation_probability_max",
    "wind": "wind_speed_10m_max",
    "gust": "wind_gusts_10m_max",
    "uv": "uv_index_max",
}
"""Fields of a slot by what Open-Meteo calls them."""

_CONDITIONS: Final[Mapping[range, str]] = {
    range(2): "sunny",
    range(2, 3): "partlycloudy",
    range(3, 4): "cloudy",
    range(45, 49): "fog",
    range(51, 65): "rainy",
    range(65, 66): "pouring",
    range(66, 68): "snowy-rainy",
    range(71, 78): "snowy",
    range(80, 82): "rainy",
    range(82, 83): "pouring",
    range(85, 87): "snowy",
    range(95, 96): "lightning-rainy",
    range(96, 100): "hail",
}
"""Codes 4677 of the World Meteorological Organization, as far as Open-Meteo uses them."""


_WRONG_SHAPE: Final = (AttributeError, KeyError, TypeError, ValueError)
"""What reading an answer of another shape raises."""


class NoSuchPlace(SkillError):
    """The geocoder knows no place of that name."""


@dataclass(frozen=True)
class _Place:
    name: str
    latitude: float
    longitude: float


async def async_elsewhere(hass: HomeAssistant, name: str, language: str) -> Outlook:
    """Return the outlook for a place, in the units of the house.

    Raises NoSuchPlace, or SkillError where Open-Meteo does not answer as it should.
    """
    place = await _async_find(hass, name[:LONGEST_NAME], language)
    # As Home Assistant's weather entities choose their units.
    american = hass.config.units is US_CUSTOMARY_SYSTEM
    fahrenheit = hass.config.units.temperature_unit == UnitOfTemperature.FAHRENHEIT
    data = await _async_get(
        hass,
        FORECAST_URL,
        {
            "latitude": str(place.latitude),
            "longitude": str(place.longitude),
            "current": ",".join((*_NOW.values(), "weather_code", "is_day")),
            "hourly": ",".join((*_HOUR.values(), "weather_code", "is_day")),
            "daily": ",".join((*_DAY.values(), "weather_code", "sunrise", "sunset")),
            "timezone": "auto",
            "forecast_days": str(FORECAST_DAYS),
            "temperature_unit": "fahrenheit" if fahrenheit else "celsius",
            "wind_speed_unit": "mph" if american else "kmh",
            "precipitation_unit": "inch" if american else "mm",
        },
    )
    units = Units(
        temperature=hass.config.units.temperature_unit,
        wind=UnitOfSpeed.MILES_PER_HOUR
        if american
        else UnitOfSpeed.KILOMETERS_PER_HOUR,
        precipitation=UnitOfLength.INCHES if american else UnitOfLength.MILLIMETERS,
    )
    try:
        zone = await dt_util.async_get_time_zone(str(data["timezone"]))
        return _outlook(data, zone or dt_util.get_default_time_zone(), units, place)
    except _WRONG_SHAPE as err:
        _LOGGER.warning("Open-Meteo sent a forecast of another shape: %r", err)
        raise SkillError("weather.elsewhere_failed") from err


async def _async_find(hass: HomeAssistant, name: str, language: str) -> _Place:
    """The best known place of a name; "Boston Massachusetts" is Boston in Massachusetts."""
    words = name.split()
    spellings = [name]
    if "," not in name:
        spellings += [
            f"{' '.join(words[:n])}, {' '.join(words[n:])}"
            for n in range(len(words) - 1, 0, -1)
        ]
    for spelling in spellings[:3]:
        data = await _async_get(
            hass,
            GEOCODING_URL,
            {"name": spelling, "count": "1", "language": language, "format": "json"},
        )
        try:
            for found in data.get("results") or ():
                return _Place(
                    str(found["name"])[:LONGEST_NAME],
                    float(found["latitude"]),
                    float(found["longitude"]),
                )
        except _WRONG_SHAPE as err:
            _LOGGER.warning("Open-Meteo sent a place of another shape: %r", err)
            raise SkillError("weather.elsewhere_failed") from err
    raise NoSuchPlace("weather.no_place", place=name)


async def _async_get(
    hass: HomeAssistant, url: str, query: Mapping[str, str]
) -> Mapping[str, Any]:
    try:
        async with async_get_clientsession(hass).get(
            url, params=query, timeout=TIMEOUT
        ) as response:
            response.raise_for_status()
            data = await response.json()
    except (aiohttp.ClientError, TimeoutError, ValueError) as err:
        _LOGGER.warning("Open-Meteo did not answer: %r", err)
        raise SkillError("weather.elsewhere_failed") from err
    if not isinstance(data, Mapping):
        _LOGGER.warning("Open-Meteo did not answer with an object")
        raise SkillError("weather.elsewhere_failed")
    return data


def _outlook(
    data: Mapping[str, Any], zone: tzinfo, units: Units, place: _Place
) -> Outlook:
    now = dt_util.utcnow().astimezone(zone)
    current: Mapping[str, Any] = data["current"]
    suns = {
        (date.fromisoformat(row["time"]), event): _moment(row[event], zone)
        for row in _rows(data["daily"])
        if _has_sun_events(row)
        for event in ("sunrise", "sunset")
        if row.get(event)
    }

    def sun(day: date, event: str) -> datetime | None:
        return suns.get((day, event))

    return Outlook(
        now=now,
        units=units,
        place=place.name,
        current=_hour(current, now),
        hours=in_steps(
            [_hour(row, _moment(row["time"], zone)) for row in _rows(data["hourly"])]
        ),
        days=[_day(row, _moment(row["time"], zone)) for row in _rows(data["daily"])],
        sun=sun,
    )


def _rows(columns: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Open-Meteo sends a list per value; here is one mapping per time."""
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _has_sun_events(row: Mapping[str, Any]) -> bool:
    """Whether the sun rises and sets: at midnight it does only in polar nights and days."""
    return any(
        (event := row.get(name)) and not event.endswith("T00:00")
        for name in ("sunrise", "sunset")
    )


def _moment(text: str, zone: tzinfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def _hour(row: Mapping[str, Any], start: datetime) -> Slot:
    return Slot.read(
        row,
        _HOUR,
        start=start,
        length=timedelta(hours=1),
        condition=_condition(row.get("weather_code"), row.get("is_day") == 0),
    )


def _day(row: Mapping[str, Any], start: datetime) -> Slot:
    return Slot.read(
        row,
        _DAY,
        start=start,
        length=timedelta(days=1),
        condition=_condition(row.get("weather_code"), False),
    )


def _condition(code: object, night: bool) -> str | None:
    found = next((c for codes, c in _CONDITIONS.items() if code in codes), None)
    return "clear-night" if night and found == "sunny" else found
