"""Weather elsewhere, from a server that answers as Open-Meteo does."""

import json
from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientTimeout
from custom_components.local_llm_voice.const import CONF_WEATHER_ELSEWHERE
from custom_components.local_llm_voice.outlook import open_meteo
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.household import Household, Show
from tests.custom_components.local_llm_voice.web_server import Page, WebServer, serving

BOSTON = {
    "results": [
        {
            "id": 4930956,
            "name": "Boston",
            "latitude": 42.35843,
            "longitude": -71.05977,
            "elevation": 38.0,
            "feature_code": "PPLA",
            "country_code": "US",
            "timezone": "America/New_York",
            "population": 653833,
            "country": "United States",
            "admin1": "Massachusetts",
        }
    ],
    "generationtime_ms": 0.61,
}
NOWHERE = {"generationtime_ms": 0.35}


def page(data: Any, **values: Any) -> Page:
    return Page(json.dumps(data).encode(), **values)


def forecast() -> dict[str, Any]:
    """Ten days in Boston from Tuesday on; rain all day on Wednesday, clear nights."""
    first = datetime(2026, 11, 24)  # noqa: DTZ001 (Open-Meteo sends local times)
    hours = [first + timedelta(hours=n) for n in range(240)]
    days = [first + timedelta(days=n) for n in range(10)]
    wet = [moment.day == 25 for moment in hours]
    return {
        "latitude": 42.36515,
        "longitude": -71.0618,
        "utc_offset_seconds": -18000,
        "timezone": "America/New_York",
        "timezone_abbreviation": "GMT-5",
        "current_units": {"time": "iso8601", "interval": "seconds", "temperature_2m": "°C"},
        "current": {
            "time": "2026-11-24T09:00",
            "interval": 900,
            "temperature_2m": 4.4,
            "relative_humidity_2m": 62,
            "is_day": 1,
            "weather_code": 2,
            "wind_speed_10m": 14.1,
            "wind_gusts_10m": 30.2,
        },
        "hourly": {
            "time": [moment.strftime("%Y-%m-%dT%H:%M") for moment in hours],
            "temperature_2m": [6.0 if 8 < moment.hour < 18 else 1.0 for moment in hours],
            "relative_humidity_2m": [70] * 240,
            "precipitation_probability": [90 if rain else 0 for rain in wet],
            "precipitation": [1.2 if rain else 0.0 for rain in wet],
            "weather_code": [63 if rain else 0 for rain in wet],
            "wind_speed_10m": [10.0] * 240,
            "wind_gusts_10m": [20.0] * 240,
            "uv_index": [None] * 240,
            "is_day": [int(7 <= moment.hour < 17) for moment in hours],
        },
        "daily": {
            "time": [day.strftime("%Y-%m-%d") for day in days],
            "weather_code": [1, 63, 75, 82, 45, 95, 96, 3, 66, 4711],
            "temperature_2m_max": [6.2] * 10,
            "temperature_2m_min": [-1.3] * 10,
            "sunrise": [f"{day:%Y-%m-%d}T06:46" for day in days],
            "sunset": [f"{day:%Y-%m-%d}T16:15" for day in days],
            "uv_index_max": [1.5] * 10,
            "precipitation_sum": [0.0, 28.8, *[0.0] * 8],
            "precipitation_probability_max": [0, 90, *[0] * 8],
            "wind_speed_10m_max": [18.0] * 10,
            "wind_gusts_10m_max": [30.0] * 10,
        },
    }


