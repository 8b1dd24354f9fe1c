"""The agent: several calls, follow-ups, questions, the fallback, a server that is not there."""

from datetime import timedelta
from typing import Any

import pytest
from custom_components.local_llm_voice.const import CONF_FALLBACK_AGENT
from custom_components.local_llm_voice.memory import MAX_SPEAKERS, Memory
from custom_components.local_llm_voice.models import RuntimeData
from homeassistant.components import conversation
from homeassistant.components.conversation import chat_log, trace
from homeassistant.core import Context, HomeAssistant, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_capture_events,
)
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import AGENT, Household, Show
from tests.custom_components.local_llm_voice.voice_server import VoiceServer

BED, DESK = "light.bed_light", "light.desk_lamp"


async def test_several_in_one_breath(home: Home, kitchen: Household, show: Show) -> None:
    heard = await kitchen.say(
        "bed light on, open the curtain and start the vacuum",
        [
            ("turn_on", {"name": "bed light"}),
            ("open", {"name": "bedroom curtain"}),
            ("start_vacuum", {}),
        ],
    )
    assert heard.speech == "Turned on Bed Light. Opening Bedroom Curtain. Robbie is cleaning."
    show(heard, home.shows({BED: "on", "cover.bedroom_curtain": "open", "vacuum.robbie": "cleaning"}))


async def test_one_of_several_fails(home: Home, kitchen: Household, show: Show) -> None:
    home.devices["lock.front_door"].broken = True
    heard = await kitchen.say(
        "lock up, bed light on, and do the dance",
        [("lock", {"name": "front door"}), ("turn_on", {"name": "bed light"}), ("unknown", {})],
    )
    assert heard.speech == "That did not work with Front Door. Turned on Bed Light. Sorry, I can't do that."
    assert not heard.failed, "something was done"
    show(heard, home.shows({BED: "on"}))


async def test_the_same_twice_is_said_once(home: Home, kitchen: Household) -> None:
    heard = await kitchen.say("x", [("turn_on", {"name": "bed light"}), ("turn_on", {"name": "bed light"})])
    assert heard.speech == "Turned on Bed Light."


async def test_a_question_in_the_middle_waits_for_its_answer(home: Home, household: Household) -> None:
    household.device_id = home.device_id("bedroom")
    home.hide(BED)
    heard = await household.say(
        "x",
        [
            ("start_vacuum", {}),
            ("turn_on", {"domain": "light"}),
            ("open", {"name": "bedroom curtain"}),
            ("unlock", {"name": "front door"}),
            ("lock", {"name": "back door"}),
        ],
    )
    assert heard.speech == "Robbie is cleaning. In which room: Kitchen or Living Room?"
    assert home.states("cover.bedroom_curtain", "vacuum.robbie") == ["closed", "cleaning"]
    heard = await household.say("living room")
    assert heard.speech == "Turned on Desk Lamp. Opening Bedroom Curtain. Should I really unlock Front Door?"
    heard = await household.say("yes")
    assert heard.speech == "Unlocked Front Door. Locked Back Door."


async def test_an_answer_that_leads_to_a_question_keeps_what_was_said_behind(home: Home, household: Household) -> None:
    household.device_id = home.device_id("bedroom")
    await household.say("x", [("unlock", {"domain": "lock"}), ("turn_on", {"name": "bed light"})])
    assert (await household.say("kitchen")).speech == "Should I really unlock Back Door?"
    assert (await household.say("yes")).speech == "Unlocked Back Door. Turned on Bed Light."


@pytest.mark.parametrize(
    ("answer", "calls", "speech"),
    [
        ("kitchen", None, "Turned on Counter Light and Ceiling Light."),
        ("kitchin", None, "Turned on Counter Light and Ceiling Light."),
        ("the one in the kitchen please", None, "Turned on Counter Light and Ceiling Light."),
        ("the galley", None, "Turned on Counter Light and Ceiling Light."),
        ("the second one", None, "Turned on Desk Lamp."),
        ("the last", None, "Turned on Desk Lamp."),
        ("the fourth", None, "Sorry, I can't do that."),
        ("neither of them, thank you, it is bright enough as it is", None, "Sorry, I can't do that."),
        ("kitchen or living room", None, "Sorry, I can't do that."),
        ("close the kitchen blind", [("close", {"name": "kitchen blind"})], "Closing Kitchen Blind."),
        ("turn on the kitchen", [("turn_on", {"area": "kitchen"})], "Turned on Counter Light and Ceiling Light."),
    ],
)
async def test_answers(
    home: Home, household: Household, answer: str, calls: list[tuple[str, dict[str, Any]]] | None, speech: str
) -> None:
    household.device_id = home.device_id("bedroom")
    home.hide(BED)
    await household.do("turn_on", domain="light")
    assert (await household.say(answer, calls)).speech == speech
    assert (await household.say("kitchen")).failed, "the question is closed"


