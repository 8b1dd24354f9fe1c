"""Questions on the state of things, answered from real entities."""

from typing import Any

import pytest
from custom_components.local_llm_voice.speech import say, words
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show


@pytest.mark.parametrize(
    ("said", "args", "speech"),
    [
        ("is the front door locked", {"name": "front door", "state": "locked"}, "Yes, Front Door is locked."),
        ("is the front door unlocked", {"name": "front door", "state": "unlocked"}, "No, Front Door is locked."),
        ("is the back door locked", {"name": "back door", "state": "locked"}, "No, Back Door is unlocked."),
        ("is the front door open", {"name": "front door", "state": "open"}, "No, Front Door is closed."),
        ("are the windows closed", {"device_class": "window", "state": "closed"}, "No, Bedroom Window is open."),
        ("are any windows open", {"domain": "window", "state": "open"}, "Yes, Bedroom Window is open."),
        ("is the garage open", {"device_class": "garage", "state": "open"}, "No, Garage Door is closed."),
        ("are the lights on", {"domain": "light", "state": "on"}, "Yes: Bed Light."),
        ("are the lights out", {"domain": "light", "state": "out"}, "No, Bed Light is on."),
        ("are the locks locked", {"domain": "lock", "state": "locked"}, "No, Back Door is unlocked."),
        ("is everything off in the kitchen", {"area": "kitchen", "domain": "light", "state": "off"},
         "Yes, all of them."),
        ("is a light on in the kitchen", {"area": "kitchen", "domain": "light", "state": "on"}, "No, none of them."),
        ("is the vacuum running", {"domain": "vacuum", "state": "running"}, "No, Robbie is docked."),
        ("is the speaker playing", {"name": "lounge speaker", "state": "playing"}, "No, Lounge Speaker is idle."),
        ("is the heating on", {"domain": "heating", "state": "on"}, "Yes, Radiator is on."),
        ("how is the alarm", {"domain": "alarm"}, "House Alarm is armed away."),
        ("what is the humidity of the fridge", {"name": "fridge humidity"}, "Fridge Humidity is 40 %."),
        ("what's up in the hall", {"area": "hall"}, "2 closed, 1 locked, 1 docked and 1 armed away."),
        ("what is the fridge at", {"name": "fridge temperature"}, "Fridge Temperature is 5 °C."),
        ("is the dragon asleep", {"name": "dragon", "state": "asleep"}, "I can't find dragon here."),
    ],
)  # fmt: skip
async def test_questions(
    home: Home, kitchen: Household, show: Show, said: str, args: dict[str, Any], speech: str
) -> None:
    home.become("light.bed_light", is_on=True)
    home.become("lock.back_door", is_locked=False)
    home.services.clear()
    heard = await kitchen.say(said, [("get_state", args)])
    assert heard.speech == speech
    assert home.services == [], "a question changes nothing"
    show(heard, "said, nothing is changed")


async def test_many_at_once(home: Home, kitchen: Household) -> None:
    for room in ("Hall", "Garden"):
        home.rename("light.desk_lamp", f"{room} Lamp")
    heard = await kitchen.do("get_state", domain="light", state="off")
    assert heard.speech == "Yes, all of them."
    heard = await kitchen.do("get_state", area="everywhere", state="off")
    assert heard.speech == "No, Radiator is on."
    home.become("climate.radiator", hvac_mode="off")
    heard = await kitchen.do("get_state", area="everywhere", state="off")
    assert heard.speech == "Yes: 7 devices."
    home.become("climate.radiator", hvac_mode="heat")
    heard = await kitchen.do("get_state")
    assert heard.speech == "6 off, 4 closed, 2 locked and 2 docked."


async def test_what_is_not_known(home: Home, kitchen: Household) -> None:
    home.become("light.bed_light", available=False)
    heard = await kitchen.do("get_state", name="bed light", state="on")
    assert heard.speech == "No, Bed Light is unknown."
    assert (await kitchen.do("get_state", name="radiator", state="purple")).speech == "No, Radiator is on."


async def test_namesakes_in_one_room_are_told_together(home: Home, kitchen: Household) -> None:
    heard = await kitchen.do("get_state", name="front door")
    assert heard.speech == "Front Door is locked and Front Door is closed."


@pytest.mark.parametrize(
    ("said", "is_on", "speech"),
    [("locked", False, "Yes, Gate is locked."), ("unlocked", True, "Yes, Gate is unlocked.")],
)
async def test_a_sensor_of_a_lock(home: Home, kitchen: Household, said: str, is_on: bool, speech: str) -> None:
    home.become("binary_sensor.bedroom_window", device_class="lock", is_on=is_on)
    home.rename("binary_sensor.bedroom_window", "Gate")
    await home.hass.async_block_till_done()
    assert (await kitchen.do("get_state", name="gate", state=said)).speech == speech


@pytest.mark.parametrize(
    ("language", "asked", "yes"),
    [("de", "abgeschlossen", True), ("de", "entriegelt", False), ("it", "bloccata", True), ("it", "sbloccata", False),
     ("fr", "verrouillé", True), ("ja", "施錠", True), ("en", "unlockd", False), ("en", "lockd", True),
     ("zh", "锁着", True)],
)  # fmt: skip
async def test_locked_is_not_unlocked_in_any_language(
    home: Home, kitchen: Household, language: str, asked: str, yes: bool
) -> None:
    calls = [("get_state", {"name": "back door", "state": asked})]
    heard = await kitchen.say("?", calls, language=language)
    key = "home.yes_it_is" if yes else "home.no_it_is"
    start = say(language, key, name="Back Door", state="|").split("|", maxsplit=1)[0]
    assert heard.speech.startswith(start)


@pytest.mark.parametrize(
    ("language", "speech"),
    [
        ("zh", "是的，Bed Light：开启。"),
        ("zh-TW", "是的，Bed Light：開啟。"),
        ("da", "Ja, Bed Light: tændt."),
    ],
)
async def test_states_are_named_in_the_language_of_the_question(
    home: Home, kitchen: Household, language: str, speech: str
) -> None:
    home.become("light.bed_light", is_on=True)
    on = words(language, "state.on")[0]
    heard = await kitchen.say("?", [("get_state", {"name": "bed light", "state": on})], language=language)
    assert heard.speech == speech
