"""Timers: our own, and Home Assistant's on satellites that keep them."""

from datetime import timedelta
from typing import Any

import pytest
from custom_components.local_llm_voice import schedule as schedule_module
from custom_components.local_llm_voice.models import RuntimeData
from custom_components.local_llm_voice.schedule import EVENT_TIMER_FINISHED, MAX_ENTRIES
from homeassistant.components.intent import TimerEventType, TimerInfo, async_register_timer_handler
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_capture_events,
    async_fire_time_changed,
)
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show


async def wait(hass: HomeAssistant, freezer: Any, **time: float) -> None:
    """Let time pass."""
    freezer.tick(timedelta(**time))
    async_fire_time_changed(hass, dt_util.utcnow())
    await hass.async_block_till_done()


def left(entry: MockConfigEntry) -> list[tuple[str | None, int]]:
    """Our own timers and their seconds left."""
    runtime: RuntimeData = entry.runtime_data
    return [(timer.name, round(timer.seconds_left)) for timer in runtime.schedule.timers]


@pytest.fixture(autouse=True)
def ring_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ring without waiting."""
    monkeypatch.setattr(schedule_module, "RING_SECONDS", 0)


async def test_a_timer_rings_where_it_was_set(
    hass: HomeAssistant, home: Home, kitchen: Household, entry: MockConfigEntry, show: Show, freezer: Any
) -> None:
    events = async_capture_events(hass, EVENT_TIMER_FINISHED)
    heard = await kitchen.say("set a timer for ten minutes", [("start_timer", {"minutes": 10})])
    assert heard.speech == "Timer set for 10 minutes."
    assert left(entry) == [(None, 600)]
    await wait(hass, freezer, minutes=9)
    assert home.satellite("kitchen_satellite").announced == []
    await wait(hass, freezer, minutes=1, seconds=1)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert home.satellite("kitchen_satellite").announced == ["Your timer for 10 minutes is up."] * 3
    assert home.satellite("bedroom_satellite").announced == []
    assert [event.data["seconds"] for event in events] == [600]
    assert left(entry) == []
    show(heard, "after ten minutes the satellite says: Your timer for 10 minutes is up.")


async def test_a_timer_with_a_name(
    hass: HomeAssistant, home: Home, kitchen: Household, show: Show, freezer: Any
) -> None:
    heard = await kitchen.say(
        "set a pasta timer for an hour and a half", [("start_timer", {"hours": 1.5, "name": "pasta"})]
    )
    assert heard.speech == "pasta timer set for 1 hour and 30 minutes."
    await wait(hass, freezer, minutes=91)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert set(home.satellite("kitchen_satellite").announced) == {"Your pasta timer is up."}
    show(heard, "after an hour and a half the satellite says: Your pasta timer is up.")


@pytest.mark.parametrize(
    ("said", "function", "args", "speech", "after"),
    [
        ("five more minutes for the pasta", "extend_timer", {"minutes": 5, "name": "pasta"}, "15 minutes left.",
         [("eggs", 300), ("pasta", 900)]),
        ("two minutes less on the eggs", "shorten_timer", {"minutes": 2, "name": "egg"}, "3 minutes left.",
         [("eggs", 180), ("pasta", 600)]),
        ("cancel the pasta timer", "cancel_timer", {"name": "pasta"}, "Timer pasta cancelled.", [("eggs", 300)]),
        ("cancel the five minute timer", "cancel_timer", {"start_minutes": 5}, "Timer eggs cancelled.",
         [("pasta", 600)]),
        ("cancel all timers", "cancel_all_timers", {}, "All timers cancelled.", []),
        ("cancel the timers in the kitchen", "cancel_all_timers", {"area": "kitchen"}, "All timers cancelled.", []),
        ("start the eggs over", "restart_timer", {"name": "eggs"}, "Timer set for 5 minutes.",
         [("eggs", 300), ("pasta", 600)]),
        ("how long for the eggs", "timer_status", {"name": "eggs"}, "eggs: 5 minutes.",
         [("eggs", 300), ("pasta", 600)]),
        ("what timers are running", "timer_status", {}, "eggs: 5 minutes and pasta: 10 minutes.",
         [("eggs", 300), ("pasta", 600)]),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("home")
async def test_timers_are_changed(
    kitchen: Household,
    entry: MockConfigEntry,
    show: Show,
    freezer: Any,
    said: str,
    function: str,
    args: dict[str, Any],
    speech: str,
    after: list[tuple[str, int]],
) -> None:
    await kitchen.do("start_timer", minutes=10, name="pasta")
    await kitchen.do("start_timer", minutes=5, name="eggs")
    heard = await kitchen.say(said, [(function, args)])
    assert (heard.speech, left(entry)) == (speech, after)
    seconds = ", ".join(f"{name} {duration} s" for name, duration in after)
    show(heard, f"left: {seconds or 'no timer'}")


async def test_pause_and_go_on(
    hass: HomeAssistant, home: Home, kitchen: Household, entry: MockConfigEntry, show: Show, freezer: Any
) -> None:
    await kitchen.do("start_timer", minutes=10)
    await wait(hass, freezer, minutes=4)
    heard = await kitchen.say("pause the timer", [("pause_timer", {})])
    assert heard.speech == "Paused, with 6 minutes left."
    await wait(hass, freezer, minutes=30)
    assert left(entry) == [(None, 360)]
    show(heard, "half an hour later 6 minutes are left")
    assert (await kitchen.do("pause_timer")).speech == "Paused, with 6 minutes left."
    assert (await kitchen.do("timer_status")).speech == "Paused, with 6 minutes left."
    heard = await kitchen.say("resume the timer", [("resume_timer", {})])
    assert heard.speech == "6 minutes left."
    await wait(hass, freezer, minutes=5)
    assert left(entry) == [(None, 60)]
    show(heard, "five minutes later 1 minute is left")
    assert (await kitchen.do("resume_timer")).speech == "1 minute left."
    await kitchen.do("extend_timer", minutes=1)
    assert (await kitchen.do("restart_timer")).speech == "Timer set for 10 minutes."
    await kitchen.do("shorten_timer", hours=1)
    await wait(hass, freezer, seconds=1)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert home.satellite("kitchen_satellite").announced


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("function", "args", "speech"),
    [
        ("start_timer", {}, "For how long?"),
        ("start_timer", {"seconds": 0}, "For how long?"),
        ("start_timer", {"hours": 101}, "That is too long for a timer."),
        ("extend_timer", {}, "For how long?"),
        ("extend_timer", {"minutes": 1}, "There is no timer running."),
        ("cancel_timer", {}, "There is no timer running."),
        ("cancel_all_timers", {}, "There is no timer running."),
        ("timer_status", {}, "There is no timer running."),
    ],
)
async def test_without_timers(kitchen: Household, function: str, args: dict[str, Any], speech: str) -> None:
    assert (await kitchen.do(function, **args)).speech == speech


@pytest.mark.usefixtures("home")
async def test_a_timer_that_is_not_there(kitchen: Household) -> None:
    await kitchen.do("start_timer", minutes=1, name="eggs")
    for function in ("cancel_timer", "timer_status"):
        assert (await kitchen.do(function, name="laundry")).speech == "I can't find that timer."


@pytest.mark.usefixtures("home")
async def test_it_is_asked_which_timer(kitchen: Household, entry: MockConfigEntry) -> None:
    await kitchen.do("start_timer", minutes=10)
    await kitchen.do("start_timer", minutes=5)
    heard = await kitchen.do("cancel_timer")
    assert (heard.speech, heard.goes_on) == ("Which timer: 5 minutes or 10 minutes?", True)
    assert (await kitchen.say("the five minute one")).speech == "Timer 5 minutes cancelled."
    assert left(entry) == [(None, 600)]


@pytest.mark.usefixtures("home")
async def test_namesakes_are_told_apart(kitchen: Household, entry: MockConfigEntry, freezer: Any) -> None:
    await kitchen.do("start_timer", minutes=5, name="pasta")
    await kitchen.do("start_timer", minutes=10, name="pasta")
    heard = await kitchen.do("cancel_timer", name="pasta")
    assert heard.speech == "Which timer: 5 minutes or 10 minutes?"
    assert (await kitchen.say("the 10 minute one")).speech == "Timer pasta cancelled."
    assert left(entry) == [("pasta", 300)]
    freezer.tick(60)
    await kitchen.do("start_timer", minutes=5, name="pasta")
    heard = await kitchen.do("cancel_timer", name="pasta")
    assert heard.speech == "Which timer: 4 minutes or 5 minutes?"
    await kitchen.say("the first one")
    assert left(entry) == [("pasta", 300)]


@pytest.mark.usefixtures("home")
async def test_timers_of_no_time_or_too_much(kitchen: Household, entry: MockConfigEntry) -> None:
    for args in ({}, {"seconds": 0}, {"seconds": 0.4}, {"minutes": -5}):
        assert (await kitchen.do("start_timer", **args)).speech == "For how long?"
    assert (await kitchen.do("start_timer", hours=1e9)).speech == "That is too long for a timer."
    assert left(entry) == []
    await kitchen.do("start_timer", minutes=5)
    for hours in (100, 1e9, 1e300):
        assert (await kitchen.do("extend_timer", hours=hours)).speech == "That is too long for a timer."
    assert left(entry) == [(None, 300)]
    assert (await kitchen.do("shorten_timer", hours=1e300)).speech == "0 seconds left."


async def test_a_timer_that_is_over_is_not_extended(
    hass: HomeAssistant, home: Home, kitchen: Household, freezer: Any
) -> None:
    await kitchen.do("start_timer", minutes=5)
    await wait(hass, freezer, minutes=6)
    heard = await kitchen.do("extend_timer", minutes=5)
    assert (heard.speech, heard.failed) == ("There is no timer running.", True)


async def test_the_timer_of_this_room_goes_first(home: Home, kitchen: Household, entry: MockConfigEntry) -> None:
    await kitchen.do("start_timer", minutes=10)
    await kitchen.say("timer", [("start_timer", {"minutes": 5})], device_id=home.device_id("bedroom"))
    assert (await kitchen.do("cancel_timer")).speech == "Timer 10 minutes cancelled."
    await kitchen.do("start_timer", minutes=10)
    assert (await kitchen.do("cancel_timer", area="bedroom")).speech == "Timer 5 minutes cancelled."


async def test_wrong_cancels_a_timer(home: Home, kitchen: Household, entry: MockConfigEntry) -> None:
    await kitchen.do("start_timer", minutes=10)
    assert (await kitchen.do("wrong")).speech == "Sorry, I took that back."
    assert left(entry) == []


async def test_there_is_an_end_to_timers(home: Home, kitchen: Household, entry: MockConfigEntry) -> None:
    for number in range(MAX_ENTRIES):
        await kitchen.do("start_timer", minutes=10, name=f"timer {number}")
    heard = await kitchen.do("start_timer", minutes=10)
    assert (heard.speech, heard.failed) == ("I can't keep track of any more.", True)
    assert len(left(entry)) == MAX_ENTRIES, "none is dropped for a new one"


async def test_a_ringing_timer_is_silenced(
    hass: HomeAssistant,
    home: Home,
    kitchen: Household,
    entry: MockConfigEntry,
    freezer: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(schedule_module, "RING_SECONDS", 100)
    await kitchen.do("start_timer", minutes=10, name="pasta")
    await kitchen.do("start_timer", minutes=1)
    await wait(hass, freezer, minutes=1, seconds=1)
    assert (await kitchen.do("cancel_timer", name="pasta")).speech == "Timer pasta cancelled."
    assert (await kitchen.do("cancel_timer")).speech == "OK."
    assert (await kitchen.do("cancel_timer")).speech == "There is no timer running."
    assert home.satellite("kitchen_satellite").announced == ["Your timer for 1 minute is up."]


async def test_a_timer_that_rings_is_silenced_with_all(
    hass: HomeAssistant, home: Home, kitchen: Household, freezer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule_module, "RING_SECONDS", 100)
    await kitchen.do("start_timer", minutes=1)
    await wait(hass, freezer, minutes=1, seconds=1)
    assert (await kitchen.do("cancel_all_timers")).speech == "All timers cancelled."


class TimerSatellite:
    """A satellite that keeps timers: what it is told by Home Assistant."""

    def __init__(self, hass: HomeAssistant, device_id: str) -> None:
        self.events: list[tuple[str, str | None, int]] = []
        async_register_timer_handler(hass, device_id, self.handle)

    def handle(self, event: TimerEventType, timer: TimerInfo) -> None:
        self.events.append((event.value, timer.name, timer.seconds))


@pytest.fixture
def satellite(hass: HomeAssistant, home: Home, kitchen: Household) -> TimerSatellite:
    """The satellite in the kitchen keeps timers itself."""
    return TimerSatellite(hass, home.device_id("kitchen"))


async def test_timers_of_the_satellite(
    satellite: TimerSatellite, kitchen: Household, entry: MockConfigEntry, show: Show
) -> None:
    heard = await kitchen.say("a timer for 90 seconds", [("start_timer", {"seconds": 90, "name": "tea"})])
    assert heard.speech == "tea timer set for 1 minute and 30 seconds."
    assert left(entry) == [], "it is not ours"
    show(heard, "the satellite is told of a timer of 90 seconds")
    for function, args, speech in (
        ("extend_timer", {"seconds": 30}, "2 minutes left."),
        ("shorten_timer", {"seconds": 60}, "1 minute left."),
        ("pause_timer", {}, "Paused, with 1 minute left."),
        ("resume_timer", {}, "1 minute left."),
        ("timer_status", {"name": "tea"}, "tea: 1 minute."),
        ("restart_timer", {}, "Timer set for 1 minute and 30 seconds."),
        ("cancel_timer", {"start_seconds": 90}, "Timer tea cancelled."),
    ):
        assert (await kitchen.do(function, **args)).speech == speech
    assert satellite.events == [
        ("started", "tea", 90),
        ("updated", "tea", 120),
        ("updated", "tea", 60),
        ("updated", "tea", 60),
        ("updated", "tea", 60),
        ("cancelled", "tea", 0),
        ("started", "tea", 90),
        ("cancelled", "tea", 0),
    ]


async def test_two_alike_on_a_satellite(satellite: TimerSatellite, kitchen: Household) -> None:
    await kitchen.do("start_timer", minutes=5)
    await kitchen.do("start_timer", minutes=5)
    assert (await kitchen.do("cancel_timer")).speech == "Timer 5 minutes cancelled."
    assert (await kitchen.do("wrong")).speech == "Sorry, what did you mean?"
    await kitchen.do("start_timer", minutes=1)
    assert (await kitchen.do("wrong")).speech == "Sorry, I took that back."
    assert (await kitchen.do("cancel_all_timers")).speech == "All timers cancelled."
    assert [event[0] for event in satellite.events].count("cancelled") == 3