async def test_a_follow_up_is_translated_with_the_call_before(
    home: Home, kitchen: Household, server: VoiceServer, freezer: Any
) -> None:
    await kitchen.do("turn_on", name="bed light")
    for talk in ("help", "repeat_answer", "nevermind"):
        await kitchen.do(talk)
    await kitchen.say("brighter", [("brighten", {"name": "bed light"})])
    context = server.requests[-1]["context"]
    assert context["previous"] == {"name": "turn_on", "args": {"name": "bed light"}}
    assert (context["area"], context["device_id"]) == ("Kitchen", kitchen.device_id)
    await kitchen.say("x", device_id=home.device_id("bedroom"))
    assert server.requests[-1]["context"]["previous"] is None, "another room"
    freezer.tick(timedelta(seconds=121))
    await kitchen.say("y")
    assert server.requests[-1]["context"]["previous"] is None, "too long ago"


def test_few_speakers_are_remembered() -> None:
    memory = Memory()
    first = memory.of("first")
    for number in range(MAX_SPEAKERS):
        memory.of(str(number))
    assert memory.of("first") is not first


async def test_a_server_that_is_not_there(home: Home, kitchen: Household, server: VoiceServer, show: Show) -> None:
    await server.stop()
    heard = await kitchen.say("turn on the light")
    assert (heard.speech, heard.failed) == ("I can't reach the voice server right now.", True)
    assert home.services == []
    await server.start()
    assert (await kitchen.do("turn_on", name="bed light")).speech == "Turned on Bed Light."


@pytest.mark.parametrize(
    ("code", "speech"),
    [
        ("busy", "The voice server is busy, try again in a moment."),
        ("language-not-supported", "The voice server does not understand this language."),
        ("text-too-long", "That was too long for me, please say it shorter."),
        ("whatever", "The voice server could not make sense of that."),
    ],
)
async def test_refusals_of_the_server(household: Household, server: VoiceServer, code: str, speech: str) -> None:
    server.error = (code, "no")
    heard = await household.say("turn on the light")
    assert (heard.speech, heard.failed) == (speech, True)


async def test_a_question_outlives_a_server_that_hiccups(home: Home, kitchen: Household, server: VoiceServer) -> None:
    await kitchen.do("unlock", name="front door")
    server.error = ("busy", "no")
    assert (await kitchen.say("yes, unlock it for me")).failed
    server.error = None
    assert (await kitchen.say("yes")).speech == "Unlocked Front Door."


async def test_what_nothing_can_do(household: Household, show: Show) -> None:
    heard = await household.say("book me a flight to the moon")
    assert (heard.speech, heard.failed) == ("Sorry, I can't do that.", True)
    show(heard, "nothing is done")


async def test_a_function_that_is_not_there_yet(household: Household) -> None:
    heard = await household.say("x", [("set_alarm", {"hour": 7})])
    assert (heard.speech, heard.failed) == ("I can't do that yet.", True)


@pytest.fixture
async def fallback(hass: HomeAssistant, entry: MockConfigEntry, home: Home) -> None:
    """What none of the skills can do goes to Home Assistant's own agent."""
    hass.config_entries.async_update_entry(entry, options={CONF_FALLBACK_AGENT: "conversation.home_assistant"})


