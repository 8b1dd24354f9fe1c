"""A real weather entity that forecasts what the test says."""

from datetime import datetime, timedelta
from typing import Any, cast

from homeassistant.components.weather import Forecast, WeatherEntity, WeatherEntityFeature
from homeassistant.const import UnitOfPrecipitationDepth, UnitOfSpeed, UnitOfTemperature
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_component
from homeassistant.setup import async_setup_component


class WeatherStation(WeatherEntity):
    """Its attributes are set by the test before it is added."""

    _attr_should_poll = False
    _attr_native_temperature_unit = UnitOfTemperature.CELSIUS
    _attr_native_wind_speed_unit = UnitOfSpeed.KILOMETERS_PER_HOUR
    _attr_native_precipitation_unit = UnitOfPrecipitationDepth.MILLIMETERS
    _attr_condition: str | None = "cloudy"
    _attr_native_temperature: float | None = 11.6
    _attr_native_wind_speed: float | None = 12
    _attr_humidity = 81
    _attr_uv_index = 1

    def __init__(self, name: str = "Forecast Home") -> None:
        self._attr_name = name
        self._attr_unique_id = name
        self.hourly: list[Forecast] = []
        self.daily: list[Forecast] = []
        self.twice_daily: list[Forecast] = []

    @property
    def supported_features(self) -> WeatherEntityFeature:
        features = WeatherEntityFeature(0)
        if self.hourly:
            features |= WeatherEntityFeature.FORECAST_HOURLY
        if self.daily:
            features |= WeatherEntityFeature.FORECAST_DAILY
        if self.twice_daily:
            features |= WeatherEntityFeature.FORECAST_TWICE_DAILY
        return features

    async def async_forecast_hourly(self) -> list[Forecast] | None:
        return self.hourly

    async def async_forecast_daily(self) -> list[Forecast] | None:
        return self.daily

    async def async_forecast_twice_daily(self) -> list[Forecast] | None:
        return self.twice_daily

    def hours(self, now: datetime, count: int, **values: Any) -> list[Forecast]:
        """So many hours of the same weather, from the current one on."""
        first = now.replace(minute=0, second=0, microsecond=0)
        return [entry(first + timedelta(hours=n), **values) for n in range(count)]

    def days(self, now: datetime, count: int, **values: Any) -> list[Forecast]:
        """So many days of the same weather, from today on."""
        first = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return [entry(first + timedelta(days=n), **values) for n in range(count)]

    async def add(self, hass: HomeAssistant) -> None:
        assert await async_setup_component(hass, "weather", {})
        component = hass.data[entity_component.DATA_INSTANCES]["weather"]
        await component.async_add_entities([self])
        await hass.async_block_till_done()


def entry(
    moment: datetime,
    condition: str = "sunny",
    temperature: float = 12,
    templow: float | None = None,
    **values: Any,
) -> Forecast:
    forecast: dict[str, Any] = {
        "datetime": moment.isoformat(),
        "condition": condition,
        "native_temperature": temperature,
        **values,
    }
    if templow is not None:
        forecast["native_templow"] = templow
    return cast("Forecast", forecast)
