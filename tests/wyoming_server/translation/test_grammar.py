"""Whatever the model would like to say, what it may say are calls of the catalogue."""

import random

import numpy as np
import pytest

from wyoming_server.calls import Call, call_from_data
from wyoming_server.catalogue import MAX_CALLS, catalogue
from wyoming_server.translation.answer import read
from wyoming_server.translation.decoding import decode
from wyoming_server.translation.grammar import Grammar
from wyoming_server.translation.prompt import build
from wyoming_server.translation.vocabulary import Vocabulary

TEXTS = [
    ("turn on the lamp 2.5 and 7", "en"),
    ("今日の天気は", "ja"),
    ("12 34 56.7 8", "de"),
    ("a", "fr"),
]


class RandomNetwork:
    """A model that has learned nothing."""

    def __init__(self, size: int, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._size = size

    def keep(self, count: int) -> None:
        pass

    def feed(self, tokens: object) -> np.ndarray:
        return self._random.normal(size=self._size).astype(np.float32) * 5


@pytest.mark.parametrize("seed", range(150))
def test_any_answer_reads_as_calls(vocabulary: Vocabulary, seed: int) -> None:
    text, language = TEXTS[seed % len(TEXTS)]
    before = Call("set_volume", {"level": 30, "area": "den"}) if seed % 2 else None
    prompt = build(text, language, before, vocabulary)
    network = RandomNetwork(vocabulary.size, seed)
    tokens, certainty = decode(network, network.feed([]), Grammar(prompt, vocabulary))
    calls = read(tokens, prompt, vocabulary)
    assert 1 <= len(calls) <= MAX_CALLS
    for call in calls:
        assert call_from_data(call.name, call.args) == call
        if call.name == "calculate":
            compile(str(call.args["expression"]), "expression", "eval")
    assert all(0 < p <= 1 for p in certainty.tokens)
    assert 0 < len(certainty.functions) <= len(certainty.tokens)
    assert len([call for call in calls if call.name == "unknown"]) in (0, len(calls))


@pytest.mark.parametrize("function", sorted(catalogue()))
def test_every_function_can_be_written(vocabulary: Vocabulary, function: str) -> None:
    draw = random.Random(function)
    prompt = build("one 2 three", "en", None, vocabulary)
    grammar = Grammar(prompt, vocabulary, [function])
    tokens = [vocabulary.functions[function]]
    assert tokens[0] in grammar.allowed()
    grammar.advance(tokens[0])
    while not grammar.done:
        allowed = grammar.allowed()
        tokens.append(vocabulary.end if vocabulary.end in allowed else draw.choice(allowed))
        grammar.advance(tokens[-1])
    assert read(tokens, prompt, vocabulary)[0].name == function


def test_only_what_the_home_offers(vocabulary: Vocabulary) -> None:
    prompt = build("play music", "en", None, vocabulary)
    grammar = Grammar(prompt, vocabulary, {"pause", "stop"})
    names = {vocabulary.function_of[token] for token in grammar.allowed()}
    assert names == {"pause", "stop", "unknown"}


def test_required_arguments_cannot_be_left_out(vocabulary: Vocabulary) -> None:
    grammar = Grammar(build("volume", "en", None, vocabulary), vocabulary)
    grammar.advance(vocabulary.functions["set_volume"])
    assert grammar.allowed() == [vocabulary.arguments["level"]]


def test_a_value_lies_in_one_text(vocabulary: Vocabulary) -> None:
    prompt = build("in the kitchen", "en", Call("turn_on", {"area": "living room"}), vocabulary)
    grammar = Grammar(prompt, vocabulary)
    for token in (vocabulary.functions["turn_off"], vocabulary.arguments["area"], vocabulary.places[1]):
        grammar.advance(token)
    assert list(grammar.allowed()) == [vocabulary.places[1]]
