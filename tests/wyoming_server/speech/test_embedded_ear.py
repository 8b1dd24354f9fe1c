"""The ear that ships with the server understands a synthetic voice, and hears nothing where nobody speaks."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

import wyoming_server
from wyoming_server.speech.audio import read_wav
from wyoming_server.speech.ear import RATE, Samples
from wyoming_server.speech.whisper import WhisperEar

FOLDER = Path(wyoming_server.__file__).parent / "models" / "ear"

COMMANDS = (
    "play my favorite song in the kitchen",
    "turn on the kitchen light",
    "turn off the kitchen lights",
    "what's the weather tomorrow",
    "set a timer for ten minutes",
    "pause the music",
    "next song",
    "stop",
    "what time is it",
    "add milk to the shopping list",
    "open the blinds",
    "set the volume to thirty",
    "what is twelve times seven",
    "play some jazz in the living room",
    "how long is left on the timer",
    "lock the front door",
    "dim the bedroom lights",
    "what's my favorite song",
    "turn off the light",
    "cancel the timer",
    "turn up the volume",
    "close the garage door",
)

ENOUGH = 20
"""Commands of these that must be heard without any mistake."""


@pytest.fixture(scope="module")
def ear() -> WhisperEar:
    return WhisperEar(FOLDER, "embedded", threads=1)


def _speak(text: str, folder: Path, voice: str = "en-us") -> Samples:
    file = folder / "speech.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-w", str(file), text], check=True)
    audio, stream = read_wav(file)
    return stream.convert(audio)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng (script/system-packages)")
def test_names_of_a_home_do_not_lead_it_astray(ear: WhisperEar, tmp_path: Path) -> None:
    names = ("Kitchen", "Living Room", "Bedroom", "Kitchen Light", "Floor Lamp", "Coffee Machine", "Baby Shark")
    for text in ("turn on the kitchen light", "lock the front door"):
        assert ear.transcribe(_speak(text, tmp_path), "en", names).text == text


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng (script/system-packages)")
def test_everyday_commands_are_heard_right(ear: WhisperEar, tmp_path: Path) -> None:
    heard = {text: ear.transcribe(_speak(text, tmp_path), "en").text for text in COMMANDS}
    wrong = {text: transcript for text, transcript in heard.items() if transcript != text}
    assert len(wrong) <= len(COMMANDS) - ENOUGH, wrong


@pytest.mark.parametrize("seconds", [0.5, 2.0, 6.0])
@pytest.mark.parametrize("decibels", [None, -60, -40, -25])
def test_silence_and_noise_are_no_words(ear: WhisperEar, seconds: float, decibels: float | None) -> None:
    noise = np.random.default_rng(1).standard_normal(int(seconds * RATE)).astype(np.float32)
    level = 0.0 if decibels is None else 10 ** (decibels / 20)
    assert ear.transcribe(noise * np.float32(level), "en").text == ""


def test_only_trained_languages_are_announced(ear: WhisperEar) -> None:
    assert ear.languages == ("en",)


def test_the_ear_is_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 30e6
