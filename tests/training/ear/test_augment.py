import numpy as np
import pytest
import torch
from faster_whisper.feature_extractor import FeatureExtractor

from training.ear.augment import disturb, hear
from training.ear.features import log_mel


def _tone(samples: int) -> np.ndarray:
    return (8000 * np.sin(2 * np.pi * 300 * np.arange(samples) / 16_000)).astype(np.int16)


def test_features_are_those_of_faster_whisper() -> None:
    wave = np.random.default_rng(1).standard_normal(24_320).astype(np.float32) * 0.1
    assert np.abs(log_mel(torch.from_numpy(wave).unsqueeze(0))[0].numpy() - FeatureExtractor()(wave)).max() < 1e-4


def test_undisturbed_speech_stands_in_its_span() -> None:
    heard = hear([_tone(16_000), _tone(24_000)], 0.0, np.random.default_rng(1))
    assert heard.waves.shape[1] % 320 == 0
    for wave, (start, end) in zip(heard.waves, heard.spans.tolist(), strict=True):
        inside = wave[int(start * 16_000) : int(end * 16_000)].square().mean()
        outside = torch.cat([wave[: int(start * 16_000)], wave[int(end * 16_000) :]]).square().mean()
        assert inside > 1000 * outside
        assert min(abs(end - start - 1.0), abs(end - start - 1.5)) < 1e-3


def test_disturbance_adds_noise_and_no_nonsense() -> None:
    loudness = []
    for seed in range(20):
        heard = hear([_tone(16_000)] * 4 + [_tone(0)], 1.0, np.random.default_rng(seed))
        assert torch.isfinite(heard.waves).all()
        assert heard.waves.abs().max() <= 1
        loudness.append(float(heard.waves[4].square().mean().sqrt()))
    assert max(loudness) > 0.01  # where nobody speaks there may be noise,
    assert min(loudness) < 0.001  # or almost none


@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_features_are_disturbed_only_when_asked(strength: float) -> None:
    features = torch.randn(4, 80, 200)
    disturbed = disturb(features.clone(), strength, np.random.default_rng(1))
    assert disturbed.shape == features.shape
    assert torch.equal(disturbed, features) is (strength == 0.0)
