from typing import Any

import pytest

from training.translator.examples import Example, example
from training.translator.tokenizer import train_tokenizer
from wyoming_server.calls import parse
from wyoming_server.translation.vocabulary import Vocabulary, structure

SAID = [
    ("turn off the kitchen lights", 'turn_off(area="kitchen", domain="light")'),
    ("play hey jude by the beatles", 'play_music(song="hey jude", artist="beatles")'),
    ("play jolene by dolly parton", 'play_music(song="jolene", artist="dolly parton")'),
    ("set the volume to 35 percent", "set_volume(level=35)"),
    ("set a timer for 10 minutes", "start_timer(minutes=10)"),
    ("weather in boston in massachusetts", 'get_weather(location="boston massachusetts")'),
    ("what is 12 plus 7", 'calculate(expression="12+7")'),
    ("i had eggs for breakfast", "unknown()"),
]


@pytest.fixture(scope="session")
def rows() -> list[dict[str, Any]]:
    """A tiny set of training rows."""
    return [
        {"id": str(i), "source": "test", "lang": "en", "text": text, "calls": [call.as_dict() for call in parse(calls)]}
        for i, (text, calls) in enumerate(SAID)
    ]


@pytest.fixture(scope="session")
def tokenizer_json() -> str:
    texts = [text for text, _ in SAID] * 5
    return train_tokenizer(texts, len(structure()) + 300).to_str()


@pytest.fixture(scope="session")
def vocabulary(tokenizer_json: str) -> Vocabulary:
    return Vocabulary.from_json(tokenizer_json)


@pytest.fixture(scope="session")
def examples(rows: list[dict[str, Any]], vocabulary: Vocabulary) -> list[Example]:
    found = [example(row, vocabulary) for row in rows]
    return [e for e in found if e is not None]
