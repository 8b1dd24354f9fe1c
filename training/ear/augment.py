"""Makes clean synthetic speech sound less so: silence around it, gain, rooms, noise, hum, music and voices behind it.

Everything is drawn anew each time a clip is heard, in one batch of waves of equal length, so nothing has to be masked.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

RATE = 16_000
_STRIDE = 320
"""Samples of one encoder position."""

_LEAD_SECONDS = (0.25, 0.7)
_TRAIL_SECONDS = (0.5, 1.8)
"""Silence before and after the longest clip of a batch: at most the first usually, at most the second now and then."""
_LONG_SILENCE = 0.2


@dataclass(frozen=True)
class Heard:
    """Waves (rows, samples) in -1..1, and where in each row speech begins and ends, in seconds."""

    waves: Tensor
    spans: Tensor


def hear(clips: Sequence[NDArray[np.int16]], strength: float, chance: np.random.Generator) -> Heard:
    """Places each clip in a window with some silence around it, and disturbs it; `strength` 0 leaves it clean.

    An empty clip becomes a window in which nobody speaks.
    """
    longest = max(len(clip) for clip in clips)
    much = int(chance.random() < _LONG_SILENCE)
    lead = int(chance.uniform(0, _LEAD_SECONDS[much]) * RATE)
    trail = int(chance.uniform(0.1, _TRAIL_SECONDS[much]) * RATE)
    samples = math.ceil(max(longest + lead + trail, RATE) / _STRIDE) * _STRIDE
    waves = np.zeros((len(clips), samples), dtype=np.float32)
    spans = np.zeros((len(clips), 2), dtype=np.float32)
    for row, clip in enumerate(clips):
        start = int(chance.integers(0, min(lead, samples - len(clip)) + 1))
        level = 10 ** (chance.uniform(-20, 0) / 20)
        waves[row, start : start + len(clip)] = clip.astype(np.float32) / 32768 * level
        spans[row] = start / RATE, (start + len(clip)) / RATE
    speech = torch.from_numpy(waves)
    echoing = chance.random(len(clips)) < 0.2 * strength
    if echoing.any():
        rows = torch.from_numpy(np.flatnonzero(echoing))
        speech[rows] = _in_rooms(speech[rows], chance)
    heard = speech + _background(speech, strength, chance)
    return Heard(heard.clamp(-1, 1), torch.from_numpy(spans))


def _in_rooms(speech: Tensor, chance: np.random.Generator) -> Tensor:
    """The sound itself, then noise that dies away within 0.1 to 0.6 seconds, as walls throw it back."""
    rows, samples = speech.shape
    times = torch.arange(RATE * 6 // 10) / RATE
    decay = torch.from_numpy(chance.uniform(0.1, 0.6, (rows, 1)).astype(np.float32))
    tails = torch.from_numpy(chance.standard_normal((rows, len(times))).astype(np.float32))
    tails *= torch.exp(-6.9 * times / decay) * torch.from_numpy(
        chance.uniform(0.02, 0.12, (rows, 1)).astype(np.float32)
    )
    tails[:, : RATE // 500] = 0
    tails[:, 0] = 1
    size = samples + len(times)
    return torch.fft.irfft(torch.fft.rfft(speech, size) * torch.fft.rfft(tails, size), size)[:, :samples]


def _background(speech: Tensor, strength: float, chance: np.random.Generator) -> Tensor:
    """What is heard besides the speaker, row by row: mostly a faint floor, often louder, sometimes nothing at all."""
    rows, samples = speech.shape
    speaking = speech.square().mean(1).sqrt()
    noise = _colored_noise(rows, samples, chance)
    for row in range(rows):
        kind = chance.random()
        if kind < 0.10:
            noise[row] = _hum(samples, chance) + 0.1 * noise[row]
        elif kind < 0.20:
            noise[row] = _music(samples, chance) + 0.1 * noise[row]
        elif kind < 0.35 and rows > 1:
            other = speech[(row + 1 + int(chance.integers(rows - 1))) % rows].flip(0)
            noise[row] = torch.roll(other, int(chance.integers(samples))) + 1e-4 * noise[row]
    noise = noise / noise.square().mean(1, keepdim=True).sqrt().clamp(min=1e-6)
    levels = np.empty(rows, dtype=np.float32)
    for row in range(rows):
        level = float(speaking[row])
        draw = chance.random()
        if level == 0:
            levels[row] = 0 if draw < 0.15 else 10 ** (chance.uniform(-75, -22) / 20)
        elif draw < 0.4 * strength:
            levels[row] = level * 10 ** (-chance.uniform(6 if strength == 1 else 15, 35) / 20)
        else:
            levels[row] = 0 if chance.random() < 0.3 else level * 10 ** (-chance.uniform(35, 60) / 20)
    return noise * torch.from_numpy(levels).unsqueeze(1)


def _colored_noise(rows: int, samples: int, chance: np.random.Generator) -> Tensor:
    """Noise from white to brown: each row's power falls with frequency in its own way."""
    spectrum = torch.fft.rfft(torch.from_numpy(chance.standard_normal((rows, samples)).astype(np.float32)))
    slopes = torch.from_numpy(chance.uniform(0, 1.2, (rows, 1)).astype(np.float32))
    frequencies = torch.linspace(0.002, 1, spectrum.shape[1])
    return torch.fft.irfft(spectrum * frequencies**-slopes, samples)


def _hum(samples: int, chance: np.random.Generator) -> Tensor:
    """Mains hum with its overtones."""
    times = torch.arange(samples) / RATE
    base = float(chance.choice([50, 60, 100, 120]))
    overtones = [torch.sin(2 * math.pi * base * step * times + chance.uniform(0, 6)) / step for step in range(1, 6)]
    return torch.stack(overtones).sum(0)


def _music(samples: int, chance: np.random.Generator) -> Tensor:
    """Chords that change every half second or so."""
    times = torch.arange(samples) / RATE
    sound = torch.zeros(samples)
    for _ in range(int(chance.integers(2, 5))):
        length = int(chance.uniform(0.2, 0.9) * RATE)
        notes = 110 * 2 ** (chance.integers(0, 36, samples // length + 1) / 12)
        pitch = torch.from_numpy(np.repeat(notes, length)[:samples].astype(np.float32))
        phase = torch.cumsum(2 * math.pi * pitch / RATE, 0)
        sound += (torch.sin(phase) + 0.4 * torch.sin(2 * phase)) * torch.exp(-2 * (times % (length / RATE)))
    return sound


def disturb(features: Tensor, strength: float, chance: np.random.Generator) -> Tensor:
    """Colors the spectrum of log-mel `features` (rows, 80, frames) as microphones do; hides short bands and spans."""
    rows, mels, frames = features.shape
    if strength == 0:
        return features
    bends = torch.from_numpy(chance.uniform(-0.15, 0.15, (rows, 5, 1)).astype(np.float32)) * strength
    curve = torch.nn.functional.interpolate(bends.transpose(1, 2), mels, mode="linear").transpose(1, 2)
    features = features + curve
    for row in range(rows):
        floor = features[row].min()
        if chance.random() < 0.3 * strength:
            height, width = int(chance.integers(1, 10)), int(chance.integers(1, 14))
            low, first = int(chance.integers(mels - height)), int(chance.integers(max(1, frames - width)))
            features[row, low : low + height] = floor
            features[row, :, first : first + width] = floor
    return features
