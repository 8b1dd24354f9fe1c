"""What opens the house is done only after a yes, or the PIN."""

from datetime import timedelta
from typing import Any

import pytest
from custom_components.local_llm_voice.const import CONF_FALLBACK_AGENT, CONF_PIN
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import llm
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)
from tests.custom_components.local_llm_voice.devices import Alarm
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show

LOCK, GARAGE, ALARM = "lock.front_door", "cover.garage_door", "alarm_control_panel.house_alarm"

SECURED = [
    ("unlock the front door", "unlock", {"name": "front door"}, "Should I really unlock Front Door?",
     "Unlocked Front Door.", {LOCK: "unlocked"}),
    ("turn off the front door lock", "turn_off", {"name": "front door", "domain": "lock"},
     "Should I really unlock Front Door?", "Turned off Front Door.", {LOCK: "unlocked"}),
    ("open the front door", "open", {"name": "front door"}, "Should I really open Front Door?",
     "Opening Front Door.", {LOCK: "unlocked"}),
    ("open the garage", "open", {"device_class": "garage"}, "Should I really open Garage Door?",
     "Opening Garage Door.", {GARAGE: "open"}),
    ("turn on the garage door", "turn_on", {"name": "garage door"}, "Should I really open Garage Door?",
     "Turned on Garage Door.", {GARAGE: "open"}),
    ("toggle the garage door", "toggle", {"name": "garage door"}, "Should I really open Garage Door?",
     "Switched Garage Door over.", {GARAGE: "open"}),
    ("open the garage a little", "set_position", {"device_class": "garage", "position": 10},
     "Should I really open Garage Door?", "Moving Garage Door to 10 percent.", {f"{GARAGE} current_position": 10}),
    ("turn off the alarm", "turn_off", {"domain": "alarm"}, "Should I really disarm House Alarm?",
     "Turned off House Alarm.", {ALARM: "disarmed"}),
]  # fmt: skip


def closed(home: Home) -> bool:
    """Whether the house is as it should be at night."""
    return home.states(LOCK, GARAGE, ALARM) == ["locked", "closed", "armed_away"]


@pytest.mark.parametrize(("said", "function", "args", "question", "done", "effect"), SECURED)
async def test_yes_first(
    home: Home,
    kitchen: Household,
    show: Show,
    said: str,
    function: str,
    args: dict[str, Any],
    question: str,
    done: str,
    effect: dict[str, Any],
) -> None:
    heard = await kitchen.say(said, [(function, args)])
    assert (heard.speech, heard.goes_on, heard.failed) == (question, True, False)
    assert closed(home)
    show(heard, "nothing is opened before the yes")
    heard = await kitchen.say("yes please do it")
    assert heard.speech == done
    home.shows(effect)


@pytest.mark.parametrize("answer", ["no", "never mind", "no thanks"])
async def test_no(home: Home, kitchen: Household, answer: str) -> None:
    await kitchen.do("unlock", name="front door")
    assert (await kitchen.say(answer)).speech == "OK."
    assert closed(home)
    assert (await kitchen.say("yes")).failed, "the question is closed"
    assert closed(home)


@pytest.mark.parametrize(
    ("answer", "calls", "speech"),
    [
        ("okay turn off the radio", [("turn_off", {"name": "lounge speaker"})], "Turned off Lounge Speaker."),
        ("okay turn off the radio", [], "Sorry, I can't do that."),
        ("sure he did it again, didn't he", [], "Sorry, I can't do that."),
        ("yes unlock the back door", [("lock", {"name": "back door"})], "Locked Back Door."),
        ("no turn on the bed light", [("turn_on", {"name": "bed light"})], "Turned on Bed Light."),
        ("what did you say", [("repeat_answer", {})], "Should I really unlock Front Door?"),
    ],
)
async def test_a_yes_within_something_else_opens_nothing(
    home: Home, kitchen: Household, answer: str, calls: list[tuple[str, dict[str, Any]]], speech: str
) -> None:
    await kitchen.do("unlock", name="front door")
    assert (await kitchen.say(answer, calls)).speech == speech
    assert closed(home)


async def test_a_yes_in_a_whole_sentence(home: Home, kitchen: Household) -> None:
    await kitchen.do("unlock", name="front door")
    heard = await kitchen.say("yes please unlock the front door", [("unlock", {"name": "front door"})])
    assert heard.speech == "Unlocked Front Door."


async def test_a_question_that_is_said_again_can_be_answered(home: Home, kitchen: Household) -> None:
    await kitchen.say("a", [("unlock", {"name": "front door"}), ("turn_on", {"name": "bed light"})])
    heard = await kitchen.do("repeat_answer")
    assert (heard.speech, heard.goes_on) == ("Should I really unlock Front Door?", True)
    assert (await kitchen.say("yes")).speech == "Unlocked Front Door. Turned on Bed Light."


@pytest.mark.parametrize(
    ("language", "no", "yes"),
    [("de", "nein", "ja bitte"), ("ja", "ううん", "はい、お願いします"), ("zh", "不好", "好的"),
     ("fr", "non merci", "bien sûr")],
)  # fmt: skip
async def test_other_languages(home: Home, kitchen: Household, language: str, no: str, yes: str) -> None:
    calls = [("unlock", {"name": "front door"})]
    await kitchen.say("open sesame", calls, language=language)
    await kitchen.say(no, language=language)
    assert closed(home)
    await kitchen.say("open sesame", calls, language=language)
    assert not (await kitchen.say(yes, language=language)).failed
    assert home.state(LOCK).state == "unlocked"


