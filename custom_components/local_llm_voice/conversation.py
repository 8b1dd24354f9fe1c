"""The conversation agent: an utterance goes in, skills run, one short answer comes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
import logging
import time
from typing import Final, Literal, override

from homeassistant.components import conversation
from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent, llm
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import skills_api
from .client import RequestRefused, ServerError, Translation
from .const import CONF_FALLBACK_AGENT, DOMAIN, UNKNOWN
from .fallback import async_fall_back
from .memory import Call, Choice, Recent, Undo
from .models import LocalLlmVoiceConfigEntry, TurnTrace
from .replies import picked, says_no_more, spoken_digits
from .skills import FUNCTIONS
from .speech import say
from .turn import Answer, Turn, TurnContext

_LOGGER = logging.getLogger(__name__)

PARALLEL_UPDATES = 0

_REFUSALS: Final = {
    "busy": "server.busy",
    "language-not-supported": "server.language",
    "text-too-long": "server.too_long",
}
"""Sentences by the code of the server's error; any other code has a general one."""

_TALK: Final = frozenset({UNKNOWN, "help", "nevermind", "repeat_answer", "wrong"})
"""What is said about the conversation does not become the previous command."""

_ON_THE_ANSWER: Final = frozenset({"nevermind", "repeat_answer", "wrong"})
"""What is said about the last answer; it is the one before that was wrong."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: LocalLlmVoiceConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the agent."""
    async_add_entities([LocalLlmVoiceAgent(entry)])


@dataclass
class _Outcome:
    """What came of the calls of one utterance."""

    answers: list[Answer] = field(default_factory=list)
    done: list[Call] = field(default_factory=list)


