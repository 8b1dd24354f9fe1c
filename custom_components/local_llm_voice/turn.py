"""One call being carried out: who asked, where, in which language, and what is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar, llm
from homeassistant.helpers.intent import MatchTargetsPreferences

from .const import DOMAIN
from .memory import Question, Recent, Undo
from .models import LocalLlmVoiceConfigEntry, RuntimeData
from .places import area_of_device
from .speech import say


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a function did, as one short sentence."""

    speech: str
    failed: bool = False
    question: Question | None = None
    """Set where `speech` asks something; it then ends in a question mark."""

    undo: Undo | None = None
    from_outside: bool = False
    """The words come from outside of the house: they are spoken and nothing else.

    A model that can call tools must not read them: they may be written to command it.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    """Facts for another assistant that called the function as a tool."""


class SkillError(HomeAssistantError):
    """The function cannot be carried out; the key is of the sentence that says why."""

    def __init__(self, key: str, **values: Any) -> None:
        """Remember the sentence; it is rendered in the language of the turn."""
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, kw_only=True)
class Option:
    """One reading of an unclear request."""

    label: str
    """How the question names it."""

    names: tuple[str, ...] = ()
    """How else the user may name it."""

    args: Mapping[str, Any] = field(default_factory=dict)
    """Arguments that the call gets in addition when this is meant."""

    entity_ids: tuple[str, ...] = ()
    """Or the entities that are meant."""


class Unclear(HomeAssistantError):
    """The request fits several things; the user is asked which one is meant."""

    def __init__(self, key: str, options: Sequence[Option], **values: Any) -> None:
        """Remember the question; it is rendered with the options' labels as `names`."""
        super().__init__(key)
        self.key = key
        self.options = options
        self.values = values


class Unconfirmed(HomeAssistantError):
    """The function is carried out only after the user has agreed or said the PIN."""

    def __init__(
        self, key: str, *, entity_ids: tuple[str, ...] = (), **values: Any
    ) -> None:
        """Remember the question, and the targets that were found."""
        super().__init__(key)
        self.key = key
        self.entity_ids = entity_ids
        self.values = values


@dataclass(slots=True, kw_only=True)
class TurnContext(llm.LLMContext):
    """What our own agent knows of a request beyond what Home Assistant passes to tools."""

    satellite_id: str | None = None
    conversation_id: str | None = None
    entity_ids: tuple[str, ...] = ()
    confirmed: bool = False
    answers: dict[str, Answer] = field(default_factory=dict)
    """By the id of the tool call: the full answer, where ToolResult holds only JSON."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One call being carried out."""

    hass: HomeAssistant
    entry: LocalLlmVoiceConfigEntry
    language: str
    context: Context
    assistant: str
    """Whose exposure settings count."""

    device_id: str | None = None
    satellite_id: str | None = None
    conversation_id: str | None = None
    entity_ids: tuple[str, ...] = ()
    """Targets that the answer to a question settled, else empty."""

    confirmed: bool = False
    """The user has agreed to something that is confirmed first."""

    @classmethod
    def from_context(cls, hass: HomeAssistant, llm_context: llm.LLMContext) -> Turn:
        """Return the turn of a tool call, made by our own agent or by another one."""
        entries: list[LocalLlmVoiceConfigEntry] = (
            hass.config_entries.async_loaded_entries(DOMAIN)
        )
        if not entries:
            raise HomeAssistantError(
                translation_domain=DOMAIN, translation_key="not_loaded"
            )
        more: dict[str, Any] = {}
        if isinstance(llm_context, TurnContext):
            more = {
                "satellite_id": llm_context.satellite_id,
                "conversation_id": llm_context.conversation_id,
                "entity_ids": llm_context.entity_ids,
                "confirmed": llm_context.confirmed,
            }
        return cls(
            hass=hass,
            entry=entries[0],
            language=llm_context.language or hass.config.language,
            context=llm_context.context or Context(),
            assistant=llm_context.assistant or conversation.DOMAIN,
            device_id=llm_context.device_id,
            **more,
        )

    @property
    def runtime(self) -> RuntimeData:
        """The parts of the integration."""
        return self.entry.runtime_data

    @property
    def options(self) -> Mapping[str, Any]:
        """What the user has set up."""
        return self.entry.options

    @property
    def speaker(self) -> str:
        """Whose recent past counts: the satellite, else the device, else the conversation."""
        return self.satellite_id or self.device_id or self.conversation_id or ""

    @property
    def recent(self) -> Recent:
        """What this speaker said and heard a moment ago."""
        return self.runtime.memory.of(self.speaker)

    @property
    def preferences(self) -> MatchTargetsPreferences:
        """Area and floor of the speaking device, as Home Assistant's matcher takes them."""
        return llm.async_get_match_preferences(self.hass, self.llm_context)

    @property
    def area(self) -> ar.AreaEntry | None:
        """The area of the speaking device."""
        return area_of_device(self.hass, self.device_id)

    @property
    def llm_context(self) -> llm.LLMContext:
        """The turn as Home Assistant's helpers take it."""
        return llm.LLMContext(
            platform=DOMAIN,
            context=self.context,
            language=self.language,
            assistant=self.assistant,
            device_id=self.device_id,
        )

    def say(self, key: str, **values: Any) -> str:
        """Render a sentence in the language of the turn."""
        return say(self.language, key, **values)

    def answer(
        self,
        key: str,
        *,
        undo: Undo | None = None,
        data: Mapping[str, Any] | None = None,
        **values: Any,
    ) -> Answer:
        """Return an answer with the sentence of that key."""
        return Answer(speech=self.say(key, **values), undo=undo, data=data or {})

    def ask(self, question: Question, key: str, **values: Any) -> Answer:
        """Return an answer that asks; the next utterance answers it."""
        return Answer(speech=self.say(key, **values), question=question)
