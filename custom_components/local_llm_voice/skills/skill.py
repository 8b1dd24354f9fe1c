"""What a skill is made of: functions of the catalogue, each an LLM tool."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final, override

import probatio

from homeassistant.core import HomeAssistant
from homeassistant.helpers.llm import (
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)

from ..const import CONF_PIN, DOMAIN
from ..memory import Call, Choice, Question
from ..speech import Alternatives, words
from ..turn import Answer, SkillError, Turn, TurnContext, Unclear, Unconfirmed
from .failures import FAILURES, log_failure
from .schema import DELAY, Arguments, delay_of

type Handler = Callable[[Turn, dict[str, Any]], Awaitable[Answer]]
type Guard = Callable[[Turn, dict[str, Any]], object]

MAX_DELAY: Final = 366 * 86400.0
"""Seconds; nobody puts a command off for longer than a year."""

MAX_LABELS: Final = 5
"""Of the options that a question names; the others can be picked all the same."""

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
        guard: Guard | None,
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
        self._guard = guard

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
        speech = turn.say("kept") if answer.from_outside else answer.speech
        return ToolResult(data={"speech": speech, **answer.data}, error=answer.failed)

    async def async_run(self, turn: Turn, args: dict[str, Any]) -> Answer:
        """Carry the function out, now or later, with arguments that fit its schema."""
        now = {key: value for key, value in args.items() if key not in DELAY}
        try:
            if (seconds := delay_of(args)) > 0:
                if seconds > MAX_DELAY:
                    raise SkillError("delay.too_long")
                if self._guard is not None:
                    self._guard(turn, now)
                return await turn.runtime.schedule.async_add_call(
                    turn, Call(self.function, now), seconds
                )
            return await self._handler(turn, now)
        except SkillError as err:
            return Answer(speech=turn.say(err.key, **err.values), failed=True)
        except Unclear as err:
            return self._which(turn, args, err)
        except Unconfirmed as err:
            return self._confirm(turn, args, err)
        except FAILURES as err:
            log_failure(self.function, err)
            return Answer(speech=turn.say("failed"), failed=True)

    def _which(self, turn: Turn, args: dict[str, Any], err: Unclear) -> Answer:
        """Ask which of several things is meant; openly, where there is no choice of them."""
        if not err.options:
            return Answer(speech=turn.say(err.key, **err.values))
        choices = tuple(
            Choice(
                names=(option.label, *option.names),
                call=Call(self.function, {**args, **option.args}),
                entity_ids=option.entity_ids,
                confirmed=turn.confirmed,
            )
            for option in err.options
        )
        labels = Alternatives(option.label for option in err.options[:MAX_LABELS])
        return turn.ask(Question(choices=choices), err.key, names=labels, **err.values)

    def _confirm(self, turn: Turn, args: dict[str, Any], err: Unconfirmed) -> Answer:
        """Ask for a yes, or for the PIN where one is set."""
        agreed = Choice(
            names=words(turn.language, "yes"),
            call=Call(self.function, args),
            entity_ids=err.entity_ids,
            confirmed=True,
        )
        if pin := turn.options.get(CONF_PIN):
            question = Question(choices=(replace(agreed, names=(pin,)),), pin=True)
            return turn.ask(question, "pin.ask")
        refused = Choice(names=words(turn.language, "no"), call=None)
        question = Question(choices=(agreed, refused))
        return turn.ask(question, err.key, **err.values)


def function(
    *,
    title: str,
    description: str,
    arguments: Arguments | None = None,
    annotations: ToolAnnotations = ACTS,
    assist: bool = True,
    guard: Guard | None = None,
) -> Callable[[Handler], SkillFunction]:
    """Make the decorated coroutine the function of the catalogue with the same name.

    `arguments` maps markers to validators as in any schema of Home Assistant. `assist`
    says whether the tool joins Home Assistant's own Assist API; a function that repeats
    a tool of Home Assistant does not, so that other agents are not offered it twice.
    `guard` raises what the function would raise without acting: where the targets are
    not there or unclear, or the user has to agree first. It is asked before the function
    is put off, because nobody listens when it is due.
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
            guard=guard,
        )

    return decorate
