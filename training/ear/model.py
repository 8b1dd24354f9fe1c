"""Whisper's architecture, small: every weight has its place in `ctranslate2.specs.WhisperSpec`.

Two things are for learning only: the head that names sounds (CTC), and the attention that the decoder reports.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

MELS = 80
POSITIONS = 1500
"""Encoder positions of 30 seconds, 20 ms each."""
_POSITIONS_LOUDNESS = 0.5
"""Whisper's positions are sines of 1. With PyTorch's usual weights the sound starts out at 0.03 beside them, and is not
heard for many steps; with these and larger first weights it starts at 0.5 beside 0.35."""
TOKENS = 448
"""The longest transcript with its prompt, as faster-whisper expects it."""


@dataclass(frozen=True)
class EarConfig:
    """The sizes of one model."""

    vocabulary: int
    sounds: int
    width: int = 192
    encoder_layers: int = 5
    sound_layers: int = 3
    """After this many encoder layers sounds are named; the layers above gather where in the sentence each is.
    With CTC on the last layer the decoder knew each sound and not its place, and lost its way after a few words."""
    decoder_layers: int = 2
    heads: int = 3


class Attention(nn.Module):
    """Multi-head attention; Whisper's keys have no bias."""

    def __init__(self, config: EarConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.queries = nn.Linear(config.width, config.width)
        self.keys = nn.Linear(config.width, config.width, bias=False)
        self.values = nn.Linear(config.width, config.width)
        self.out = nn.Linear(config.width, config.width)

    def _split(self, x: Tensor) -> Tensor:
        rows, length, width = x.shape
        return x.view(rows, length, self.heads, width // self.heads).transpose(1, 2)

    def forward(self, x: Tensor, memory: Tensor | None = None, *, causal: bool = False) -> tuple[Tensor, Tensor]:
        """Attention of `x` (rows, length, width) to `memory` or itself; where it looked (rows, heads, length, seen).

        Written out, because PyTorch's fused attention is several times slower backwards on a processor in bfloat16.
        """
        seen = x if memory is None else memory
        queries, keys, values = (
            self._split(self.queries(x)),
            self._split(self.keys(seen)),
            self._split(self.values(seen)),
        )
        scores = (queries * queries.shape[-1] ** -0.5) @ keys.transpose(2, 3)
        if causal:
            future = torch.ones(scores.shape[-2:], dtype=torch.bool, device=x.device).triu(1)
            scores = scores.masked_fill(future, -torch.inf)
        weights = torch.softmax(scores, dim=-1, dtype=values.dtype)
        return self.out((weights @ values).transpose(1, 2).flatten(2)), weights


class FeedForward(nn.Sequential):
    """Two linear layers with GELU between."""

    def __init__(self, config: EarConfig) -> None:
        super().__init__(
            nn.Linear(config.width, 4 * config.width), nn.GELU(), nn.Linear(4 * config.width, config.width)
        )


class EncoderLayer(nn.Module):
    """Self attention and feed forward, normalized before each."""

    def __init__(self, config: EarConfig) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(config.width)
        self.attention = Attention(config)
        self.forward_norm = nn.LayerNorm(config.width)
        self.feed_forward = FeedForward(config)

    def forward(self, x: Tensor) -> Tensor:
        """(rows, positions, width) -> the same."""
        x = x + self.attention(self.attention_norm(x))[0]
        return x + self.feed_forward(self.forward_norm(x))


class DecoderLayer(nn.Module):
    """Causal self attention, attention to the encoder, feed forward, normalized before each."""

    def __init__(self, config: EarConfig) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(config.width)
        self.attention = Attention(config)
        self.across_norm = nn.LayerNorm(config.width)
        self.across = Attention(config)
        self.forward_norm = nn.LayerNorm(config.width)
        self.feed_forward = FeedForward(config)

    def forward(self, x: Tensor, memory: Tensor) -> tuple[Tensor, Tensor]:
        """(rows, tokens, width) -> the same, and where it looked."""
        x = x + self.attention(self.attention_norm(x), causal=True)[0]
        heard, looked = self.across(self.across_norm(x), memory)
        x = x + heard
        return x + self.feed_forward(self.forward_norm(x)), looked


class Ear(nn.Module):
    """Audio features to tokens."""

    positions: Tensor

    def __init__(self, config: EarConfig) -> None:
        super().__init__()
        self.config = config
        self.conv1 = nn.Conv1d(MELS, config.width, 3, padding=1)
        self.conv2 = nn.Conv1d(config.width, config.width, 3, stride=2, padding=1)
        for convolution in (self.conv1, self.conv2):
            nn.init.kaiming_normal_(convolution.weight)
            convolution.weight.data *= math.sqrt(2)
        self.register_buffer("positions", _POSITIONS_LOUDNESS * sinusoids(POSITIONS, config.width))
        self.encoder = nn.ModuleList(EncoderLayer(config) for _ in range(config.encoder_layers))
        self.encoder_norm = nn.LayerNorm(config.width)
        self.embeddings = nn.Embedding(config.vocabulary, config.width)
        self.token_positions = nn.Parameter(torch.randn(TOKENS, config.width) * 0.01)
        self.decoder = nn.ModuleList(DecoderLayer(config) for _ in range(config.decoder_layers))
        self.decoder_norm = nn.LayerNorm(config.width)
        self.sounds = nn.Sequential(nn.LayerNorm(config.width), nn.Linear(config.width, config.sounds))
        nn.init.normal_(self.embeddings.weight, std=config.width**-0.5)

    def encode(self, features: Tensor) -> Tensor:
        """(rows, 80, frames) -> (rows, frames / 2, width)."""
        return self.encode_and_name(features)[0]

    def encode_and_name(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """What `encode` gives, and the scores of the sounds (rows, frames / 2, sounds)."""
        x = functional.gelu(self.conv2(functional.gelu(self.conv1(features)))).transpose(1, 2)
        x = named = x + self.positions[: x.shape[1]]
        for number, layer in enumerate(self.encoder, start=1):
            x = layer(x)
            if number == self.config.sound_layers:
                named = x
        return self.encoder_norm(x), self.sounds(named)

    def decode(self, tokens: Tensor, memory: Tensor) -> tuple[Tensor, list[Tensor]]:
        """(rows, tokens) -> scores of the next token (rows, tokens, vocabulary), and where each layer looked."""
        x = self.embeddings(tokens) + self.token_positions[: tokens.shape[1]]
        looked = []
        for layer in self.decoder:
            x, weights = layer(x, memory)
            looked.append(weights)
        return functional.linear(self.decoder_norm(x), self.embeddings.weight), looked

    @torch.no_grad()
    def transcribe(self, features: Tensor, prompt: list[int], end: int, longest: int = 60) -> list[list[int]]:
        """The likeliest tokens after `prompt`, one at a time, for each row of `features`."""
        memory = self.encode(features)
        tokens = torch.tensor([prompt] * len(features), device=features.device)
        finished = torch.zeros(len(features), dtype=torch.bool, device=features.device)
        for _ in range(longest):
            following = self.decode(tokens, memory)[0][:, -1].argmax(-1)
            tokens = torch.cat([tokens, following.masked_fill(finished, end).unsqueeze(1)], dim=1)
            finished |= following == end
            if finished.all():
                break
        return [list(map(int, row[len(prompt) :])) for row in tokens.tolist()]


def sinusoids(length: int, width: int) -> Tensor:
    """Whisper's fixed positions: sines in the first half of the width, cosines in the second."""
    steps = math.log(10_000) / (width // 2 - 1)
    angles = torch.arange(length).unsqueeze(1) * torch.exp(-steps * torch.arange(width // 2)).unsqueeze(0)
    return torch.cat([angles.sin(), angles.cos()], dim=1)
