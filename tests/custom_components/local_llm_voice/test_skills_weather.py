"""Weather at home, through the whole agent and a real weather entity."""

from datetime import datetime
from typing import Any

import pytest
from custom_components.local_llm_voice.skills.weather_asked import Asked, asked
from custom_components.local_llm_voice.speech import LANGUAGES, words
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from tests.custom_components.local_llm_voice.household import Household, Show
from tests.custom_components.local_llm_voice.weather_station import WeatherStation
from tests.custom_components.local_llm_voice.weather_station import entry as forecast

TUESDAY = "2026-11-24T14:00:00+00:00"
"""15:00 in Berlin."""


@pytest.fixture
async def now(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> datetime:
    """A Tuesday in November, three in the afternoon, in Berlin."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    await hass.config.async_update(latitude=52.52, longitude=13.41)
    freezer.move_to(TUESDAY)
    return dt_util.now()


@pytest.fixture
async def station(hass: HomeAssistant, household: Household, now: datetime) -> WeatherStation:
    """A week of weather: rain tomorrow and from five today, snow on Saturday, a storm on Sunday."""
    station = WeatherStation()
    station.hourly = station.hours(now, 48, native_wind_speed=10, humidity=70, precipitation_probability=5)
    for hour in range(2, 5):
        station.hourly[hour]["condition"] = "rainy"
        station.hourly[hour]["precipitation_probability"] = 70
    for hour in range(33, 48):
        station.hourly[hour]["native_temperature"] = 4
    station.daily = station.days(now, 6, templow=3, temperature=9, condition="partlycloudy", native_wind_speed=15)
    station.daily[1] |= {"condition": "rainy", "precipitation_probability": 80, "native_precipitation": 4.2}
    station.daily[2] |= {"condition": "cloudy", "precipitation_probability": 35}
    station.daily[3] |= {"native_temperature": 31, "native_templow": 21, "condition": "sunny", "uv_index": 7}
    station.daily[4] |= {"condition": "snowy", "native_temperature": 0, "native_templow": -5}
    station.daily[5] |= {"condition": "windy", "native_wind_speed": 80}
    await station.add(hass)
    async_expose_entity(hass, "conversation", "weather.forecast_home", True)
    return station


@pytest.mark.parametrize(
    ("args", "speech"),
    [
        ({}, "Right now: cloudy, 12 degrees. Today: rainy, 12 degrees, 70 percent chance of rain."),
        ({"when": "tomorrow"}, "Tomorrow: rainy, 3 to 9 degrees, 80 percent chance of rain."),
        ({"when": "Sunday"}, "On Sunday: windy, 3 to 9 degrees, wind up to 80 kilometers per hour."),
        ({"when": "weekend"}, "At the weekend: snowy, -5 to 9 degrees, wind up to 80 kilometers per hour."),
        ({"when": "tomorrow morning"}, "Tomorrow morning: sunny, 12 degrees."),
        ({"when": "in three hours"}, "At 6:00 PM: rainy, 12 degrees, 70 percent chance of rain."),
        ({"when": "now"}, "Right now: cloudy, 12 degrees."),
        ({"when": "this week"},
         "This week: rainy, -5 to 31 degrees, 80 percent chance of rain, wind up to 80 kilometers per hour."),
        ({"when": "next two hours"}, "In the next 2 hours: sunny, 12 degrees."),
        ({"when": "next few days", "condition": "snow"}, "No, no snow in the next days."),
        ({"when": "this month", "condition": "snow"}, "Yes, snow in November."),
        ({"when": "next month", "condition": "sunset"}, "The sun sets on Tuesday, December 1 at 3:55 PM."),
        ({"when": "Saturday morning", "condition": "cold"}, "Yes, -5 to 0 degrees on Saturday morning."),
        ({"when": "tomorrow at 8 am", "condition": "cold"}, "No, 12 degrees tomorrow at 8:00 AM."),
        ({"condition": "rain"}, "Not right now, but rain at 5:00 PM, 70 percent chance."),
        ({"condition": "dry"}, "No, rain at 5:00 PM, 70 percent chance."),
        ({"condition": "rain", "when": "tomorrow"}, "Yes, rain tomorrow, 80 percent chance."),
        ({"condition": "rain", "when": "now"}, "No, no rain right now."),
        ({"condition": "umbrella", "when": "day after tomorrow"},
         "Maybe: rain the day after tomorrow, 35 percent chance."),
        ({"condition": "umbrella", "when": "Friday"}, "No, no rain on Friday."),
        ({"condition": "dry", "when": "tomorrow"}, "No, rain tomorrow, 80 percent chance."),
        ({"condition": "dry", "when": "Friday"}, "Yes, no rain on Friday."),
        ({"condition": "snow", "when": "Saturday"}, "Yes, snow on Saturday."),
        ({"condition": "snow"}, "No, no snow in the next 12 hours."),
        ({"condition": "rain", "when": "Saturday"}, "No, no rain on Saturday."),
        ({"condition": "windy", "when": "Sunday"}, "Yes, strong wind on Sunday, wind up to 80 kilometers per hour."),
        ({"condition": "wind", "when": "tomorrow"}, "No, no strong wind tomorrow, wind up to 15 kilometers per hour."),
        ({"condition": "stormy", "when": "Sunday"}, "Yes, a storm on Sunday."),
        ({"condition": "thunder", "when": "tomorrow"}, "No, no thunderstorms tomorrow."),
        ({"condition": "hail", "when": "tomorrow"}, "No, no hail tomorrow."),
        ({"condition": "fog", "when": "tomorrow"}, "No, no fog tomorrow."),
        ({"condition": "cloudy"}, "Yes, clouds right now."),
        ({"condition": "sunny", "when": "Friday"}, "Yes, sunshine on Friday."),
        ({"condition": "below freezing", "when": "Saturday"}, "Yes, frost on Saturday."),
        ({"condition": "cold", "when": "tomorrow"}, "Yes, 3 to 9 degrees tomorrow."),
        ({"condition": "cold"}, "No, 12 degrees right now."),
        ({"condition": "jacket"}, "Yes, 12 degrees right now."),
        ({"condition": "shorts", "when": "Friday"}, "Yes, 21 to 31 degrees on Friday."),
        ({"condition": "hot", "when": "tomorrow"}, "No, 3 to 9 degrees tomorrow."),
        ({"condition": "temperature"}, "12 degrees right now."),
        ({"condition": "humid"}, "Humidity 81 percent right now."),
        ({"condition": "humidity", "when": "tonight"}, "Humidity 70 percent tonight."),
        ({"condition": "sunscreen", "when": "Friday"}, "Yes, UV index 7 on Friday."),
        ({"condition": "uv"}, "No, UV index 1 right now."),
        ({"condition": "nice", "when": "Friday"}, "On Friday: sunny, 21 to 31 degrees."),
        ({"condition": "sunset"}, "The sun sets today at 4:01 PM."),
        ({"condition": "sunrise"}, "The sun rises tomorrow at 7:45 AM."),
        ({"condition": "sunset", "when": "Saturday"}, "The sun sets on Saturday at 3:58 PM."),
        ({"condition": "pollen", "when": "Friday"}, "I know nothing about pollen. On Friday: sunny, 21 to 31 degrees."),
        ({"location": "home", "condition": "temperature"}, "12 degrees right now."),
        ({"location": "forecast home", "condition": "temperature"}, "12 degrees right now."),
    ],
)  # fmt: skip
async def test_answers_as_asked(
    household: Household, station: WeatherStation, args: dict[str, Any], speech: str
) -> None:
    heard = await household.do("get_weather", **args)
    assert heard.speech == speech
    assert not heard.failed
    assert not heard.goes_on


@pytest.mark.parametrize(
    ("args", "speech"),
    [
        ({"when": "yesterday"}, "I only know the weather that is still to come."),
        ({"when": "this morning"}, "I only know the weather that is still to come."),
        ({"when": "Christmas"}, "The forecast does not reach that far."),
        ({"when": "next weekend"}, "The forecast does not reach that far."),
        ({"when": "next week"}, "The forecast does not reach that far."),
        ({"when": "before the flood"}, "I don't know which time before flood is."),
        ({"location": "Paris"},
         "I only know the weather at home. Weather for other places can be switched on in my options."),
        ({"condition": "uv", "when": "tomorrow"}, "The forecast does not say that."),
    ],
)  # fmt: skip
async def test_says_what_it_does_not_know(
    household: Household, station: WeatherStation, args: dict[str, Any], speech: str
) -> None:
    heard = await household.do("get_weather", **args)
    assert heard.speech == speech
    assert heard.failed


@pytest.mark.parametrize(
    ("language", "args", "speech"),
    [
        ("de", {"when": "morgen"}, "Morgen: regnerisch, 3 bis 9 Grad, 80 Prozent Regenwahrscheinlichkeit."),
        ("de", {"when": "morgen", "condition": "regnen"}, "Ja, morgen Regen, 80 Prozent Wahrscheinlichkeit."),
        ("de", {"when": "samstagabend", "condition": "handschuhe"}, "Ja, am Samstag Abend -5 bis 0 Grad."),
        ("de", {"when": "nächste 48 Stunden", "condition": "schnee"}, "Nein, in den nächsten 48 Stunden kein Schnee."),
        ("fr", {"when": "demain", "condition": "parapluie"}, "Oui, de la pluie demain, 80 pour cent de risque."),
        ("es", {"when": "el sábado", "condition": "nieve"}, "Sí, nieve el sábado."),
        ("it", {"when": "domani", "condition": "freddo"}, "Sì, da 3 a 9 gradi domani."),
        ("nl", {"when": "morgenochtend", "condition": "zon"}, "Ja, morgenochtend zon."),
        ("da", {"condition": "solnedgang"}, "Solen går ned i dag klokken 16.01."),
        ("ja", {"when": "明日", "condition": "雨"}, "はい、明日は雨、確率80パーセントです。"),
        ("zh", {"when": "周六", "condition": "冷"}, "是的，星期六-5到0度。"),
        ("zh", {"when": "星期五"}, "星期五，晴，21到31度。"),
    ],
)  # fmt: skip
async def test_speaks_nine_languages(
    household: Household, station: WeatherStation, language: str, args: dict[str, Any], speech: str
) -> None:
    assert (await household.say("question", [("get_weather", args)], language=language)).speech == speech


@pytest.mark.parametrize(
    ("language", "day", "one", "two"),
    [
        ("es", "mañana", "No, sin nieve mañana a la 1:05.", "No, sin nieve mañana a las 2:05."),
        ("it", "domani", "No, niente neve domani all'1:05.", "No, niente neve domani alle 2:05."),
    ],
)
async def test_one_oclock_is_one(
    household: Household, station: WeatherStation, language: str, day: str, one: str, two: str
) -> None:
    for hour, speech in ((1, one), (2, two)):
        args = {"when": f"{day} {hour}:05", "condition": words(language, "weather.asked_snow")[0]}
        heard = await household.say("?", [("get_weather", args)], language=language)
        assert heard.speech == speech


@pytest.mark.parametrize(("language", "at"), [("es", "a la 1:46."), ("it", "all'1:46.")])
async def test_in_nome_the_summer_sun_sets_at_one(
    hass: HomeAssistant,
    household: Household,
    station: WeatherStation,
    freezer: FrozenDateTimeFactory,
    language: str,
    at: str,
) -> None:
    await hass.config.async_set_time_zone("America/Nome")
    await hass.config.async_update(latitude=64.5, longitude=-165.41)
    freezer.move_to("2026-06-21T20:00:00+00:00")
    sunset = {"condition": words(language, "weather.asked_sunset")[0]}
    heard = await household.say("?", [("get_weather", sunset)], language=language)
    assert heard.speech.endswith(at)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_language_has_every_sentence(household: Household, station: WeatherStation, language: str) -> None:
    """Each question is understood by the first of its words, and answered about what was asked."""
    for about in Asked:
        stem = words(language, f"weather.asked_{about}")[0]
        assert asked(language, stem) is about, stem
        heard = await household.say(f"{about}?", [("get_weather", {"condition": stem})], language=language)
        assert heard.speech
        assert "{" not in heard.speech


@pytest.mark.parametrize(
    ("language", "condition", "about"),
    [
        ("en", "sunset", Asked.SUNSET), ("en", "rain jacket", Asked.UMBRELLA), ("en", "raining", Asked.RAIN),
        ("en", "train", None), ("de", "regenwahrscheinlichkeit", Asked.RAIN), ("de", "sonnenuntergang", Asked.SUNSET),
        ("de", "schneefall", Asked.SNOW), ("de", "glatteis", Asked.FROST), ("de", "eis", Asked.FROST),
        ("de", "luftfeuchtigkeit", Asked.HUMIDITY), ("fr", "coucher du soleil", Asked.SUNSET),
        ("fr", "humidité", Asked.HUMIDITY), ("nl", "paraplu", Asked.UMBRELLA), ("ja", "暑い", Asked.HOT),
        ("zh", "下雪", Asked.SNOW), ("es", "paraguas", Asked.UMBRELLA), ("it", "ombrello", Asked.UMBRELLA),
    ],
)  # fmt: skip
def test_what_is_asked_about(language: str, condition: str, about: Asked | None) -> None:
    assert asked(language, condition) is about


async def test_units_of_the_house(hass: HomeAssistant, household: Household, station: WeatherStation) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    station.async_write_ha_state()
    heard = await household.do("get_weather", condition="cold", when="tomorrow")
    assert heard.speech == "Yes, 37 to 48 degrees tomorrow."
    heard = await household.do("get_weather", condition="windy", when="Sunday")
    assert heard.speech == "Yes, strong wind on Sunday, wind up to 50 miles per hour."
    heard = await household.do("get_weather", condition="hot", when="Friday")
    assert heard.speech == "Yes, 70 to 88 degrees on Friday."


async def test_wind_in_a_nameless_unit(hass: HomeAssistant, household: Household, station: WeatherStation) -> None:
    er.async_get(hass).async_update_entity_options("weather.forecast_home", "weather", {"wind_speed_unit": "Beaufort"})
    station.async_write_ha_state()
    heard = await household.do("get_weather", condition="windy", when="Sunday")
    assert heard.speech == "Yes, strong wind on Sunday, wind up to 81 kilometers per hour."


async def test_half_days_alone(hass: HomeAssistant, household: Household, now: datetime) -> None:
    station = WeatherStation()
    station.twice_daily = [
        forecast(now.replace(hour=6), "sunny", 15, is_daytime=True),
        forecast(now.replace(hour=18), "rainy", 5, is_daytime=False),
        forecast(now.replace(day=25, hour=6), "pouring", 9, native_precipitation=12, is_daytime=True),
        forecast(now.replace(day=25, hour=18), "clear-night", 1, is_daytime=False),
    ]
    await station.add(hass)
    assert (await household.do("get_weather", when="tonight")).speech == "Tonight: rainy, 5 degrees."
    assert (await household.do("get_weather", when="tomorrow")).speech == "Tomorrow: pouring rain, 1 to 9 degrees."
    heard = await household.do("get_weather", condition="rain", when="tomorrow night")
    assert heard.speech == "No, no rain tomorrow night."


async def test_current_weather_alone(hass: HomeAssistant, household: Household, now: datetime) -> None:
    station = WeatherStation()
    station._attr_condition = "strange"
    await station.add(hass)
    assert (await household.do("get_weather")).speech == "Right now: 12 degrees."
    assert (await household.do("get_weather", condition="rain")).speech == "No, no rain right now."
    heard = await household.do("get_weather", condition="rain", when="tomorrow")
    assert heard.speech == "The forecast does not reach that far."


async def test_amount_of_rain_where_no_probability_is_known(
    hass: HomeAssistant, household: Household, now: datetime
) -> None:
    station = WeatherStation()
    station.daily = station.days(now, 3, condition="cloudy", templow=2, native_precipitation=0.2)
    station.daily[2]["native_precipitation"] = 3
    station.daily.append({**station.daily[0], "datetime": "soon"})
    await station.add(hass)
    assert (await household.do("get_weather", condition="rain", when="tomorrow")).speech == "No, no rain tomorrow."
    heard = await household.do("get_weather", condition="rain", when="Thursday")
    assert heard.speech == "Yes, rain the day after tomorrow."


async def test_rain_soon_where_only_days_are_forecast(hass: HomeAssistant, household: Household, now: datetime) -> None:
    station = WeatherStation()
    station.daily = station.days(now, 3, condition="rainy", templow=2)
    await station.add(hass)
    assert (await household.do("get_weather", condition="rain")).speech == "Yes, rain today."


async def test_rain_in_the_hour_that_has_begun(hass: HomeAssistant, household: Household, now: datetime) -> None:
    station = WeatherStation()
    station.hourly = station.hours(now, 24, condition="rainy", precipitation_probability=90)
    await station.add(hass)
    assert (await household.do("get_weather", condition="rain")).speech == "Yes, rain right now, 90 percent chance."


async def test_nothing_is_known(hass: HomeAssistant, household: Household, now: datetime) -> None:
    heard = await household.do("get_weather")
    assert heard.speech == "There is no weather service in this home yet."
    station = WeatherStation()
    station._attr_condition = None
    station._attr_native_temperature = None
    await station.add(hass)
    heard = await household.do("get_weather")
    assert heard.speech == "The weather service does not answer right now."
    station._attr_condition = "strange"
    station._attr_native_wind_speed = None
    station.async_write_ha_state()
    assert (await household.do("get_weather")).speech == "The forecast does not say that."
    assert (await household.do("get_weather", condition="cold")).speech == "The forecast does not say that."
    assert (await household.do("get_weather", condition="windy")).speech == "No, no strong wind right now."


async def test_the_exposed_entity_is_asked(hass: HomeAssistant, household: Household, now: datetime) -> None:
    """None is exposed by itself: then the first one answers; a name picks one."""
    other = WeatherStation("Airport")
    other._attr_native_temperature = 25
    await other.add(hass)
    await WeatherStation().add(hass)
    assert (await household.do("get_weather", condition="temperature")).speech == "25 degrees right now."
    async_expose_entity(hass, "conversation", "weather.forecast_home", True)
    assert (await household.do("get_weather", condition="temperature")).speech == "12 degrees right now."
    heard = await household.do("get_weather", condition="temperature", location="airport")
    assert heard.failed


async def test_the_sun_may_stay_away(hass: HomeAssistant, household: Household, station: WeatherStation) -> None:
    await hass.config.async_update(latitude=78.2, longitude=15.6)
    heard = await household.do("get_weather", condition="sunset")
    assert heard.speech == "The sun does not do that on that day."


async def test_another_agent_gets_the_same_tool(household: Household, station: WeatherStation) -> None:
    tools = {tool.name: tool for tool in await household.tools("assist")}
    assert tools["local_llm_voice__get_weather"].annotations.read_only
    result = await household.call_tool("assist", "local_llm_voice__get_weather", {"when": "tomorrow"})
    assert result.data["condition"] == "rainy"
    assert result.data["lowest_temperature"] == 3
    assert result.data["temperature_unit"] == "°C"


@pytest.mark.parametrize(
    ("language", "text", "args", "speech"),
    [
        ("en", "what's the weather", {},
         "Right now: cloudy, 12 degrees. Today: rainy, 12 degrees, 70 percent chance of rain."),
        ("en", "will it rain tomorrow", {"condition": "rain", "when": "tomorrow"},
         "Yes, rain tomorrow, 80 percent chance."),
        ("en", "do I need a jacket", {"condition": "jacket"}, "Yes, 12 degrees right now."),
        ("en", "when is sunset on Saturday", {"condition": "sunset", "when": "Saturday"},
         "The sun sets on Saturday at 3:58 PM."),
        ("de", "wie wird das Wetter am Wochenende", {"when": "wochenende"},
         "Am Wochenende: Schnee, -5 bis 9 Grad, Wind bis 80 Kilometer pro Stunde."),
        ("fr", "est-ce qu'il fera froid demain", {"condition": "froid", "when": "demain"},
         "Oui, 3 à 9 degrés demain."),
    ],
)  # fmt: skip
async def test_shown(
    household: Household,
    station: WeatherStation,
    show: Show,
    language: str,
    text: str,
    args: dict[str, Any],
    speech: str,
) -> None:
    heard = await household.say(text, [("get_weather", args)], language=language)
    assert heard.speech == speech
    show(heard, "the forecast of the home's weather entity for that time")
