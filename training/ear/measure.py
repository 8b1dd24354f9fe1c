"""Word error rate of an exported ear, through exactly the path that the server takes.

The interval is a bootstrap over utterances: 95% of draws with replacement lie in it.
"""

import json
import random
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.ear.voices import resample
from training.ear.words import spoken
from wyoming_server.speech.whisper import WhisperEar

_DRAWS = 1000


@dataclass(frozen=True)
class Spoken:
    """Something to hear: samples in -1..1 at 16 kHz, the words said (none where nobody should be heard), who spoke."""

    samples: NDArray[np.float32]
    words: str
    speaker: str


@dataclass(frozen=True)
class Result:
    """What was said and what was heard, utterance by utterance."""

    said: Sequence[str]
    heard: Sequence[str]

    def rate(self) -> float:
        """Wrong, missing and added words in a hundred words said."""
        return _rate([(_edits(said, heard), len(said.split())) for said, heard in self._pairs()])

    def interval(self) -> tuple[float, float]:
        """Where the rate lies, as far as these utterances can tell."""
        counts = [(_edits(said, heard), len(said.split())) for said, heard in self._pairs()]
        chance = random.Random(1)
        rates = sorted(_rate(chance.choices(counts, k=len(counts))) for _ in range(_DRAWS))
        return rates[_DRAWS * 25 // 1000], rates[_DRAWS * 975 // 1000]

    def exact(self) -> float:
        """Share of utterances heard without any mistake, in percent."""
        return 100 * sum(said == heard for said, heard in self._pairs()) / max(1, len(self.said))

    def mistakes(self) -> Iterator[str]:
        """Each utterance heard wrong."""
        for said, heard in self._pairs():
            if said != heard:
                yield f"  said  {said}\n  heard {heard}"

    def _pairs(self) -> Iterator[tuple[str, str]]:
        return zip(self.said, self.heard, strict=True)

    def __str__(self) -> str:
        low, high = self.interval()
        return (
            f"word error rate {self.rate():.1f}% (95%: {low:.1f} to {high:.1f}), "
            f"{self.exact():.1f}% of {len(self.said)} utterances without a mistake"
        )


def measure(model: Path, utterances: Sequence[Spoken], language: str, noise: float | None = None) -> Result:
    """Lets the ear in `model` hear `utterances`, with noise `noise` decibels below each where it is given."""
    ear = WhisperEar(model, model.name, threads=1)
    chance = np.random.default_rng(1)
    heard = []
    for utterance in utterances:
        samples = utterance.samples if noise is None else _with_noise(utterance.samples, noise, chance)
        heard.append(spoken(ear.transcribe(samples, language).text, language) or "")
    return Result([utterance.words for utterance in utterances], heard)


def spoken_clips(folder: Path, most: int) -> list[Spoken]:
    """Clips that `python -m training ear speak` made, each with a moment of silence before it."""
    clips = []
    for index in sorted(folder.glob("*.jsonl")):
        samples = np.fromfile(index.with_suffix(".samples"), dtype=np.int16)
        for line in index.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            clip = samples[row["start"] : row["start"] + row["length"]].astype(np.float32) / 32768
            clips.append(Spoken(np.pad(clip, (3200, 0)), row["text"], row["voice"]))
    return random.Random(1).sample(clips, min(most, len(clips)))


def recordings(folder: Path, language: str, kind: str) -> list[Spoken]:
    """Recordings of `manifest.jsonl` (file, lang, kind, text) in `folder`; those without a text are left out."""
    found = []
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        words = row["text"] and spoken(row["text"], language)
        if row["lang"] == language and row["kind"] == kind and words:
            found.append(Spoken(read_wave(folder / row["file"]), words, row["file"]))
    return found


def read_wave(file: Path) -> NDArray[np.float32]:
    """A 16-bit mono WAV file at 16 kHz, in -1..1."""
    with wave.open(str(file)) as recording:
        samples = np.frombuffer(recording.readframes(recording.getnframes()), dtype=np.int16)
        return np.asarray(resample(samples, recording.getframerate()) / 32768, dtype=np.float32)


def _with_noise(samples: NDArray[np.float32], decibels: float, chance: np.random.Generator) -> NDArray[np.float32]:
    """Pink noise as loud as a room's, relative to the speech."""
    spectrum = np.fft.rfft(chance.standard_normal(len(samples)))
    noise = np.fft.irfft(spectrum / np.sqrt(np.arange(1, len(spectrum) + 1)), len(samples))
    loudness = np.sqrt(np.mean(samples**2)) * 10 ** (-decibels / 20)
    return np.asarray(samples + noise / np.sqrt(np.mean(noise**2)) * loudness, dtype=np.float32)


def _rate(counts: Sequence[tuple[int, int]]) -> float:
    return 100 * sum(edits for edits, _ in counts) / max(1, sum(words for _, words in counts))


def _edits(said: str, heard: str) -> int:
    """The fewest words to change, add or take away."""
    before = list(range(len(heard.split()) + 1))
    for row, word in enumerate(said.split(), start=1):
        now = [row]
        for column, other in enumerate(heard.split(), start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (word != other)))
        before = now
    return before[-1]
