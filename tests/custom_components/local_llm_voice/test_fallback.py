"""What is not handed over to another agent: anything that may open the house."""

import pytest
from custom_components.local_llm_voice.const import CONF_FALLBACK_AGENT
from custom_components.local_llm_voice.opening import may_open_the_house
from custom_components.local_llm_voice.speech import LANGUAGES, words
from homeassistant.components import conversation
from homeassistant.components.conversation import trace
from homeassistant.components.conversation.chat_log import DATA_CHAT_LOGS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import intent
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Heard, Household

HOME_ASSISTANT = "conversation.home_assistant"
LOCK, GARAGE, ALARM = "lock.front_door", "cover.garage_door", "alarm_control_panel.house_alarm"
REFUSAL = {"en": "Sorry, I can't do that.", "de": "Das kann ich leider nicht."}


@pytest.fixture(autouse=True)
async def fallback(hass: HomeAssistant, entry: MockConfigEntry, home: Home) -> None:
    """What none of the skills can do goes to Home Assistant's own agent."""
    hass.config_entries.async_update_entry(entry, options={CONF_FALLBACK_AGENT: HOME_ASSISTANT})
    home.hide("binary_sensor.front_door")
    trace.async_clear_traces()


def asked() -> list[str]:
    """What Home Assistant's agent was asked."""
    inputs = [event["data"] for one in trace.async_get_traces() for event in one.as_dict()["events"][:1]]
    return [data["text"] for data in inputs if data["agent_id"] == HOME_ASSISTANT]


def call_it(home: Home, entity_id: str, *aliases: str) -> None:
    """Give a device other names."""
    er.async_get(home.hass).async_update_entity(entity_id, aliases=[er.COMPUTED_NAME, *aliases])


def withheld(heard: Heard, home: Home, language: str = "en") -> bool:
    """Whether nobody else was asked, nothing was opened, and that was said."""
    assert (heard.speech, heard.failed) == (REFUSAL[language], True)
    assert home.states(LOCK, GARAGE, ALARM) == ["locked", "closed", "armed_away"]
    return asked() == []


@pytest.mark.parametrize(
    "text",
    [
        "unlock the front door",
        "Unlock Front Door!",
        "turn off frunt dor",
        "opn portl",
        "open the garage door",
        "open the garage doors in the hall",
        "disarm the house alarm",
        "open everything",
        "open up",
        "let him in",
    ],
)
async def test_what_opens_the_house_is_not_handed_over(home: Home, kitchen: Household, text: str) -> None:
    call_it(home, GARAGE, "Portal")
    assert withheld(await kitchen.say(text), home)


@pytest.mark.parametrize(
    "text", ["turn off sesame", "turn off the big blue thing", "turn off the big blue thin", "turn off big thing"]
)
async def test_names_without_any_word_for_a_door(home: Home, kitchen: Household, text: str) -> None:
    call_it(home, LOCK, "Sesame", "Big Blue Thing")
    assert withheld(await kitchen.say(text), home)


@pytest.mark.parametrize("text", ["entsperre die Vorne", "öffne die Haustür", "schließ vorne auf", "Vorne aufmachen"])
async def test_german(home: Home, kitchen: Household, text: str) -> None:
    call_it(home, LOCK, "Vorne")
    assert withheld(await kitchen.say(text, language="de"), home, "de")


@pytest.mark.parametrize("text", ["unlock the front door", "turn off frunt dor"])
async def test_without_this_the_agent_would_unlock(
    hass: HomeAssistant, home: Home, kitchen: Household, text: str
) -> None:
    """The tests above would not notice an agent that does not understand them."""
    await conversation.async_converse(hass, text, None, home.state(LOCK).context, "en", HOME_ASSISTANT)
    assert home.state(LOCK).state == "unlocked"


async def test_what_is_not_exposed_has_no_name_here(home: Home, kitchen: Household) -> None:
    call_it(home, LOCK, "Sesame")
    home.hide(LOCK)
    await kitchen.say("who lives in sesame street")
    assert asked() == ["who lives in sesame street"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "what is the meaning of life"),
        ("en", "what happens at five o'clock"),
        ("en", "how hot is it outdoors"),
        ("de", "wer ist der Autor von Faust"),
        ("de", "wie heißt natürlich die Hauptstadt der Türkei"),
        ("fr", "pourquoi le ciel est bleu"),
        ("es", "dónde está Puerto Rico"),
        ("it", "cancella tutto quello che ho detto"),
        ("nl", "waarom is de lucht blauw"),
        ("da", "hvem vandt i sporten i går"),
        ("ja", "人生の意味は何ですか"),
        ("zh", "人生的意义是什么"),
    ],
)
async def test_everything_else_is_handed_over(home: Home, kitchen: Household, language: str, text: str) -> None:
    await kitchen.say(text, language=language)
    assert asked() == [text]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "open the gates"),
        ("de", "mach das Garagentor auf"),
        ("fr", "déverrouille la porte d'entrée"),
        ("fr", "désactive l'alarme"),
        ("es", "abre la puerta del garaje"),
        ("it", "apri il cancello"),
        ("it", "disinserisci l'allarme"),
        ("nl", "haal de voordeur van het slot"),
        ("da", "lås hoveddøren op"),
        ("da", "slå tyverialarmen fra"),
        ("ja", "玄関の鍵を開けて"),
        ("ja", "警備を解除して"),
        ("zh", "把门打开"),
        ("zh", "打开车库"),
        ("zh", "解除警报"),
    ],
)
def test_words_of_every_language(hass: HomeAssistant, language: str, text: str) -> None:
    assert may_open_the_house(hass, language, [text])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_can_match(hass: HomeAssistant, language: str) -> None:
    for pattern in words(language, "opens_the_house"):
        assert may_open_the_house(hass, language, [pattern.replace("*", "x").replace("?", "e")]), pattern


async def test_a_yes_does_not_reach_an_agent_that_has_read_the_question(
    hass: HomeAssistant, home: Home, kitchen: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that reads along would take "go ahead" for a yes, whatever the PIN is."""
    read: list[list[str]] = []

    async def handle(
        self: conversation.ConversationEntity,
        user_input: conversation.ConversationInput,
        chat_log: conversation.ChatLog,
    ) -> conversation.ConversationResult:
        read.append([getattr(content, "content", None) or "" for content in chat_log.content])
        response = intent.IntentResponse(language=user_input.language)
        response.async_set_speech("Forty-two.")
        chat_log.async_add_assistant_content_without_tools(
            conversation.AssistantContent(agent_id=user_input.agent_id, content="Forty-two.")
        )
        return conversation.ConversationResult(response=response, conversation_id=chat_log.conversation_id)

    agent = conversation.async_get_agent(hass, HOME_ASSISTANT)
    monkeypatch.setattr(type(agent), "_async_handle_message", handle)
    first = await kitchen.do("turn_on", name="bed light")
    heard = await kitchen.say("what is six times seven", conversation_id=first.conversation_id)
    assert "Turned on Bed Light." in read[-1], "otherwise it reads along"
    await kitchen.say("x", [("unlock", {"name": "front door"})], conversation_id=first.conversation_id)
    heard = await kitchen.say("just get on with it", conversation_id=first.conversation_id)
    assert (heard.speech, heard.conversation_id) == ("Forty-two.", first.conversation_id)
    assert [text for text in read[-1] if "Front Door" in text] == []
    assert read[-1][-1] == "just get on with it"
    kept = hass.data[DATA_CHAT_LOGS][first.conversation_id or ""].content[-1]
    assert isinstance(kept, conversation.AssistantContent)
    assert kept.content == "Forty-two."
