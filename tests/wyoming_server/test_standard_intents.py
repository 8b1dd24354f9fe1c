"""Calls as Home Assistant's built-in intents, checked with Home Assistant's own slot schemas where it is installed."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock, patch

import pytest

from wyoming_server.calls import parse
from wyoming_server.standard_intents import standard_intent

TRANSLATED: dict[str, tuple[str, dict[str, Any]]] = {
    'turn_on(area="kitchen", domain="light")': ("HassTurnOn", {"area": "kitchen", "domain": "light"}),
    'turn_off(name="Bed Light")': ("HassTurnOff", {"name": "Bed Light"}),
    'turn_off(area="everywhere", domain="light")': ("HassTurnOff", {"domain": "light", "name": "all"}),
    'toggle(floor="upstairs", domain="switch")': ("HassToggle", {"floor": "upstairs", "domain": "switch"}),
    'open(device_class="garage")': ("HassTurnOn", {"device_class": "garage"}),
    'close(area="office", device_class="blind")': ("HassTurnOff", {"area": "office", "device_class": "blind"}),
    'lock(name="Front Door")': ("HassTurnOn", {"domain": "lock", "name": "Front Door"}),
    'unlock(name="Front Door")': ("HassTurnOff", {"domain": "lock", "name": "Front Door"}),
    'set_position(position=40, name="blind")': ("HassSetPosition", {"position": 40, "name": "blind"}),
    'set_light(brightness=50, area="kitchen")': ("HassLightSet", {"brightness": 50, "area": "kitchen"}),
    'set_light(color="red", name="Lamp")': ("HassLightSet", {"color": "red", "name": "Lamp"}),
    'set_light(color_temperature=2700, area="hall", domain="light")': (
        "HassLightSet",
        {"temperature": 2700, "area": "hall", "domain": "light"},
    ),
    'set_temperature(temperature=21.5, area="bath")': (
        "HassClimateSetTemperature",
        {"temperature": 21.5, "area": "bath"},
    ),
    "get_temperature()": ("HassClimateGetTemperature", {}),
    'set_fan_speed(speed=30, name="fan")': ("HassFanSetSpeed", {"percentage": 30, "name": "fan"}),
    "start_vacuum()": ("HassVacuumStart", {}),
    'start_vacuum(area="kitchen")': ("HassVacuumCleanArea", {"area": "kitchen"}),
    "dock_vacuum()": ("HassVacuumReturnToBase", {}),
    "start_mower()": ("HassLawnMowerStartMowing", {}),
    "dock_mower()": ("HassLawnMowerDock", {}),
    'get_state(state="open", name="Front Door")': ("HassGetState", {"state": "open", "name": "Front Door"}),
    'run_scene(name="movie night")': ("HassTurnOn", {"domain": "scene", "name": "movie night"}),
    'run_script(name="party")': ("HassTurnOn", {"domain": "script", "name": "party"}),
    'broadcast(message="dinner")': ("HassBroadcast", {"message": "dinner"}),
    "pause()": ("HassMediaPause", {}),
    'pause(player="TV")': ("HassMediaPause", {"name": "TV"}),
    "resume()": ("HassMediaUnpause", {}),
    'next_track(area="kitchen")': ("HassMediaNext", {"area": "kitchen"}),
    "previous_track()": ("HassMediaPrevious", {}),
    'set_volume(level=30, player="TV")': ("HassSetVolume", {"volume_level": 30, "name": "TV"}),
    "volume_up()": ("HassSetVolumeRelative", {"volume_step": "up"}),
    'volume_down(amount=10, area="kitchen")': ("HassSetVolumeRelative", {"volume_step": -10, "area": "kitchen"}),
    'mute(player="TV")': ("HassMediaPlayerMute", {"name": "TV"}),
    'unmute(area="kitchen")': ("HassMediaPlayerUnmute", {"area": "kitchen"}),
    'play_music(artist="Abba", area="kitchen")': (
        "HassMediaSearchAndPlay",
        {"search_query": "Abba", "media_class": "artist", "area": "kitchen"},
    ),
    'play_music(song="Hello", artist="Adele")': (
        "HassMediaSearchAndPlay",
        {"search_query": "Hello Adele", "media_class": "track"},
    ),
    "get_weather()": ("HassGetWeather", {}),
    "get_time()": ("HassGetCurrentTime", {}),
    "get_date()": ("HassGetCurrentDate", {}),
    'start_timer(minutes=5, name="pizza")': ("HassStartTimer", {"minutes": 5, "name": "pizza"}),
    "start_timer(hours=1.5)": ("HassStartTimer", {"hours": 1, "minutes": 30}),
    'extend_timer(minutes=2, name="pizza")': ("HassIncreaseTimer", {"minutes": 2, "name": "pizza"}),
    "shorten_timer(seconds=30)": ("HassDecreaseTimer", {"seconds": 30}),
    "cancel_timer(start_minutes=5)": ("HassCancelTimer", {"start_minutes": 5}),
    "cancel_all_timers()": ("HassCancelAllTimers", {}),
    "pause_timer()": ("HassPauseTimer", {}),
    "resume_timer()": ("HassUnpauseTimer", {}),
    "timer_status()": ("HassTimerStatus", {}),
    'add_item(item="milk")': ("HassListAddItem", {"item": "milk", "name": "Shopping List"}),
    'complete_item(item="milk", list="chores")': ("HassListCompleteItem", {"item": "milk", "name": "chores"}),
    'remove_item(item="milk")': ("HassListRemoveItem", {"item": "milk", "name": "Shopping List"}),
    "nevermind()": ("HassNevermind", {}),
}

REFUSED = [
    'turn_on(area="kitchen", domain="light", in_minutes=10)',  # a delay would be lost
    "turn_off()",  # of everything?
    'unlock(area="everywhere")',
    'get_weather(location="Boston")',
    'get_weather(when="tomorrow")',
    'get_time(location="Tokyo")',
    'play_music(genre="jazz")',
    "play_music()",
    "play_favorite()",
    'broadcast(message="dinner", area="kitchen")',
    "start_timer()",
    "calculate(expression='2+2')",
    "stop()",
]


@pytest.mark.parametrize(("written", "expected"), TRANSLATED.items())
def test_a_call_becomes_an_intent(written: str, expected: tuple[str, dict[str, Any]]) -> None:
    intent = standard_intent(parse(written)[0])
    assert intent is not None
    assert (intent.name, dict(intent.slots)) == expected


@pytest.mark.parametrize("written", REFUSED)
def test_half_of_what_was_asked_is_not_done(written: str) -> None:
    assert standard_intent(parse(written)[0]) is None


async def test_home_assistant_accepts_every_intent_with_its_slots() -> None:
    pytest.importorskip("homeassistant")
    from homeassistant.components import intent as intent_component
    from homeassistant.components.assist_satellite import intent as assist_satellite
    from homeassistant.components.climate import intent as climate
    from homeassistant.components.fan import intent as fan
    from homeassistant.components.lawn_mower import intent as lawn_mower
    from homeassistant.components.light import intent as light
    from homeassistant.components.media_player import intent as media_player
    from homeassistant.components.todo import intent as todo
    from homeassistant.components.vacuum import intent as vacuum
    from homeassistant.components.weather import intent as weather
    from homeassistant.helpers import intent as helper

    hass: Any = SimpleNamespace(data={}, http=SimpleNamespace(register_view=lambda _view: None), bus=None)
    with (
        patch.object(intent_component.integration_platform, "async_process_integration_platforms", AsyncMock()),
        patch.object(intent_component, "TimerManager", lambda _hass: None),
    ):
        await intent_component.async_setup(hass, {})
    for platform in (assist_satellite, climate, fan, lawn_mower, light, media_player, todo, vacuum, weather):
        await platform.async_setup_intents(hass)
    handlers = {handler.intent_type: handler for handler in helper.async_get(hass)}
    for name, slots in TRANSLATED.values():
        handler = handlers[name]
        handler.async_validate_slots({slot: {"value": value} for slot, value in slots.items()})
        known = {str(key) for key in handler.slot_schema or {}}
        assert all(any(slot in key for key in known) for slot in slots), (name, slots, known)
