"""Talk about the conversation itself."""

from datetime import timedelta
from typing import Any

import pytest
from custom_components.local_llm_voice.const import REMEMBER_SECONDS, UNKNOWN
from custom_components.local_llm_voice.models import RuntimeData
from custom_components.local_llm_voice.plays.history import Origin
from custom_components.local_llm_voice.plays.track import Track
from custom_components.local_llm_voice.skills import FUNCTIONS
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show
from tests.custom_components.local_llm_voice.voice_server import VoiceServer

BED, DESK = "light.bed_light", "light.desk_lamp"


async def test_help_says_what_this_home_can_do(
    home: Home, kitchen: Household, entry: MockConfigEntry, show: Show
) -> None:
    runtime: RuntimeData = entry.runtime_data
    heard = await kitchen.do("help")
    assert "favorite" not in heard.speech, "nothing was played yet"
    song = Track(title="Baby Shark", artist="Pinkfong")
    runtime.plays.history.count(song, Origin(), dt_util.utcnow(), dt_util.now().date())
    heard = await kitchen.say("what can you do", [("help", {})])
    assert heard.speech == (
        'Try: "play my favorite song", "turn on the light in Kitchen" and "put milk on the shopping list".'
    )
    show(heard, "said, by what is exposed here")
    home.hide("light.counter_light")
    home.hide("light.ceiling_light")
    assert "turn on the light in Kitchen" not in (await kitchen.do("help")).speech
    home.hide(*home.devices)
    home.hide("light.bed_light")
    heard = await kitchen.do("help")
    assert heard.speech == 'Try: "set a timer for ten minutes" and "what is fifteen percent of eighty".'


async def test_nevermind(home: Home, kitchen: Household, show: Show) -> None:
    heard = await kitchen.say("never mind", [("nevermind", {})])
    assert (heard.speech, heard.failed) == ("OK.", False)
    assert home.services == []
    show(heard, "nothing is done")


async def test_say_that_again(home: Home, kitchen: Household, show: Show) -> None:
    assert (await kitchen.do("repeat_answer")).speech == "I haven't said anything yet."
    await kitchen.do("turn_on", name="bed light")
    home.services.clear()
    for _ in range(2):
        heard = await kitchen.say("say that again", [("repeat_answer", {})])
        assert heard.speech == "Turned on Bed Light."
    assert home.services == []
    show(heard, "said again, nothing is done")


async def test_that_was_wrong(home: Home, kitchen: Household, entry: MockConfigEntry, show: Show) -> None:
    home.become(BED, is_on=True, brightness=100)
    await kitchen.say("off and on", [("turn_off", {"name": "bed light"}), ("turn_on", {"name": "desk lamp"})])
    home.shows({BED: "off", DESK: "on"})
    heard = await kitchen.say("no, that was wrong", [("wrong", {})])
    assert heard.speech == "Sorry, I took that back."
    show(heard, home.shows({f"{BED} brightness": 100, DESK: "off"}))
    runtime: RuntimeData = entry.runtime_data
    assert [trace.wrong for trace in runtime.traces] == [True, False]
    assert (await kitchen.do("wrong")).speech == "Sorry, what did you mean?", "once"


async def test_wrong_is_about_what_this_speaker_said(home: Home, kitchen: Household, entry: MockConfigEntry) -> None:
    await kitchen.do("turn_on", name="bed light")
    await kitchen.say("x", [("turn_on", {"name": "desk lamp"})], device_id=home.device_id("bedroom"))
    await kitchen.do("repeat_answer")
    await kitchen.do("wrong")
    home.shows({BED: "off", DESK: "on"})
    runtime: RuntimeData = entry.runtime_data
    assert [trace.wrong for trace in runtime.traces] == [True, False, False, False]


