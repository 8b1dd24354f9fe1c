"""The templates in which instruct models want conversations written."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Never

from jinja2 import TemplateError, nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

TODAY = datetime(2024, 7, 26)  # noqa: DTZ001  (a date in a prompt, of no time zone)
"""The day for templates that name one: always the same, so that a model meets the prompt that it was taught."""


class GenerationTag(Extension):
    """Reads over `{% generation %}`, with which some templates mark what the model writes."""

    tags = {"generation"}  # noqa: RUF012

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """The tag's contents."""
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def render(
    template: str, messages: Sequence[dict[str, str]], end_of_sequence: str = "", *, answer: bool = False
) -> str:
    """The conversation; with `answer`, up to where the model is to go on.

    Raises ValueError where the template does not work.
    """
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[GenerationTag, loopcontrols]
    )
    environment.filters["tojson"] = _to_json
    try:
        return environment.from_string(template).render(
            messages=list(messages),
            bos_token="",  # the tokenizer adds its own beginning
            eos_token=end_of_sequence,
            raise_exception=_refuse,
            add_generation_prompt=answer,
            strftime_now=TODAY.strftime,
            enable_thinking=False,
        )
    except (TemplateError, ValueError, TypeError) as error:
        raise ValueError(f"the chat template does not work: {error}") from error


def _refuse(message: str) -> Never:
    raise ValueError(message)


def _to_json(value: Any, ensure_ascii: bool = False, indent: int | None = None, **options: Any) -> str:
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, **options)
