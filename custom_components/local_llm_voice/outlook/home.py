"""The weather at home, from Home Assistant's weather entity."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.weather import (
    DOMAIN as WEATHER_DOMAIN,
    SERVICE_GET_FORECASTS,
    WeatherEntityFeature,
)
from homeassistant.const import (
    ATTR_ENTITY_ID,
    ATTR_SUPPORTED_FEATURES,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import sun
from homeassistant.util import dt as dt_util

from ..turn import SkillError, Turn
from .outlook import Outlook, Slot, Units, in_steps

_FORECASTS: Final = {
    "hourly": (WeatherEntityFeature.FORECAST_HOURLY, timedelta(hours=1)),
    "twice_daily": (WeatherEntityFeature.FORECAST_TWICE_DAILY, timedelta(hours=12)),
    "daily": (WeatherEntityFeature.FORECAST_DAILY, timedelta(days=1)),
}
"""Types of forecasts: the feature of an entity that has them, and how long a slot is."""

_NOW: Final = {
    "temperature": "temperature",
    "wind": "wind_speed",
    "gust": "wind_gust_speed",
    "humidity": "humidity",
    "uv": "uv_index",
}
"""Fields of a slot by the attributes of a weather entity."""

_AHEAD: Final = {
    **_NOW,
    "low": "templow",
    "precipitation": "precipitation",
    "probability": "precipitation_probability",
}
"""Fields of a slot by the keys of a forecast."""


async def async_home_outlook(turn: Turn, entity: State) -> Outlook:
    """Return what a weather entity knows, in the units of the house."""
    if entity.state in (STATE_UNAVAILABLE, STATE_UNKNOWN):
        raise SkillError("weather.unavailable")
    now = dt_util.now()
    features = entity.attributes.get(ATTR_SUPPORTED_FEATURES, 0)
    found: dict[str, list[Slot]] = {}
    for kind, (feature, length) in _FORECASTS.items():
        if features & feature:
            forecast = await _async_forecast(turn, entity.entity_id, kind)
            found[kind] = [s for f in forecast if (s := _slot(f, kind, length))]
    attributes = entity.attributes
    return Outlook(
        now=now,
        units=Units(
            temperature=attributes.get("temperature_unit", "°C"),
            wind=attributes.get("wind_speed_unit", "km/h"),
            precipitation=attributes.get("precipitation_unit", "mm"),
        ),
        current=Slot.read(
            attributes,
            _NOW,
            start=now,
            length=timedelta(hours=1),
            condition=entity.state,
        ),
        hours=in_steps(found.get("hourly", [])),
        halves=found.get("twice_daily", []),
        days=found.get("daily", []),
        sun=lambda day, event: _sun(turn.hass, day, event),
    )


def weather_entities(turn: Turn) -> list[State]:
    """Return the weather entities, those exposed to the assistant where there are any.

    Home Assistant exposes none by itself. The weather at home is no secret and asking for
    it changes nothing, so that a home without any exposed is not left without an answer.
    """
    states = sorted(
        turn.hass.states.async_all(WEATHER_DOMAIN), key=lambda s: s.entity_id
    )
    exposed = [
        state
        for state in states
        if async_should_expose(turn.hass, turn.assistant, state.entity_id)
    ]
    return exposed or states


async def _async_forecast(
    turn: Turn, entity_id: str, kind: str
) -> list[Mapping[str, Any]]:
    response = await turn.hass.services.async_call(
        WEATHER_DOMAIN,
        SERVICE_GET_FORECASTS,
        {ATTR_ENTITY_ID: entity_id, "type": kind},
        blocking=True,
        context=turn.context,
        return_response=True,
    )
    answer: Any = (response or {}).get(entity_id) or {}
    return list(answer.get("forecast") or ())


def _slot(forecast: Mapping[str, Any], kind: str, length: timedelta) -> Slot | None:
    """One entry of a forecast; None where it has no time that can be read."""
    parsed = dt_util.parse_datetime(str(forecast.get("datetime")))
    if parsed is None:
        return None
    start = dt_util.as_local(parsed)
    if kind == "daily":
        # Some begin a day at its midnight, some at noon, some at that of UTC.
        start = start.replace(hour=0, minute=0, second=0, microsecond=0)
    return Slot.read(
        forecast,
        _AHEAD,
        start=start,
        length=length,
        condition=forecast.get("condition"),
    )


def _sun(hass: HomeAssistant, day: date, event: str) -> datetime | None:
    moment = sun.get_astral_event_date(hass, event, day)
    return moment and dt_util.as_local(moment)