READS = sorted(name for name, function in FUNCTIONS.items() if function.annotations.read_only)
NEEDED: dict[str, dict[str, Any]] = {
    "calculate": {"expression": "6 * 7"},
    "convert": {"value": 1, "from_unit": "inch", "to_unit": "cm"},
}


@pytest.mark.parametrize("function", [*sorted(set(READS) - {"nevermind", "repeat_answer"}), UNKNOWN])
async def test_wrong_after_a_question_does_not_undo_what_was_before_it(
    home: Home, kitchen: Household, function: str
) -> None:
    await kitchen.do("turn_on", name="bed light")
    await kitchen.do(function, **NEEDED.get(function, {}))
    home.services.clear()
    for _ in range(2):
        assert (await kitchen.do("wrong")).speech == "Sorry, what did you mean?"
    assert home.services == []
    assert home.state(BED).state == "on"


@pytest.mark.parametrize("code", ["busy", "text-too-long"])
async def test_wrong_after_a_failure_of_the_server_does_not_undo_what_was_before_it(
    home: Home, kitchen: Household, server: VoiceServer, entry: MockConfigEntry, code: str
) -> None:
    await kitchen.do("turn_on", name="bed light")
    server.error = (code, "no")
    failure = await kitchen.say("turn on the desk lamp")
    assert failure.failed
    server.error = None
    home.services.clear()
    assert (await kitchen.do("repeat_answer")).speech == failure.speech
    assert (await kitchen.do("wrong")).speech == "Sorry, what did you mean?"
    assert home.services == []
    assert home.state(BED).state == "on"
    runtime: RuntimeData = entry.runtime_data
    assert not any(trace.wrong for trace in runtime.traces)


async def test_wrong_undoes_what_was_done_in_one_breath_with_a_question(home: Home, kitchen: Household) -> None:
    await kitchen.do("turn_on", name="desk lamp")
    await kitchen.say("on, and the favorite", [("turn_on", {"name": "bed light"}), ("whats_favorite", {})])
    assert (await kitchen.do("wrong")).speech == "Sorry, I took that back."
    home.shows({BED: "off", DESK: "on"})


async def test_wrong_undoes_an_answer_with_what_was_said_behind_the_question(home: Home, household: Household) -> None:
    household.device_id = home.device_id("bedroom")
    home.hide(BED)
    await household.say("lights and fan", [("turn_on", {"domain": "light"}), ("turn_on", {"name": "ceiling fan"})])
    assert (await household.say("living room")).speech == "Turned on Desk Lamp. Turned on Ceiling Fan."
    assert (await household.do("wrong")).speech == "Sorry, I took that back."
    home.shows({DESK: "off", "fan.ceiling_fan": "off"})


async def test_what_does_not_go_back_is_not_said_to_have(home: Home, kitchen: Household, monkeypatch: Any) -> None:
    monkeypatch.setattr("custom_components.local_llm_voice.skills.act.SETTLE_SECONDS", 0.05)
    await kitchen.do("turn_on", name="bed light")
    home.devices[BED].deaf = True
    heard = await kitchen.do("wrong")
    assert (heard.speech, heard.failed) == ("There was no response from Bed Light.", True)


async def test_two_minutes_later_it_is_forgotten(home: Home, kitchen: Household, freezer: Any) -> None:
    await kitchen.do("turn_on", name="bed light")
    freezer.tick(timedelta(seconds=REMEMBER_SECONDS - 10))
    assert (await kitchen.do("repeat_answer")).speech == "Turned on Bed Light."
    freezer.tick(timedelta(seconds=REMEMBER_SECONDS - 10))
    assert (await kitchen.do("repeat_answer")).speech == "Turned on Bed Light.", "counted from the last word"
    freezer.tick(timedelta(seconds=REMEMBER_SECONDS + 1))
    assert (await kitchen.do("repeat_answer")).speech == "I haven't said anything yet."
    assert (await kitchen.do("wrong")).speech == "Sorry, what did you mean?"
    assert home.state(BED).state == "on"
