import json
from pathlib import Path
from typing import Any

import pytest

from tests.training.finetune.tiny_base import make_base
from wyoming_server.calls import parse

SAID = [
    ("turn off the kitchen lights", 'turn_off(area="kitchen", domain="light")'),
    ("play hey jude by the beatles", 'play_music(song="hey jude", artist="beatles")'),
    ("play jolene by dolly parton", 'play_music(song="jolene", artist="dolly parton")'),
    ("set the volume to 35 percent", "set_volume(level=35)"),
    ("set a timer for 10 minutes", "start_timer(minutes=10)"),
    ("wie wird das wetter in köln", 'get_weather(location="köln")'),
    ("stop and turn on the fan", 'stop()\nturn_on(domain="fan")'),
    ("i had eggs for breakfast", "unknown()"),
]


@pytest.fixture(scope="session")
def rows() -> list[dict[str, Any]]:
    """Eight rows, one of them a follow-up."""
    return [
        {
            "id": str(i),
            "source": "test",
            "lang": "en",
            "text": text,
            "calls": [call.as_dict() for call in parse(calls)],
            "previous": {"name": "pause", "args": {"area": "den"}} if i == 0 else None,
        }
        for i, (text, calls) in enumerate(SAID)
    ]


@pytest.fixture
def data(tmp_path: Path, rows: list[dict[str, Any]]) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base("smollm", tmp_path_factory.mktemp("base"))
