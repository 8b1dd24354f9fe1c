"""Thermostats and temperatures, on real entities."""

from typing import Any

import pytest
from custom_components.local_llm_voice.speech import say
from homeassistant.components.climate import ClimateEntityFeature
from homeassistant.const import EntityCategory
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.util import slugify
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show

RADIATOR = "climate.radiator"


@pytest.mark.parametrize(
    ("said", "function", "args", "target", "speech"),
    [
        ("set the living room to 21", "set_temperature", {"area": "living room", "temperature": 21}, 21,
         "Set Radiator to 21 degrees."),
        ("heating to 22.5", "set_temperature", {"domain": "heating", "temperature": 22.5}, 22.5,
         "Set Radiator to 22.5 degrees."),
        ("warmer", "warmer", {}, 21, "Set Radiator to 21 degrees."),
        ("two degrees cooler", "cooler", {"amount": 2}, 18, "Set Radiator to 18 degrees."),
        ("warmer in the lounge", "warmer", {"area": "lounge", "amount": 0.5}, 20.5, "Set Radiator to 20.5 degrees."),
    ],
)  # fmt: skip
async def test_target_temperature(
    home: Home,
    kitchen: Household,
    show: Show,
    said: str,
    function: str,
    args: dict[str, Any],
    target: float,
    speech: str,
) -> None:
    heard = await kitchen.say(said, [(function, args)])
    assert heard.speech == speech
    show(heard, home.shows({f"{RADIATOR} temperature": target}))


async def test_between_two_temperatures(home: Home, kitchen: Household) -> None:
    home.become(
        RADIATOR,
        supported_features=ClimateEntityFeature.TARGET_TEMPERATURE_RANGE,
        target_temperature=None,
        target_temperature_low=18,
        target_temperature_high=22,
    )
    assert (await kitchen.do("warmer")).speech == "Set Radiator to 21 degrees."
    home.shows({f"{RADIATOR} target_temp_low": 19, f"{RADIATOR} target_temp_high": 23})
    assert (await kitchen.do("set_temperature", temperature=24)).speech == "Set Radiator to 24 degrees."
    home.shows({f"{RADIATOR} target_temp_low": 22, f"{RADIATOR} target_temp_high": 26})


@pytest.mark.parametrize(
    ("function", "args", "speech"),
    [
        ("set_temperature", {"temperature": 90}, "Radiator can only be set from 7 degrees to 35 degrees."),
        ("set_temperature", {"temperature": 21, "area": "bedroom"}, "I found nothing like that in Bedroom."),
        ("set_temperature", {"temperature": "warm"}, "That did not work."),
    ],
)
async def test_refusals(home: Home, kitchen: Household, function: str, args: dict[str, Any], speech: str) -> None:
    heard = await kitchen.do(function, **args)
    assert (heard.speech, heard.failed) == (speech, True)
    home.shows({f"{RADIATOR} temperature": 20})


async def test_without_a_target_there_is_nothing_to_change(home: Home, kitchen: Household) -> None:
    home.become(RADIATOR, target_temperature=None)
    assert (await kitchen.do("warmer")).speech == "That thermostat has no target temperature now."


