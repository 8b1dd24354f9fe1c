"""Commands put off and timers over a restart."""

from datetime import timedelta
from typing import Any

import pytest
from custom_components.local_llm_voice import schedule as schedule_module
from custom_components.local_llm_voice.const import DOMAIN
from custom_components.local_llm_voice.models import RuntimeData
from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show

BED = "light.bed_light"
KEY = f"{DOMAIN}.schedule"


@pytest.fixture(autouse=True)
def ring_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ring without waiting."""
    monkeypatch.setattr(schedule_module, "RING_SECONDS", 0)


async def wait(hass: HomeAssistant, freezer: Any, **time: float) -> None:
    """Let time pass."""
    freezer.tick(timedelta(**time))
    async_fire_time_changed(hass, dt_util.utcnow())
    await hass.async_block_till_done(wait_background_tasks=True)


async def restart(hass: HomeAssistant, entry: MockConfigEntry, freezer: Any, **off: float) -> None:
    """Unload, let time pass, load from storage."""
    assert await hass.config_entries.async_unload(entry.entry_id)
    freezer.tick(timedelta(**off))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.mark.parametrize(
    ("said", "function", "args", "speech", "wait_minutes", "effect"),
    [
        ("turn on the bed light in ten minutes", "turn_on", {"name": "bed light", "in_minutes": 10},
         "OK, in 10 minutes.", 10, {BED: "on"}),
        ("dim the lights in an hour and a half", "dim", {"name": "counter light", "in_hours": 1.5},
         "OK, in 1 hour and 30 minutes.", 90, {"light.counter_light brightness": 204}),
        ("close the curtain in 90 seconds", "close", {"name": "bedroom curtain", "in_seconds": 90},
         "OK, in 1 minute and 30 seconds.", 2, {"cover.bedroom_curtain": "closed"}),
        ("movie night in five minutes", "run_scene", {"name": "movie night", "in_minutes": 5},
         "OK, in 5 minutes.", 5, {f"{BED} brightness": 50}),
        ("vacuum in an hour", "start_vacuum", {"in_hours": 1}, "OK, in 1 hour.", 60, {"vacuum.robbie": "cleaning"}),
        ("warmer in half an hour", "warmer", {"in_hours": 0.5}, "OK, in 30 minutes.", 30,
         {"climate.radiator temperature": 21}),
    ],
)  # fmt: skip
async def test_put_off(
    hass: HomeAssistant,
    home: Home,
    kitchen: Household,
    show: Show,
    freezer: Any,
    said: str,
    function: str,
    args: dict[str, Any],
    speech: str,
    wait_minutes: int,
    effect: dict[str, Any],
) -> None:
    home.become("light.counter_light", is_on=True, brightness=255)
    home.become("cover.bedroom_curtain", is_closed=False)
    heard = await kitchen.say(said, [(function, args)])
    assert heard.speech == speech
    with pytest.raises(AssertionError):
        home.shows(effect)
    await wait(hass, freezer, minutes=wait_minutes, seconds=1)
    show(heard, f"then {home.shows(effect)}")
    assert home.satellite("kitchen_satellite").announced == [], "what works needs no words"


async def test_days_are_declined_in_german(kitchen: Household) -> None:
    call = ("turn_off", {"name": "counter light", "in_hours": 48})
    assert (await kitchen.say("?", [call], language="de")).speech == "Okay, in 2 Tagen."


async def test_what_is_unclear_is_asked_before_it_is_put_off(
    hass: HomeAssistant, home: Home, household: Household, freezer: Any
) -> None:
    household.device_id = home.device_id("bedroom")
    home.hide(BED)
    heard = await household.do("turn_on", domain="light", in_minutes=10)
    assert heard.speech == "In which room: Kitchen or Living Room?"
    assert (await household.say("living room")).speech == "OK, in 10 minutes."
    await wait(hass, freezer, minutes=11)
    assert home.state("light.desk_lamp").state == "on"


async def test_what_was_picked_is_what_is_done_later(
    hass: HomeAssistant, home: Home, household: Household, freezer: Any
) -> None:
    household.device_id = home.device_id("bedroom")
    home.rename("light.desk_lamp", "Ceiling Light")
    await hass.async_block_till_done()
    heard = await household.do("turn_on", name="ceiling light", in_minutes=10)
    assert heard.speech == "Which one do you mean: Kitchen or Living Room?"
    assert (await household.say("kitchen")).speech == "OK, in 10 minutes."
    await wait(hass, freezer, minutes=11)
    assert home.states("light.ceiling_light", "light.desk_lamp") == ["on", "off"]
    assert home.satellite("bedroom_satellite").announced == []


@pytest.mark.parametrize(
    ("function", "args"),
    [("turn_on", {"name": "chandelier"}), ("lock", {"name": "cellar door"}), ("close", {"area": "moon"}),
     ("set_fan_speed", {"speed": 10, "area": "garden"}), ("set_temperature", {"temperature": 20, "area": "garden"})],
)  # fmt: skip
async def test_what_cannot_be_done_is_not_put_off(
    home: Home, kitchen: Household, entry: MockConfigEntry, function: str, args: dict[str, Any], hass_storage: Any
) -> None:
    heard = await kitchen.do(function, **args, in_minutes=5)
    assert heard.failed
    assert KEY not in hass_storage


async def test_wrong_takes_a_command_back_that_was_put_off(
    hass: HomeAssistant, home: Home, kitchen: Household, freezer: Any
) -> None:
    await kitchen.do("turn_on", name="bed light", in_minutes=10)
    assert (await kitchen.do("wrong")).speech == "Sorry, I took that back."
    await wait(hass, freezer, minutes=11)
    assert home.state(BED).state == "off"


async def test_the_far_future_is_not_planned(
    home: Home, kitchen: Household, hass_storage: dict[str, Any], entry: MockConfigEntry
) -> None:
    for hours in (9000, 1e9, 1e300):
        heard = await kitchen.do("turn_on", name="bed light", in_hours=hours)
        assert (heard.speech, heard.failed) == ("That is too far ahead for me.", True)
    assert entry.runtime_data.schedule.count == 0


@pytest.mark.parametrize(
    "damaged",
    [
        {"id": "x"},
        [None],
        [{"id": "x", "call": None}],
        [{"id": "x", "seconds": 1, "started": 1, "due": 1e300, "left": 1, "language": "en", "call": None}],
        [{"id": "x", "seconds": 1, "started": 1, "due": "soon", "left": 1, "language": "en", "call": None}],
        [{"id": "x", "seconds": 1, "started": 1, "due": 9, "left": 1, "language": "en", "call": "turn_on"}],
    ],
)
async def test_a_damaged_file_of_timers_does_not_keep_the_house_silent(
    hass: HomeAssistant,
    home: Home,
    kitchen: Household,
    entry: MockConfigEntry,
    hass_storage: dict[str, Any],
    damaged: Any,
) -> None:
    assert await hass.config_entries.async_unload(entry.entry_id)
    hass_storage[KEY] = {"version": 1, "minor_version": 1, "key": KEY, "data": damaged}
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert (await kitchen.do("start_timer", minutes=5)).speech == "Timer set for 5 minutes."
    assert len(hass_storage[KEY]["data"]) == 1


async def test_what_fails_later_is_announced(hass: HomeAssistant, home: Home, kitchen: Household, freezer: Any) -> None:
    await kitchen.do("turn_on", name="bed light", in_minutes=10)
    home.devices[BED].broken = True
    await wait(hass, freezer, minutes=11)
    assert home.satellite("kitchen_satellite").announced == ["That did not work with Bed Light."]


async def test_everything_survives_a_restart(
    hass: HomeAssistant, home: Home, kitchen: Household, entry: MockConfigEntry, freezer: Any
) -> None:
    await kitchen.do("start_timer", minutes=10, name="pasta")
    await kitchen.do("start_timer", minutes=20)
    await kitchen.do("pause_timer", start_minutes=20)
    await kitchen.do("turn_on", name="bed light", in_minutes=8)
    await restart(hass, entry, freezer, minutes=5)
    runtime: RuntimeData = entry.runtime_data
    assert [(t.name, round(t.seconds_left)) for t in runtime.schedule.timers] == [("pasta", 300), (None, 1200)]
    await wait(hass, freezer, minutes=6)
    assert home.state(BED).state == "on"
    assert set(home.satellite("kitchen_satellite").announced) == {"Your pasta timer is up."}


async def test_a_timer_that_was_due_while_home_assistant_was_off_rings_late(
    hass: HomeAssistant, home: Home, kitchen: Household, entry: MockConfigEntry, freezer: Any
) -> None:
    await kitchen.do("start_timer", minutes=10)
    await kitchen.do("turn_on", name="bed light", in_minutes=10)
    await restart(hass, entry, freezer, minutes=30)
    await wait(hass, freezer, seconds=1)
    assert home.satellite("kitchen_satellite").announced
    assert home.state(BED).state == "off", "a light that should have gone on long ago stays off"


async def test_what_is_long_past_is_dropped(
    hass: HomeAssistant,
    home: Home,
    kitchen: Household,
    entry: MockConfigEntry,
    freezer: Any,
    hass_storage: dict[str, Any],
) -> None:
    await kitchen.do("start_timer", minutes=10)
    await restart(hass, entry, freezer, hours=3)
    await wait(hass, freezer, seconds=1)
    assert home.satellite("kitchen_satellite").announced == []
    assert hass_storage[KEY]["data"] == []


async def test_a_function_that_is_gone(
    hass: HomeAssistant,
    home: Home,
    kitchen: Household,
    entry: MockConfigEntry,
    freezer: Any,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    await kitchen.do("turn_on", name="bed light", in_minutes=10)
    assert await hass.config_entries.async_unload(entry.entry_id)
    hass_storage[KEY]["data"][0]["call"]["name"] = "turn_inside_out"
    assert await hass.config_entries.async_setup(entry.entry_id)
    await wait(hass, freezer, minutes=11)
    assert "turn_inside_out" in caplog.text
    assert home.state(BED).state == "off"


async def test_without_a_speaker_there_is_a_notification(
    hass: HomeAssistant, home: Home, household: Household, freezer: Any
) -> None:
    await household.do("start_timer", minutes=1)
    await wait(hass, freezer, minutes=1, seconds=1)
    notifications = persistent_notification._async_get_or_create_notifications(hass)
    assert [n["message"] for n in notifications.values()] == ["Your timer for 1 minute is up."]


async def test_a_broken_satellite_and_a_player_in_its_room(
    hass: HomeAssistant, home: Home, kitchen: Household, freezer: Any
) -> None:
    home.satellite("kitchen_satellite").broken = True
    await kitchen.do("start_timer", minutes=1)
    await wait(hass, freezer, minutes=1, seconds=1)
    assert persistent_notification._async_get_or_create_notifications(hass)


async def test_the_player_of_the_room_speaks_for_a_satellite_that_cannot(
    hass: HomeAssistant, home: Home, kitchen: Household, freezer: Any
) -> None:
    kitchen_id = ar.async_get(hass).async_get_area_by_name("Kitchen")
    assert kitchen_id is not None
    er.async_get(hass).async_update_entity("media_player.lounge_speaker", area_id=kitchen_id.id)
    home.become("assist_satellite.kitchen_satellite", supported_features=0)
    await kitchen.do("start_timer", minutes=1)
    await wait(hass, freezer, minutes=1, seconds=1)
    assert "Your timer for 1 minute is up." in [d.get("message") for n, d in home.services if n == "tts.speak"]
