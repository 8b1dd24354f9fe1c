"""Sounds of a home in which nobody speaks give an empty transcript, through the whole path of an utterance."""

import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from wyoming_server.speech.audio import Stream
from wyoming_server.speech.transcriber import load_ear
from wyoming_server.speech.utterance import Ears, Utterance, Wish
from wyoming_server.worker import Worker

SOUNDS = {
    "white noise": "synth 4 whitenoise gain -25",
    "loud pink noise": "synth 4 pinknoise gain -12",
    "a fan": "synth 4 brownnoise gain -10 tremolo 3 20",
    "mains hum": "synth 4 sine 50 sine 100 sine 150 remix - gain -15",
    "a television through a wall": "synth 4 pinknoise sine 120 remix - tremolo 4 60 lowpass 400 gain -15",
    "a chord": "synth 4 pluck C3 pluck E3 pluck G3 pluck C4 remix - gain -10",
    "a beat": "synth 0.1 pinknoise fade 0 0.1 0.08 pad 0 0.4 repeat 7 gain -8",
    "a melody": "synth 0.5 pluck A3 fade 0 0.5 0.1 repeat 7 gain -8",
    "a sweep": "synth 4 sine 200:2000 gain -15",
    "a ring": "synth 0.3 sine 900 sine 1100 remix - pad 0 0.2 repeat 6 gain -10",
    "clatter": "synth 0.02 whitenoise pad 0 0.3 repeat 10 gain -5",
}

pytestmark = pytest.mark.skipif(shutil.which("sox") is None, reason="needs sox (script/system-packages)")


@pytest.fixture(scope="module")
async def ears() -> AsyncIterator[Ears]:
    ears = Ears(load_ear("embedded", threads=1), Worker("ear"), Worker("listening"), language="en")
    yield ears
    ears.close()


async def hear(ears: Ears, audio: bytes) -> str:
    utterance = Utterance(object(), ears, Stream(16000, 2, 1), Wish("en"))
    utterance.feed(audio)
    utterance.stop()
    result = await utterance.finish()
    assert result is not None
    return result.heard.text


def sound(arguments: str, folder: Path) -> bytes:
    file = folder / "sound.raw"
    command = ["sox", "-R", "-n", "-r", "16000", "-c", "1", "-b", "16", "-e", "signed", str(file), *arguments.split()]
    subprocess.run(command, check=True, capture_output=True)
    return file.read_bytes()


@pytest.mark.parametrize("arguments", SOUNDS.values(), ids=SOUNDS)
async def test_no_words(ears: Ears, arguments: str, tmp_path: Path) -> None:
    audio = sound(arguments, tmp_path)
    assert len(audio) > 3 * 32000
    assert max(audio) > 0
    assert await hear(ears, audio) == ""


async def test_no_words_in_silence(ears: Ears) -> None:
    assert await hear(ears, bytes(4 * 32000)) == ""