async def test_a_thermostat_that_rounds_and_one_that_is_deaf(
    home: Home, kitchen: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("custom_components.local_llm_voice.skills.act.SETTLE_SECONDS", 0.05)
    assert not (await kitchen.do("set_temperature", temperature=20.3)).failed
    home.devices[RADIATOR].deaf = True
    assert (await kitchen.do("set_temperature", temperature=25)).failed


@pytest.mark.parametrize(
    ("said", "args", "speech"),
    [
        ("how warm is it in the living room", {"area": "living room"}, "Living Room: 19.5 degrees."),
        ("how cold is the fridge", {"name": "fridge"}, "Fridge Temperature: 5 degrees."),
        ("how warm is it", {}, "Living Room: 19.5 degrees."),
        ("how warm is it in the kitchen", {"area": "kitchen"}, "I know of no thermometer there."),
        ("how warm is it upstairs", {"floor": "upstairs"}, "I know of no thermometer there."),
        ("how warm is it in the hall", {"area": "hall"}, "I know of no thermometer there."),
        ("how warm is it in the attic", {"area": "attic"}, "I don't know a room called attic."),
        ("what is the heating at", {"domain": "climate", "area": "everywhere"}, "Living Room: 19.5 degrees."),
    ],
)
async def test_how_warm_it_is(kitchen: Household, show: Show, said: str, args: dict[str, Any], speech: str) -> None:
    heard = await kitchen.say(said, [("get_temperature", args)])
    assert heard.speech == speech
    show(heard, "said")


async def test_without_a_thermometer_in_the_room_the_house_answers(home: Home, household: Household) -> None:
    household.device_id = home.device_id("bedroom")
    assert (await household.do("get_temperature")).speech == "Living Room: 19.5 degrees."
    home.hide(RADIATOR)
    assert (await household.do("get_temperature")).speech == "I know of no thermometer there."


async def test_a_thermometer_that_is_away_is_not_asked(home: Home, kitchen: Household) -> None:
    thermometer = home.devices["sensor.fridge_temperature"]
    await rename(home, "Kitchen Temperature")
    assert (await kitchen.do("get_temperature")).speech == "Kitchen Temperature: 5 degrees."
    thermometer.become(native_value=None)
    assert (await kitchen.do("get_temperature")).speech == "Living Room: 19.5 degrees."


async def rename(home: Home, name: str, **changes: Any) -> str:
    """Make another thermometer of the fridge's; return its entity id."""
    entity_id = f"sensor.{slugify(name)}"
    er.async_get(home.hass).async_update_entity(
        "sensor.fridge_temperature", name=name, new_entity_id=entity_id, **changes
    )
    await home.hass.async_block_till_done()
    return entity_id


@pytest.mark.parametrize(
    "name",
    [
        "Freezer",
        "Oven Temperature",
        "Refrigerator Door",
        "CPU Temperature",
        "Hot Water",
        "Device Temperature",
        "Heat Pump Flow",
        "Target Temperature",
        "Outdoor Temperature",
        "Temperature Outside",
    ],
)
async def test_what_is_not_the_air_of_the_room(home: Home, kitchen: Household, name: str) -> None:
    await rename(home, name)
    assert (await kitchen.do("get_temperature")).speech == "Living Room: 19.5 degrees."
    assert (await kitchen.do("get_temperature", area="kitchen")).failed
    home.hide(RADIATOR)
    assert (await kitchen.do("get_temperature")).speech == "I know of no thermometer there."
    assert (await kitchen.do("get_temperature", name=name)).speech == f"{name}: 5 degrees."


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("da", "Fryser"),
        ("de", "Gefrierschrank"),
        ("es", "Congelador"),
        ("fr", "Congélateur"),
        ("it", "Congelatore"),
        ("ja", "冷凍庫の温度"),
        ("nl", "Diepvries"),
        ("zh", "冰箱温度"),
        ("de", "Freezer"),
    ],
)
async def test_a_freezer_in_every_language(home: Home, kitchen: Household, language: str, name: str) -> None:
    await rename(home, name)
    heard = await kitchen.say("?", [("get_temperature", {"area": "kitchen"})], language=language)
    assert heard.speech == say(language, "home.no_temperature")


@pytest.mark.parametrize("name", ["Kitchen Temperature", "First Floor Temperature", "Kitchen Sensor", "Attic"])
async def test_what_is_the_air_of_the_room(home: Home, kitchen: Household, name: str) -> None:
    await rename(home, name)
    assert (await kitchen.do("get_temperature")).speech == f"{name}: 5 degrees."


async def test_a_sensor_of_the_device_itself_is_not_of_the_room(home: Home, kitchen: Household) -> None:
    entity_id = await rename(home, "Kitchen Temperature")
    er.async_get(home.hass).async_update_entity(entity_id, entity_category=EntityCategory.DIAGNOSTIC)
    assert (await kitchen.do("get_temperature")).speech == "Living Room: 19.5 degrees."


async def test_a_garden_is_as_warm_as_its_sensor(home: Home, kitchen: Household) -> None:
    garden = ar.async_get(home.hass).async_get_area_by_name("Garden")
    assert garden is not None
    await rename(home, "Outdoor Temperature", area_id=garden.id)
    assert (await kitchen.do("get_temperature", area="garden")).speech == "Outdoor Temperature: 5 degrees."
    home.hide(RADIATOR)
    assert (await kitchen.do("get_temperature")).failed


async def test_the_user_knows_which_thermometer_is_of_the_area(home: Home, kitchen: Household) -> None:
    areas = ar.async_get(home.hass)
    room = areas.async_get_area_by_name("Living Room")
    assert room is not None
    entity_id = await rename(home, "Cellar Freezer", area_id=room.id)
    areas.async_update(room.id, temperature_entity_id=entity_id)
    assert (await kitchen.do("get_temperature", area="living room")).speech == "Living Room: 5 degrees."
    assert (await kitchen.do("get_temperature")).speech == "Living Room: 5 degrees."


async def test_a_thermostat_is_before_a_sensor(home: Home, kitchen: Household) -> None:
    room = ar.async_get(home.hass).async_get_area_by_name("Living Room")
    assert room is not None
    await rename(home, "Window Sensor", area_id=room.id)
    assert (await kitchen.do("get_temperature", area="living room")).speech == "Living Room: 19.5 degrees."


async def test_fahrenheit(home: Home, kitchen: Household) -> None:
    home.hass.config.units = US_CUSTOMARY_SYSTEM
    home.become(RADIATOR)
    heard = await kitchen.do("set_temperature", temperature=70)
    assert heard.speech == "Set Radiator to 70 degrees Fahrenheit."
    heard = await kitchen.do("get_temperature", area="living room")
    assert heard.speech == "Living Room: 67 degrees Fahrenheit."