class LocalLlmVoiceAgent(conversation.ConversationEntity):
    """Understands with the voice server and acts with the skills."""

    _attr_has_entity_name = True
    _attr_name = None
    _attr_supported_features = conversation.ConversationEntityFeature.CONTROL

    def __init__(self, entry: LocalLlmVoiceConfigEntry) -> None:
        """Name the agent after its entry."""
        self._entry = entry
        self._attr_unique_id = entry.entry_id
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            name=entry.title,
            entry_type=DeviceEntryType.SERVICE,
        )

    @property
    @override
    def supported_languages(self) -> list[str] | Literal["*"]:
        """Return every language: the server says which ones it understands."""
        return MATCH_ALL

    @override
    async def async_prepare(self, language: str | None = None) -> None:
        """Connect and tell about the home while the user still speaks."""
        runtime = self._entry.runtime_data
        await runtime.client.async_warm(runtime.vocabulary.home)

    @override
    async def _async_handle_message(
        self,
        user_input: conversation.ConversationInput,
        chat_log: conversation.ChatLog,
    ) -> conversation.ConversationResult:
        """Answer a question that is open, else ask the server what is wanted; do it."""
        started = time.perf_counter()
        context = TurnContext(
            platform=DOMAIN,
            context=user_input.context,
            language=user_input.language,
            assistant=conversation.DOMAIN,
            device_id=user_input.device_id,
            satellite_id=user_input.satellite_id,
            conversation_id=chat_log.conversation_id,
        )
        await chat_log.async_provide_llm_data(
            context,
            skills_api(self.hass),
            user_extra_system_prompt=user_input.extra_system_prompt,
        )
        turn = Turn.from_context(self.hass, context)
        recent = turn.recent
        translation = Translation(())
        reply = _reply(recent, user_input)
        if reply.wrong_pin:
            # It is not passed on as if it were a command.
            recent.question, recent.then = None, ()
            outcome = _Outcome([Answer(speech=turn.say("pin.wrong"), failed=True)])
            recent.answered(outcome.answers[0].speech)
            return self._result(
                user_input, chat_log, recent, outcome, translation, started
            )
        if not reply.certain:
            try:
                translation = await self._async_translate(user_input, turn, recent)
            except ServerError as err:
                return self._failure(user_input, chat_log, recent, err)
        if reply.choice and (reply.certain or _agrees(reply.choice, translation.calls)):
            outcome = await self._async_choose(
                reply.choice, recent, context, chat_log, user_input
            )
        else:
            if any(call.name != "repeat_answer" for call in translation.calls):
                recent.question, recent.then = None, ()
            if (
                (agent_id := self._entry.options.get(CONF_FALLBACK_AGENT))
                and agent_id != self.entity_id
                and all(call.name == UNKNOWN for call in translation.calls)
                and (
                    result := await async_fall_back(
                        self.hass, agent_id, user_input, chat_log
                    )
                )
            ):
                plain = result.response.speech.get("plain", {})
                recent.answered(plain.get("speech"))
                return result
            outcome = await self._async_run(
                translation.calls, recent, context, chat_log, user_input
            )
        return self._result(user_input, chat_log, recent, outcome, translation, started)

    async def _async_translate(
        self,
        user_input: conversation.ConversationInput,
        turn: Turn,
        recent: Recent,
    ) -> Translation:
        """Ask the server which calls an utterance means."""
        started = time.perf_counter()
        runtime = self._entry.runtime_data
        previous = recent.call
        translation = await runtime.client.async_translate(
            user_input.text,
            language=user_input.language,
            home=runtime.vocabulary.home,
            context={
                "conversation_id": turn.conversation_id,
                "device_id": user_input.device_id,
                "satellite_id": user_input.satellite_id,
                "area": turn.area.name if turn.area else None,
                "previous": previous
                and {"name": previous.name, "args": dict(previous.args)},
            },
        )
        milliseconds = (time.perf_counter() - started) * 1000
        return Translation(
            translation.calls,
            translation.confidence,
            {**translation.stages, "request": round(milliseconds, 1)},
        )

    async def _async_choose(
        self,
        choice: Choice,
        recent: Recent,
        context: TurnContext,
        chat_log: conversation.ChatLog,
        user_input: conversation.ConversationInput,
    ) -> _Outcome:
        """Do what the answer to a question settled, and what was said behind it."""
        then, recent.question, recent.then = recent.then, None, ()
        context.entity_ids, context.confirmed = choice.entity_ids, choice.confirmed
        calls = (choice.call or Call("nevermind", {}),)
        outcome = await self._async_run(calls, recent, context, chat_log, user_input)
        context.entity_ids, context.confirmed = (), False
        if recent.question:
            recent.then += then
            return outcome
        more = await self._async_run(then, recent, context, chat_log, user_input)
        both = _Outcome(outcome.answers + more.answers, outcome.done + more.done)
        _remember_undo(recent, both)
        return both

    async def _async_run(
        self,
        calls: Sequence[Call],
        recent: Recent,
        context: TurnContext,
        chat_log: conversation.ChatLog,
        user_input: conversation.ConversationInput,
    ) -> _Outcome:
        """Run calls in order, each recorded in the chat log; wait where one asks."""
        outcome = _Outcome()
        for index, call in enumerate(calls):
            answer = await self._async_call(call, context, chat_log, user_input)
            outcome.answers.append(answer)
            outcome.done.append(call)
            if call.name not in _TALK:
                recent.call = call
            if answer.question:
                if answer.question is not recent.question:
                    recent.question = answer.question
                    recent.then = tuple(calls[index + 1 :])
                break
        _remember_undo(recent, outcome)
        return outcome

    async def _async_call(
        self,
        call: Call,
        context: TurnContext,
        chat_log: conversation.ChatLog,
        user_input: conversation.ConversationInput,
    ) -> Answer:
        """Run one call as a tool call of the chat log."""
        language = user_input.language
        if (function := FUNCTIONS.get(call.name)) is None:
            key = "unknown" if call.name == UNKNOWN else "not_yet"
            return Answer(speech=say(language, key), failed=True)
        tool_input = llm.ToolInput(function.name, dict(call.args))
        async for _ in chat_log.async_add_assistant_content(
            conversation.AssistantContent(
                agent_id=user_input.agent_id, tool_calls=[tool_input]
            )
        ):
            pass
        # No answer: the chat log caught arguments that do not fit the schema.
        return context.answers.pop(
            tool_input.id, Answer(speech=say(language, "failed"), failed=True)
        )

    def _result(
        self,
        user_input: conversation.ConversationInput,
        chat_log: conversation.ChatLog,
        recent: Recent,
        outcome: _Outcome,
        translation: Translation,
        started: float,
    ) -> conversation.ConversationResult:
        """Join the answers, remember and trace them."""
        # Twice the same, as "Done. Done.", says nothing more.
        speech = " ".join(dict.fromkeys(a.speech for a in outcome.answers if a.speech))
        if not outcome.done or any(
            call.name != "repeat_answer" for call in outcome.done
        ):
            recent.speech = speech
            recent.from_outside = any(a.from_outside for a in outcome.answers)
        # The chat log is read by the fallback agent, which may be a model with tools.
        outside = any(answer.from_outside for answer in outcome.answers)
        kept = say(user_input.language, "kept") if outside else speech
        total = round((time.perf_counter() - started) * 1000, 1)
        trace = TurnTrace(
            calls=tuple(outcome.done),
            confidence=translation.confidence,
            stages={**translation.stages, "total": total},
        )
        self._entry.runtime_data.traces.append(trace)
        if any(call.name not in _ON_THE_ANSWER for call in outcome.done):
            recent.trace = trace
        chat_log.async_trace({DOMAIN: trace.as_dict()})
        chat_log.async_add_assistant_content_without_tools(
            conversation.AssistantContent(agent_id=user_input.agent_id, content=kept)
        )
        response = intent.IntentResponse(language=user_input.language)
        if outcome.answers and all(answer.failed for answer in outcome.answers):
            unknown = {call.name for call in outcome.done} == {UNKNOWN}
            response.async_set_error(
                intent.IntentResponseErrorCode.NO_INTENT_MATCH
                if unknown
                else intent.IntentResponseErrorCode.FAILED_TO_HANDLE,
                speech,
            )
        response.async_set_speech(speech, extra_data=trace.as_dict())
        return conversation.ConversationResult(
            response=response,
            conversation_id=chat_log.conversation_id,
            continue_conversation=recent.question is not None
            or chat_log.continue_conversation,
        )

    def _failure(
        self,
        user_input: conversation.ConversationInput,
        chat_log: conversation.ChatLog,
        recent: Recent,
        err: ServerError,
    ) -> conversation.ConversationResult:
        """Say in one sentence that the server did not understand; the client has logged it."""
        key = "server.unreachable"
        if isinstance(err, RequestRefused):
            _LOGGER.debug("The server refused a request: %s (%s)", err, err.code)
            key = _REFUSALS.get(err.code or "", "server.refused")
        speech = say(user_input.language, key)
        recent.answered(speech)
        chat_log.async_add_assistant_content_without_tools(
            conversation.AssistantContent(agent_id=user_input.agent_id, content=speech)
        )
        response = intent.IntentResponse(language=user_input.language)
        response.async_set_error(
            intent.IntentResponseErrorCode.FAILED_TO_HANDLE, speech
        )
        return conversation.ConversationResult(
            response=response, conversation_id=chat_log.conversation_id
        )


