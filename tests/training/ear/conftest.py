import random
from pathlib import Path

import pytest

from training.ear.speak import write_shard
from training.ear.voices import Engine, Voice, speak

SENTENCES = (
    "turn on the kitchen light",
    "what time is it",
    "pause the music",
    "set a timer for ten minutes",
    "stop",
    "play some jazz in the living room",
    "lock the front door",
    "add milk to the shopping list",
)


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight sentences, spoken."""
    folder = tmp_path_factory.mktemp("speech")
    chance = random.Random(1)
    voices = [Voice(Engine.ESPEAK, "en-us"), Voice(Engine.ESPEAK, "en-gb+f2"), Voice(Engine.FLITE, "slt")]
    clips = [speak(voices[number % 3], text, speed=chance.uniform(0.9, 1.2)) for number, text in enumerate(SENTENCES)]
    write_shard(clips, folder, "eight")
    return folder
