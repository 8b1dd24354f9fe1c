"""Rows as the tokens that the server's instruct translator will feed, and that the model is to answer."""

import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from wyoming_server.translation.chat_template import render
from wyoming_server.translation.instruct_prompt import CONTEXT, LONGEST_ANSWER, MARK, frame

from .examples import Example


class Wording:
    """A base model's tokenizer, used as the server uses it: three pieces of prompt, each by itself."""

    def __init__(self, tokenizer: Any, tokenizer_json: str) -> None:
        """`tokenizer` is the one of transformers, for its chat template and special tokens.

        Raises ValueError where it cannot carry the prompt.
        """
        self.tokenizer_json = _as_in_the_server(tokenizer_json)
        self._tokenizer = Tokenizer.from_str(self.tokenizer_json)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.template = _template(tokenizer)
        self.begins_with: int | None = _beginning(tokenizer)
        """The token that the tokenizer puts before every text."""
        self.end_of_sequence: int | None = tokenizer.eos_token_id
        before, after = frame(self.template, tokenizer.eos_token or "")
        self.fixed = [*self._first(), *self._tokens(before, special=True)]
        """The prompt's fixed part: the catalogue and the examples."""
        self._after = self._tokens(after, special=True)
        self.end = self._end(tokenizer)
        """The token that ends an answer."""
        if len(self.fixed) + 2 * LONGEST_ANSWER > CONTEXT:
            raise ValueError(f"the catalogue takes {len(self.fixed)} tokens, and the server has room for {CONTEXT}")

    def tokens(self, example: Example) -> tuple[list[int], list[int]]:
        """What comes after the fixed part, and the answer with its end."""
        return [*self._tokens(example.said, special=False), *self._after], [*self._answer(example.answer), self.end]

    def fits(self, prompt: list[int], answer: list[int]) -> bool:
        """Whether the server would have room for these."""
        return len(answer) <= LONGEST_ANSWER and len(self.fixed) + len(prompt) + LONGEST_ANSWER <= CONTEXT

    def _first(self) -> list[int]:
        return [] if self.begins_with is None else [self.begins_with]

    def _tokens(self, text: str, *, special: bool) -> list[int]:
        self._tokenizer.encode_special_tokens = not special
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _answer(self, calls: str) -> list[int]:
        """The answer's tokens. Some tokenizers put a space before every text, which the server's grammar forbids."""
        line = self._tokens("\n", special=False)
        tokens = self._tokens(f"\n{calls}", special=False)
        if tokens[: len(line)] != line:
            raise ValueError("the tokenizer joins the end of a line to the next one")
        return tokens[len(line) :]

    def _end(self, tokenizer: Any) -> int:
        """The special token that the chat template writes after an answer; without one, the end of the sequence."""
        if self.template is not None:
            turns = [{"role": "user", "content": "?"}, {"role": "assistant", "content": MARK}]
            closing = render(self.template, turns, tokenizer.eos_token or "").partition(MARK)[2]
            special = {id_ for id_, token in self._tokenizer.get_added_tokens_decoder().items() if token.special}
            for token in self._tokens(closing, special=True):
                if token in special:
                    return token
        if self.end_of_sequence is None:
            raise ValueError("the tokenizer has no token that ends an answer")
        return self.end_of_sequence


def wording_of(base: str, revision: str | None = None) -> Wording:
    """The wording for a base model; raises OSError where there is none, ValueError where it cannot carry the prompt."""
    from transformers import AutoTokenizer  # noqa: PLC0415  (takes seconds)
    from transformers.utils import cached_file  # noqa: PLC0415

    tokenizer = AutoTokenizer.from_pretrained(base, revision=revision, local_files_only=Path(base).is_dir())
    # The file itself where there is one: the class that transformers puts around it may cut text in another way.
    file = cached_file(base, "tokenizer.json", revision=revision, _raise_exceptions_for_missing_entries=False)
    return Wording(tokenizer, Path(file).read_text(encoding="utf-8") if file else tokenizer.backend_tokenizer.to_str())


def _as_in_the_server(tokenizer_json: str) -> str:
    """The tokenizer as llama.cpp runs it.

    It puts a space before the first word after special tokens too, and takes letters and accents as they come.
    """
    data = json.loads(tokenizer_json)
    if data["normalizer"] and data["normalizer"]["type"] == "NFC":
        data["normalizer"] = None
    parts = data["pre_tokenizer"] or {}
    for part in parts.get("pretokenizers") or [parts]:
        if part.get("type") == "Metaspace" and part["prepend_scheme"] == "first":
            part["prepend_scheme"] = "always"
    return json.dumps(data)


def _template(tokenizer: Any) -> str | None:
    template = tokenizer.chat_template
    if isinstance(template, dict):
        template = template["default"]
    return None if template is None else str(template)


def _beginning(tokenizer: Any) -> int | None:
    ids = tokenizer("a").input_ids
    return int(ids[0]) if tokenizer.bos_token_id is not None and ids[0] == tokenizer.bos_token_id else None
