import random

import numpy as np
import pytest

from training.ear.voices import Engine, Voice, draw_voice, held_out_voices, resample, speak


@pytest.mark.parametrize("voice", [Voice(Engine.ESPEAK, "en-us+f2"), Voice(Engine.FLITE, "slt")])
def test_a_voice_speaks_at_16_khz_and_spells_the_sounds(voice: Voice) -> None:
    clip = speak(voice, "stop the music")
    assert 0.6 < len(clip.samples) / 16_000 < 2.5
    assert np.abs(clip.samples).max() > 1000
    assert clip.phonemes.startswith("st")
    assert " " not in clip.phonemes


@pytest.mark.parametrize("voice", [Voice(Engine.ESPEAK, "en-gb"), Voice(Engine.FLITE, "rms")])
def test_faster_speech_is_shorter(voice: Voice) -> None:
    slow, fast = (speak(voice, "what is the weather tomorrow", speed=speed) for speed in (0.8, 1.3))
    assert len(fast.samples) < 0.8 * len(slow.samples)


def test_held_out_voices_are_never_drawn() -> None:
    chance = random.Random(1)
    drawn = {draw_voice(chance) for _ in range(3000)}
    assert len(drawn) > 100
    assert not drawn & set(held_out_voices())


def test_resampling_keeps_the_tone() -> None:
    times = np.arange(22_050) / 22_050
    tone = (10_000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16)
    heard = resample(tone, 22_050)
    assert len(heard) == 16_000
    expected = 10_000 * np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000)
    assert np.abs(heard - expected)[100:-100].max() < 100