@pytest.mark.usefixtures("fallback")
async def test_the_fallback_agent(home: Home, kitchen: Household, show: Show) -> None:
    await kitchen.do("turn_on", name="desk lamp")
    heard = await kitchen.say("turn on the bed light")
    assert heard.speech == "Turned on the light"
    home.shows({BED: "on"})
    assert (await kitchen.do("repeat_answer")).speech == "Turned on the light"
    assert (await kitchen.do("wrong")).speech == "Sorry, what did you mean?"
    home.shows({BED: "on", DESK: "on"})
    heard = await kitchen.say("why is the sky blue")
    assert heard.failed
    assert "understand" in heard.speech


@pytest.mark.parametrize("agent", ["conversation.gone", AGENT, ""])
async def test_no_fallback(hass: HomeAssistant, household: Household, entry: MockConfigEntry, agent: str) -> None:
    hass.config_entries.async_update_entry(entry, options={CONF_FALLBACK_AGENT: agent})
    assert (await household.say("why is the sky blue")).speech == "Sorry, I can't do that."


async def test_the_context_of_the_user_goes_along(hass: HomeAssistant, home: Home, kitchen: Household) -> None:
    kitchen.server.answers["lamp"] = [("turn_on", {"name": "bed light"})]
    context = Context()
    await conversation.async_converse(hass, "lamp", None, context, "en", AGENT)
    assert home.state(BED).context.id == context.id


async def test_calls_stand_in_the_chat_log_and_in_the_trace(
    hass: HomeAssistant, household: Household, entry: MockConfigEntry
) -> None:
    heard = await household.do("calculate", expression="1+1")
    log = hass.data[chat_log.DATA_CHAT_LOGS][heard.conversation_id or ""]
    roles = [content.role for content in log.content]
    assert roles == ["system", "user", "assistant", "tool_result", "assistant"]
    result = log.content[3]
    assert isinstance(result, conversation.ToolResultContent)
    assert result.tool_name == "local_llm_voice__calculate"
    events = trace.async_get_traces()[-1].as_dict()["events"]
    assert any("local_llm_voice" in event["data"] for event in events)
    runtime: RuntimeData = entry.runtime_data
    assert set(runtime.traces[-1].stages) == {"translate", "request", "total"}


async def test_a_skill_that_blows_up_is_one_sentence(
    home: Home, kitchen: Household, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(call: object) -> None:
        raise HomeAssistantError("caviar is not available")

    home.hass.services.async_register("todo", "get_items", fail, supports_response=SupportsResponse.ONLY)
    caplog.set_level("INFO")
    heard = await kitchen.say("x", [("add_item", {"item": "caviar"}), ("turn_on", {"name": "bed light"})])
    assert heard.speech == "That did not work. Turned on Bed Light."
    assert "add_item failed: HomeAssistantError" in caplog.text
    assert "caviar" not in caplog.text, "nobody's words are logged"


async def test_every_language_is_left_to_the_server(hass: HomeAssistant, household: Household) -> None:
    assert conversation.async_get_conversation_languages(hass, AGENT) == "*"


async def test_the_server_is_warmed_while_the_user_still_speaks(
    hass: HomeAssistant, household: Household, server: VoiceServer
) -> None:
    await conversation.async_prepare_agent(hass, AGENT, "en")
    await household.say("x")
    assert (server.connections, len(server.homes)) == (1, 1), "both are there already"


async def test_the_home_is_what_the_server_is_told(
    hass: HomeAssistant, home: Home, kitchen: Household, server: VoiceServer
) -> None:
    await kitchen.say("x")
    told = server.homes[server.requests[-1]["context"]["home"]]
    assert {"names": ["Kitchen", "galley"]} in told["areas"]
    assert {"names": ["Ground floor", "downstairs"]} in told["floors"]
    assert {"names": ["Bed Light", "night lamp"], "domain": "light", "area": "Bedroom"} in told["entities"]
    assert told["players"] == [{"names": ["Lounge Speaker"], "area": "Living Room"}]
    assert told["lists"] == ["Chores", "Shopping List"]
    assert "turn_on" in told["functions"]
    home.hide(BED)
    await kitchen.say("y")
    told = server.homes[server.requests[-1]["context"]["home"]]
    assert "Bed Light" not in str(told)


async def test_events_of_calls_carry_the_context(hass: HomeAssistant, home: Home, kitchen: Household) -> None:
    events = async_capture_events(hass, "call_service")
    await kitchen.do("turn_on", name="bed light")
    assert len({event.context.id for event in events}) == 1
