"""What a skill is made of: functions of the catalogue, each an LLM tool."""

from collections.abc import Awaitable, Callable
import logging
from typing import Any, Final, override

import probatio

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.llm import (
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)

from ..const import DOMAIN
from ..turn import Answer, SkillError, Turn, TurnContext
from .schema import Arguments

_LOGGER = logging.getLogger(__name__)

type Handler = Callable[[Turn, dict[str, Any]], Awaitable[Answer]]

READS: Final = ToolAnnotations(
    read_only=True, destructive=False, idempotent=True, open_world=False
)
"""Only looks something up in the house."""

ACTS: Final = ToolAnnotations(destructive=False, open_world=False)
"""Changes something that is easily changed back."""

SETS: Final = ToolAnnotations(destructive=False, idempotent=True, open_world=False)
"""Like ACTS; doing it twice is the same as doing it once."""


class SkillFunction(Tool):
    """One function of the catalogue as a tool, for our agent and for others."""

    integration = DOMAIN

    def __init__(
        self,
        function: str,
        handler: Handler,
        *,
        title: str,
        description: str,
        arguments: Arguments,
        annotations: ToolAnnotations,
        assist: bool,
    ) -> None:
        """Wrap the handler; see `function` for the arguments."""
        self.function = function
        self.name = f"{DOMAIN}__{function}"
        self.title = title
        self.description = description
        self.parameters = probatio.Schema(arguments)
        self.annotations = annotations
        self.assist = assist
        self._handler = handler

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Carry the function out; what goes wrong becomes a sentence."""
        args = self.parameters(tool_input.tool_args)
        turn = Turn.from_context(hass, llm_context)
        answer = await self.async_run(turn, args)
        if isinstance(llm_context, TurnContext):
            llm_context.answers[tool_input.id] = answer
        return ToolResult(
            data={"speech": answer.speech, **answer.data}, error=answer.failed
        )

    async def async_run(self, turn: Turn, args: dict[str, Any]) -> Answer:
        """Carry the function out with arguments that fit its schema."""
        try:
            return await self._handler(turn, args)
        except SkillError as err:
            return Answer(speech=turn.say(err.key, **err.values), failed=True)
        except HomeAssistantError as err:
            _LOGGER.warning("%s failed: %s", self.function, err)
            return Answer(speech=turn.say("failed"), failed=True)


def function(
    *,
    title: str,
    description: str,
    arguments: Arguments | None = None,
    annotations: ToolAnnotations = ACTS,
    assist: bool = True,
) -> Callable[[Handler], SkillFunction]:
    """Make the decorated coroutine the function of the catalogue with the same name.

    `arguments` maps markers to validators as in any schema of Home Assistant. `assist`
    says whether the tool joins Home Assistant's own Assist API; a function that repeats
    a tool of Home Assistant does not, so that other agents are not offered it twice.
    """

    def decorate(handler: Handler) -> SkillFunction:
        return SkillFunction(
            handler.__name__.removesuffix("_"),
            handler,
            title=title,
            description=description,
            arguments=arguments or {},
            annotations=annotations,
            assist=assist,
        )

    return decorate