@pytest.fixture
async def web(socket_enabled: None, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[WebServer]:
    async with serving() as server:
        monkeypatch.setattr(open_meteo, "GEOCODING_URL", server.put("/v1/search", page(BOSTON)))
        monkeypatch.setattr(open_meteo, "FORECAST_URL", server.put("/v1/forecast", page(forecast())))
        yield server


@pytest.fixture
async def switched_on(hass: HomeAssistant, household: Household, entry: MockConfigEntry) -> Household:
    """A home in Berlin where the weather elsewhere is switched on."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    hass.config_entries.async_update_entry(entry, options={**entry.options, CONF_WEATHER_ELSEWHERE: True})
    await hass.async_block_till_done()
    return household


@pytest.fixture
def elsewhere(switched_on: Household, freezer: FrozenDateTimeFactory) -> Household:
    """The same at three on a Tuesday in November; in Boston it is nine in the morning."""
    freezer.move_to("2026-11-24T14:00:00+00:00")
    return switched_on


@pytest.mark.parametrize(
    ("args", "speech"),
    [
        ({}, "Right now in Boston: partly cloudy, 4 degrees. Today in Boston: sunny, 1 to 6 degrees."),
        ({"when": "tomorrow"}, "Tomorrow in Boston: rainy, -1 to 6 degrees, 90 percent chance of rain."),
        ({"when": "tonight"}, "Tonight in Boston: rainy, 1 degree, 90 percent chance of rain."),
        ({"when": "tomorrow", "condition": "umbrella"}, "Yes, rain tomorrow in Boston, 90 percent chance."),
        ({"when": "this evening"}, "This evening in Boston: clear, 1 degree."),
        ({"condition": "rain", "when": "now"}, "No, no rain right now in Boston."),
        ({"condition": "sunset"}, "The sun sets today in Boston at 4:15 PM."),
        ({"condition": "snow", "when": "Thursday"}, "Yes, snow the day after tomorrow in Boston."),
        ({"when": "next Thursday", "condition": "temperature"}, "-1 to 6 degrees the day after tomorrow in Boston."),
        ({"when": "Christmas"}, "The forecast does not reach that far."),
    ],
)  # fmt: skip
async def test_weather_elsewhere(web: WebServer, elsewhere: Household, args: dict[str, Any], speech: str) -> None:
    """Days and hours are those of the place, not of the house."""
    heard = await elsewhere.do("get_weather", location="Boston", **args)
    assert heard.speech == speech


async def test_what_leaves_the_house(web: WebServer, elsewhere: Household, show: Show) -> None:
    heard = await elsewhere.say("Wetter in Boston", [("get_weather", {"location": "Boston"})], language="de")
    show(heard, "Open-Meteo is asked for the place and nothing else, where that is switched on")
    (_, search), (_, query) = web.asked
    assert search == {"name": "Boston", "count": "1", "language": "de", "format": "json"}
    assert (query["latitude"], query["longitude"], query["timezone"]) == ("42.35843", "-71.05977", "auto")
    units = [query[f"{name}_unit"] for name in ("temperature", "wind_speed", "precipitation")]
    assert units == ["celsius", "kmh", "mm"]


async def test_nothing_leaves_the_house_unless_switched_on(web: WebServer, household: Household) -> None:
    heard = await household.do("get_weather", location="Boston")
    assert "switched on" in heard.speech
    assert web.asked == []


@pytest.mark.parametrize("sets", ["2026-11-24T00:00", "2026-11-25T00:00"])
async def test_no_sunset_in_polar_night_and_day(web: WebServer, elsewhere: Household, sets: str) -> None:
    data = forecast()
    data["daily"]["sunrise"] = [f"{day}T00:00" for day in data["daily"]["time"]]
    data["daily"]["sunset"] = [sets, *data["daily"]["sunrise"][1:]]
    web.put("/v1/forecast", page(data))
    heard = await elsewhere.do("get_weather", location="Boston", condition="sunset")
    assert (heard.speech, heard.failed) == ("The sun does not do that on that day.", True)


async def test_values_that_no_model_has(web: WebServer, elsewhere: Household) -> None:
    """Open-Meteo sends null for what the models of a place leave out, or do not reach."""
    data = forecast()
    for name in ("weather_code", "precipitation_probability", "wind_gusts_10m", "is_day"):
        data["hourly"][name] = [None] * 240
    for name in ("weather_code", "precipitation_probability_max", "sunrise", "sunset", "uv_index_max"):
        data["daily"][name] = [None] * 10
    data["current"] |= {"weather_code": None, "wind_gusts_10m": None}
    web.put("/v1/forecast", page(data))
    for when, speech in (
        ("now", "Right now in Boston: 4 degrees."),
        ("tomorrow", "Tomorrow in Boston: -1 to 6 degrees."),
        ("tonight", "Tonight in Boston: 1 degree."),
    ):
        assert (await elsewhere.do("get_weather", location="Boston", when=when)).speech == speech


async def test_units_of_the_house(hass: HomeAssistant, web: WebServer, elsewhere: Household) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    heard = await elsewhere.do("get_weather", location="Boston", condition="windy")
    assert heard.speech.endswith("wind up to 10 miles per hour.")
    _, (_, query) = web.asked
    units = [query[f"{name}_unit"] for name in ("temperature", "wind_speed", "precipitation")]
    assert units == ["fahrenheit", "mph", "inch"]


async def test_a_state_behind_the_city(web: WebServer, elsewhere: Household) -> None:
    web.put("/v1/search", page(NOWHERE), page(BOSTON))
    heard = await elsewhere.do("get_weather", location="Boston Massachusetts", condition="temperature")
    assert heard.speech == "4 degrees right now in Boston."
    assert [query.get("name") for _, query in web.asked[:2]] == ["Boston Massachusetts", "Boston, Massachusetts"]


async def test_a_place_that_is_not_known(web: WebServer, elsewhere: Household) -> None:
    web.put("/v1/search", page(NOWHERE))
    heard = await elsewhere.do("get_weather", location="the moon, space")
    assert heard.speech == "I don't know a place called the moon, space."
    assert heard.failed


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/v1/search", Page(status=500)),
        ("/v1/search", Page(b"<html>", content_type="text/html")),
        ("/v1/search", Page(b"{")),
        ("/v1/search", page([])),
        ("/v1/search", page({"results": [{"name": "Boston"}]})),
        ("/v1/search", page({"results": ["Boston"]})),
        ("/v1/forecast", page({"error": True, "reason": "Daily API request limit exceeded."}, status=429)),
        ("/v1/forecast", page({})),
        ("/v1/forecast", page({**forecast(), "daily": {"time": ["2026-11-24"], "sunset": []}})),
        ("/v1/forecast", page({**forecast(), "hourly": None})),
        ("/v1/forecast", page({**forecast(), "current": "sunny"})),
    ],
)
async def test_answers_that_make_no_sense(web: WebServer, elsewhere: Household, path: str, answer: Page) -> None:
    web.put(path, answer)
    heard = await elsewhere.do("get_weather", location="Boston")
    assert heard.speech == "I can't get the weather for other places right now."
    assert heard.failed


async def test_a_server_that_takes_too_long(
    web: WebServer, switched_on: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_meteo, "TIMEOUT", ClientTimeout(total=0.05))
    web.put("/v1/search", page(BOSTON, seconds=1))
    heard = await switched_on.do("get_weather", location="Boston")
    assert heard.speech == "I can't get the weather for other places right now."
