"""The instruct translator, with the embedded model in the place of a large one: it knows nothing, but it runs."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from wyoming_server.calls import CallError, parse
from wyoming_server.catalogue import catalogue
from wyoming_server.translation.gbnf import gbnf
from wyoming_server.translation.instruct import Instruct
from wyoming_server.translation.instruct_prompt import EXAMPLES, frame
from wyoming_server.translation.llama import LlamaModel
from wyoming_server.translation.llama_grammar import GrammarSampler
from wyoming_server.translation.request import Request
from wyoming_server.translation.translator import EMBEDDED

ANSWERS = [
    *(calls for _, calls in EXAMPLES),
    "pause()",
    "seek(seconds=-20)",
    'set_temperature(temperature=21.5, area="bad", in_minutes=5)',
    'repeat(mode="one")',
    "rate_song(liked=False)",
    'play_music(song="東京 don\'t")',
]


@pytest.fixture(scope="module")
def translator() -> Iterator[Instruct]:
    instruct = Instruct(EMBEDDED, threads=1)
    yield instruct
    instruct.close()


@pytest.fixture(scope="module")
def model() -> Iterator[LlamaModel]:
    llama = LlamaModel(EMBEDDED, context=64, threads=1)
    yield llama
    llama.close()


def follow(model: LlamaModel, grammar: GrammarSampler, text: str) -> bool:
    """Whether the grammar takes the whole text as an answer."""
    grammar.reset()
    end = next(token for token in range(model.vocabulary) if model.ends(token))
    for token in [*model.tokenize(text, special=False, first=False), end]:
        logits = np.zeros(model.vocabulary, dtype=np.float32)
        logits[token] = 1
        if grammar.choose(logits) != token:
            return False
        if token != end:
            grammar.accept(token)
    return True


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_grammar_takes_calls(model: LlamaModel, answer: str) -> None:
    assert parse(answer)
    grammar = GrammarSampler(model, gbnf())
    assert follow(model, grammar, answer)
    grammar.close()


@pytest.mark.parametrize(
    "answer",
    [
        "hello",
        "turn_on",
        "turn_on(area=kitchen)",
        'fly(to="moon")',
        'seek(seconds="20")',
        "set_volume()",
        "unknown()\nstop()",
        "\n".join(["stop()"] * 5),
        'repeat(mode="twice")',
    ],
)
def test_the_grammar_takes_nothing_else(model: LlamaModel, answer: str) -> None:
    grammar = GrammarSampler(model, gbnf())
    assert not follow(model, grammar, answer)
    grammar.close()


def test_the_grammar_offers_what_the_home_offers(model: LlamaModel) -> None:
    grammar = GrammarSampler(model, gbnf({"pause"}))
    assert follow(model, grammar, 'pause(area="den")')
    assert follow(model, grammar, "unknown()")
    assert not follow(model, grammar, "stop()")
    nothing = GrammarSampler(model, gbnf(set()))
    assert follow(model, nothing, "unknown()")
    assert not follow(model, nothing, "pause()")


@pytest.mark.parametrize("functions", [None, {"pause", "set_volume"}])
def test_it_answers_with_calls(translator: Instruct, functions: set[str] | None) -> None:
    for text in ("turn on the light", "<|end|>", "", "wort " * 2000):
        translation = translator.translate(Request(text, "en", functions=functions))
        assert {call.name for call in translation.calls} <= (functions or set(catalogue())) | {"unknown"}
        assert 0 <= translation.confidence <= 1


def test_the_fixed_part_is_computed_once(translator: Instruct) -> None:
    first = translator.translate(Request("turn on the light", "en"))
    fed: list[int] = []
    feed = translator._model.feed

    def counted(tokens: Sequence[int]) -> NDArray[np.float32]:
        fed.append(len(tokens))
        return feed(tokens)

    translator._model.feed = counted  # type: ignore[method-assign]
    second = translator.translate(Request("turn on the light", "en"))
    translator._model.feed = feed  # type: ignore[method-assign]
    assert second.calls == first.calls
    assert second.confidence == pytest.approx(first.confidence)
    assert max(fed) < len(translator._fixed) / 10


def test_the_prompt_names_every_function() -> None:
    before, _ = frame(None)
    for name in catalogue():
        assert re.search(rf"^{name}\(", before, re.MULTILINE)


def test_examples_are_calls_of_the_catalogue() -> None:
    for said, calls in EXAMPLES:
        try:
            parse(calls)
        except CallError as error:
            pytest.fail(f"{said}: {error}")
