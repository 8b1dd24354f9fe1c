"""Log-mel features in PyTorch, number for number those of `faster_whisper.feature_extractor.FeatureExtractor`."""

import torch
from faster_whisper.feature_extractor import FeatureExtractor
from torch import Tensor

HOP = 160
"""Samples between two frames: 10 ms."""

_EXTRACTOR = FeatureExtractor()
_FILTERS = torch.from_numpy(_EXTRACTOR.mel_filters)


def log_mel(waves: Tensor) -> Tensor:
    """(rows, samples) in -1..1 -> (rows, 80, samples // 160 + 1)."""
    padded = torch.nn.functional.pad(waves, (0, HOP))
    window = torch.hann_window(_EXTRACTOR.n_fft, device=waves.device)
    spectrum = torch.stft(padded, _EXTRACTOR.n_fft, HOP, window=window, return_complex=True)
    power = _FILTERS.to(waves.device) @ spectrum[..., :-1].abs().square()
    levels = power.clamp(min=1e-10).log10()
    loudest = levels.amax(dim=(1, 2), keepdim=True)
    return (torch.maximum(levels, loudest - 8.0) + 4.0) / 4.0
