"""A home that tests speak to, as a satellite would, and look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import llm
from tests.custom_components.local_llm_voice.voice_server import VoiceServer

AGENT = "conversation.local_llm_voice"


type Show = Callable[["Heard", str], None]
"""Puts what was heard, and the effect that was asserted, into docs/skills.md."""


@dataclass(frozen=True)
class Heard:
    """What is heard back."""

    speech: str
    failed: bool
    goes_on: bool
    """The microphone stays open for an answer."""
    conversation_id: str | None
    extra: dict[str, Any] | None
    text: str
    """What was said."""
    calls: tuple[str, ...]
    """The functions that were carried out."""


@dataclass
class Household:
    """A home with the integration; the voice server answers what the test says."""

    hass: HomeAssistant
    server: VoiceServer
    device_id: str | None = None
    """Of the satellite that is spoken to."""

    async def say(
        self,
        text: str,
        calls: Sequence[tuple[str, dict[str, Any]]] | None = None,
        *,
        language: str = "en",
        device_id: str | None = None,
        conversation_id: str | None = None,
    ) -> Heard:
        """Speak; `calls` is what the voice server makes of it."""
        if calls is not None:
            self.server.answers[text] = list(calls)
        result = await conversation.async_converse(
            self.hass, text, conversation_id, Context(), language, AGENT, device_id=device_id or self.device_id
        )
        plain = result.response.speech["plain"]
        return Heard(
            plain["speech"],
            result.response.error_code is not None,
            result.continue_conversation,
            result.conversation_id,
            plain["extra_data"],
            text,
            tuple(call["name"] for call in (plain["extra_data"] or {}).get("calls", ())),
        )

    async def do(self, name: str, /, **args: Any) -> Heard:
        """Have one call carried out, as if an utterance meant it."""
        return await self.say(f"{name} {args}", [(name, args)])

    def llm_context(self) -> llm.LLMContext:
        """What another agent passes to tools."""
        return llm.LLMContext(
            platform="test", context=Context(), language="en", assistant="conversation", device_id=self.device_id
        )

    async def tools(self, api: str) -> list[llm.Tool]:
        """The tools that another agent is offered."""
        return (await llm.async_get_api(self.hass, api, self.llm_context())).tools

    async def call_tool(self, api: str, name: str, args: dict[str, Any]) -> llm.ToolResult:
        """Call a tool as another agent does."""
        instance = await llm.async_get_api(self.hass, api, self.llm_context())
        return await instance.async_call_tool(llm.ToolInput(name, args))
