"""Synthetic voices: espeak-ng (formant synthesis, many accents and variants) and flite (recorded speakers).

Some voices are held out: the ear never hears them in training, and is measured with them.
"""

import random
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""What Whisper hears; every clip is brought to it."""

_ESPEAK_DEFAULT_SPEED = 175
_PHONEME_MARKS = str.maketrans("", "", "',_|%=- \n")


class Engine(Enum):
    """A program that speaks."""

    ESPEAK = "espeak-ng"
    FLITE = "flite"


@dataclass(frozen=True)
class Voice:
    """One voice of one engine, such as `en-us+f2` of espeak-ng."""

    engine: Engine
    name: str
    language: str = "en"

    @property
    def accent(self) -> str:
        """The espeak-ng voice that spells out the sounds of this one."""
        return self.name.partition("+")[0] if self.engine is Engine.ESPEAK else "en-us"


@dataclass(frozen=True)
class Clip:
    """One utterance as it was spoken: 16 kHz mono samples, its words, and its sounds in espeak-ng's ASCII letters."""

    text: str
    phonemes: str
    voice: Voice
    samples: NDArray[np.int16]


_ACCENTS = {
    "en": ("en-us", "en-us", "en-us", "en-gb", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-us-nyc"),
}
_HELD_OUT_ACCENTS = {"en": ("en-gb-x-gbcwmd",)}
_VARIANTS = ("m1", "m2", "m3", "m4", "m5", "m7", "m8", "f1", "f2", "f3", "f5")
# fmt: off
_ODD_VARIANTS = (
    "Alex", "Alicia", "Andrea", "Annie", "antonio", "belinda", "boris", "david", "Diogo", "ed", "edward", "Gene",
    "Henrique", "Hugo", "iven", "john", "kaukovalta", "Lee", "linda", "Mario", "Max", "michael", "Michel", "miguel",
    "Mike", "pablo", "paul", "pedro", "quincy", "rob", "robert", "sandro", "shelby", "steph", "travis", "victor",
    "klatt", "klatt2", "grandma",
)
# fmt: on
_HELD_OUT_VARIANTS = ("m6", "f4", "Andy", "anika")
_FLITE = {"en": ("slt", "rms", "kal16")}
_HELD_OUT_FLITE = {"en": ("awb",)}


def draw_voice(chance: random.Random, language: str = "en") -> Voice:
    """A voice to train with: mostly espeak-ng accents, plain or with a common variant, some odd ones, some flite."""
    kind = chance.random()
    if kind < 0.15 and _FLITE.get(language):
        return Voice(Engine.FLITE, chance.choice(_FLITE[language]), language)
    accent = chance.choice(_ACCENTS.get(language, (language,)))
    if kind < 0.45:
        return Voice(Engine.ESPEAK, accent, language)
    variant = chance.choice(_VARIANTS if kind < 0.82 else _ODD_VARIANTS)
    return Voice(Engine.ESPEAK, f"{accent}+{variant}", language)


def held_out_voices(language: str = "en") -> list[Voice]:
    """The voices that the ear is never trained with: unseen variants, an unseen accent, an unseen recorded speaker."""
    accents = _ACCENTS.get(language, (language,))[:1] + _HELD_OUT_ACCENTS.get(language, ())
    names = [f"{accent}+{variant}" for accent in accents for variant in _HELD_OUT_VARIANTS]
    spoken = [Voice(Engine.ESPEAK, name, language) for name in names]
    return spoken + [Voice(Engine.FLITE, name, language) for name in _HELD_OUT_FLITE.get(language, ())]


def speak(voice: Voice, text: str, *, speed: float = 1.0, pitch: int = 50) -> Clip:
    """`text` spoken `speed` times as fast as usual; `pitch` from 0 to 99 is espeak-ng's. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "speech.wav")
        if voice.engine is Engine.ESPEAK:
            words_a_minute = str(round(_ESPEAK_DEFAULT_SPEED * speed))
            command = [
                "espeak-ng",
                "-x",
                "-v",
                voice.name,
                "-s",
                words_a_minute,
                "-p",
                str(pitch),
                "-w",
                str(file),
                text,
            ]
            phonemes = _run(command)
        else:
            stretch = f"duration_stretch={1 / speed:.2f}"
            _run(["flite", "-voice", voice.name, "--setf", stretch, "-t", text, "-o", str(file)])
            phonemes = _run(["espeak-ng", "-q", "-x", "-v", voice.accent, text])
        samples = _read(file)
    return Clip(text, phonemes.translate(_PHONEME_MARKS), voice, samples)


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 fixed programs


def _read(file: Path) -> NDArray[np.int16]:
    with wave.open(str(file)) as recording:
        samples = np.frombuffer(recording.readframes(recording.getnframes()), dtype=np.int16)
        return resample(samples, recording.getframerate())


def resample(samples: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
    """`samples` at 16 kHz, band-limited by cutting the spectrum."""
    if rate == SAMPLE_RATE or not len(samples):
        return samples
    length = len(samples) * SAMPLE_RATE // rate
    spectrum = np.fft.rfft(samples)
    kept = np.zeros(length // 2 + 1, dtype=complex)
    shared = min(len(kept), len(spectrum))
    kept[:shared] = spectrum[:shared]
    wave_ = np.fft.irfft(kept, length) * (length / len(samples))
    return np.clip(np.round(wave_), -32768, 32767).astype(np.int16)