def _remember_undo(recent: Recent, outcome: _Outcome) -> None:
    """Where nothing can be taken back, what was done before it is not either."""
    if any(call.name not in _ON_THE_ANSWER for call in outcome.done):
        recent.undo = _undo_all(outcome.answers)


def _undo_all(answers: Sequence[Answer]) -> Undo | None:
    """Take everything of one utterance back, the last first."""
    undos = [answer.undo for answer in reversed(answers) if answer.undo]
    if not undos:
        return None

    async def undo() -> None:
        for one in undos:
            await one()

    return undo


@dataclass(frozen=True)
class _Reply:
    """What an utterance says to a question that is open."""

    choice: Choice | None = None
    certain: bool = False
    """It says that and nothing else; otherwise the server is asked as well."""

    wrong_pin: bool = False


def _reply(recent: Recent, user_input: conversation.ConversationInput) -> _Reply:
    """Read the utterance as an answer, where a question is open."""
    if (question := recent.question) is None:
        return _Reply()
    text, language = user_input.text, user_input.language
    if (choice := picked(question, text, language)) is None:
        wrong = question.pin and bool(spoken_digits(text, language))
        return _Reply(wrong_pin=wrong)
    return _Reply(choice, says_no_more(question, choice, text, language))


def _agrees(choice: Choice, calls: Sequence[Call]) -> bool:
    """Whether calls may be what the server makes of an answer with more words than one.

    "The bedroom one" is an answer; "turn off the bedroom fan" is a command that names a
    choice by chance, and "okay, louder" must not unlock a door.
    """
    asked = choice.call.name if choice.call else "nevermind"
    names = {call.name for call in calls}
    if choice.confirmed:
        return names == {asked}
    return names <= {asked, UNKNOWN}