async def test_which_and_then_really(home: Home, household: Household) -> None:
    household.device_id = home.device_id("bedroom")
    heard = await household.do("unlock", domain="lock")
    assert heard.speech == "In which room: Hall or Kitchen?"
    heard = await household.say("the hall")
    assert heard.speech == "Should I really unlock Front Door?"
    assert closed(home)
    assert (await household.say("yes")).speech == "Unlocked Front Door."


async def set_options(hass: HomeAssistant, entry: MockConfigEntry, **options: str) -> None:
    hass.config_entries.async_update_entry(entry, options={CONF_FALLBACK_AGENT: "", **options})
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()


async def test_the_pin(hass: HomeAssistant, home: Home, kitchen: Household, entry: MockConfigEntry, show: Show) -> None:
    await set_options(hass, entry, **{CONF_PIN: "4711"})
    alarm = home.devices[ALARM]
    assert isinstance(alarm, Alarm)
    alarm.code = "4711"
    heard = await kitchen.say("disarm the house", [("turn_off", {"domain": "alarm"})])
    assert (heard.speech, heard.goes_on) == ("What is the PIN?", True)
    show(heard, "nothing is disarmed before the PIN")
    for wrong in ("four seven one two", "4 7 1", "yes"):
        heard = await kitchen.say(wrong)
        assert heard.failed
        assert closed(home)
        await kitchen.do("turn_off", domain="alarm")
    heard = await kitchen.say("four seven one one")
    assert heard.speech == "Turned off House Alarm."
    assert home.state(ALARM).state == "disarmed"


async def test_a_wrong_pin_is_no_command(
    hass: HomeAssistant, home: Home, kitchen: Household, entry: MockConfigEntry
) -> None:
    await set_options(hass, entry, **{CONF_PIN: "4711"})
    await kitchen.do("unlock", name="front door")
    heard = await kitchen.say("one two three four", [("turn_on", {"name": "bed light"})])
    assert (heard.speech, heard.failed) == ("That PIN is wrong.", True)
    assert home.state("light.bed_light").state == "off"
    assert (await kitchen.say("four seven one one")).speech == "Sorry, I can't do that."
    assert closed(home)


async def test_wrong_after_a_wrong_pin_does_not_undo_what_was_before_it(
    hass: HomeAssistant, home: Home, kitchen: Household, entry: MockConfigEntry
) -> None:
    await set_options(hass, entry, **{CONF_PIN: "4711"})
    await kitchen.say("light, and the door", [("turn_on", {"name": "bed light"}), ("unlock", {"name": "front door"})])
    assert (await kitchen.say("one two three four")).speech == "That PIN is wrong."
    assert (await kitchen.do("wrong")).speech == "Sorry, what did you mean?"
    assert home.state("light.bed_light").state == "on"
    assert closed(home)
    assert not any(trace.wrong for trace in entry.runtime_data.traces)


async def test_arming_and_locking_need_no_consent(home: Home, kitchen: Household, show: Show) -> None:
    home.become(ALARM, alarm_state="disarmed")
    heard = await kitchen.say("turn on the alarm", [("turn_on", {"domain": "alarm"})])
    assert heard.speech == "Turned on House Alarm."
    show(heard, home.shows({ALARM: "armed_away"}))
    home.become(LOCK, is_locked=False)
    assert (await kitchen.do("turn_on", name="front door", domain="lock")).speech == "Turned on Front Door."
    assert closed(home)


async def test_later_only_after_a_yes_now(
    hass: HomeAssistant, home: Home, kitchen: Household, show: Show, freezer: Any
) -> None:
    heard = await kitchen.say("unlock the door in ten minutes", [("unlock", {"name": "front door", "in_minutes": 10})])
    assert heard.speech == "Should I really unlock Front Door?"
    assert (await kitchen.say("yes")).speech == "OK, in 10 minutes."
    assert closed(home)
    freezer.tick(timedelta(minutes=11))
    async_fire_time_changed(hass, dt_util.utcnow())
    await hass.async_block_till_done(wait_background_tasks=True)
    assert home.state(LOCK).state == "unlocked"


async def test_what_was_agreed_to_is_opened_and_nothing_else(
    hass: HomeAssistant, home: Home, kitchen: Household, freezer: Any
) -> None:
    home.hide("lock.back_door")
    await kitchen.do("unlock", area="everywhere", domain="lock", in_minutes=10)
    await kitchen.say("yes")
    async_expose_entity(hass, "conversation", "lock.back_door", True)
    freezer.tick(timedelta(minutes=11))
    async_fire_time_changed(hass, dt_util.utcnow())
    await hass.async_block_till_done(wait_background_tasks=True)
    assert home.states(LOCK, "lock.back_door") == ["unlocked", "locked"]


async def test_wrong_never_opens_the_house(home: Home, kitchen: Household) -> None:
    home.become(GARAGE, is_closed=False, current_cover_position=100)
    home.become(LOCK, is_locked=False)
    await kitchen.do("close", device_class="garage")
    assert (await kitchen.do("wrong")).speech == "Sorry, what did you mean?"
    await kitchen.do("lock", name="front door")
    assert (await kitchen.do("wrong")).speech == "Sorry, what did you mean?"
    assert closed(home)


async def test_another_agent_cannot_open_the_house(home: Home, kitchen: Household) -> None:
    result: llm.ToolResult = await kitchen.call_tool(
        "local_llm_voice", "local_llm_voice__unlock", {"name": "front door"}
    )
    assert result.data == {"speech": "Should I really unlock Front Door?"}
    assert closed(home)
    assert (await kitchen.say("yes")).failed
