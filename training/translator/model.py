"""The translator's network: a small Llama-architecture decoder in plain PyTorch.

RMSNorm, rotary positions on neighboring pairs (the layout that llama.cpp uses for "llama", so that export permutes
nothing), SwiGLU, tied embeddings. The prompt is seen whole (every prompt token attends to the whole prompt), the answer
left to right: a prefix language model. llama.cpp computes the same with non-causal attention, since it gets the prompt
in one batch and the answer token by token.
"""

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Shape:
    """The network's size."""

    vocabulary: int
    width: int = 256
    layers: int = 4
    heads: int = 4
    hidden: int = 640
    """Width inside the SwiGLU."""
    context: int = 256
    """Most tokens of prompt and answer together."""
    rope_base: float = 10_000.0
    epsilon: float = 1e-5

    def as_dict(self) -> dict[str, Any]:
        """The shape as JSON data."""
        return asdict(self)


class Block(nn.Module):
    """One layer: attention, then the gated feed-forward."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attention_norm = nn.RMSNorm(shape.width, shape.epsilon)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.out = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_norm = nn.RMSNorm(shape.width, shape.epsilon)
        self.gate_up = nn.Linear(shape.width, 2 * shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor, cosine: Tensor, sine: Tensor, mask: Tensor) -> Tensor:
        """`x` is (rows, tokens, width); `mask` is added to the attention scores (rows, 1, tokens, tokens).

        Attention is written out: for these short rows the fused kernel's way back takes 4 times as long on a CPU (a
        whole step 0.57 s against 0.43 s).
        """
        rows, tokens, width = x.shape
        qkv = self.qkv(self.attention_norm(x)).view(rows, tokens, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        q, k = rotate(q, cosine, sine), rotate(k, cosine, sine)
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5 + mask
        mixed = functional.softmax(scores, -1, dtype=torch.float32).to(v.dtype) @ v
        x = x + self.out(mixed.transpose(1, 2).reshape(rows, tokens, width))
        gate, up = self.gate_up(self.feed_norm(x)).chunk(2, -1)
        return x + self.down(functional.silu(gate) * up)


class Model(nn.Module):
    """Token ids to next-token logits."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, shape.epsilon)
        size = shape.width // shape.heads
        frequencies = shape.rope_base ** (-torch.arange(0, size, 2).double() / size)
        angles = torch.arange(shape.context).double()[:, None] * frequencies
        self.cosine: Tensor
        self.sine: Tensor
        self.register_buffer("cosine", angles.cos().float(), persistent=False)
        self.register_buffer("sine", angles.sin().float(), persistent=False)
        self.apply(_initialize)
        for block in self.blocks:  # residual branches start small
            for linear in (block.out, block.down):
                nn.init.normal_(linear.weight, std=0.02 / (2 * shape.layers) ** 0.5)

    def forward(self, tokens: Tensor, prompt_lengths: Tensor, chosen: Tensor | None = None) -> Tensor:
        """Logits (picked, vocabulary) at the flat positions `chosen` of `tokens` (rows, tokens), or at all of them."""
        states = self.states(tokens, prompt_lengths)[1]
        return self.logits(states if chosen is None else states[chosen])

    def logits(self, states: Tensor) -> Tensor:
        """States after the last layer (picked, width) -> (picked, vocabulary)."""
        return functional.linear(self.norm(states), self.embedding.weight)

    def states(self, tokens: Tensor, prompt_lengths: Tensor) -> tuple[Tensor, Tensor]:
        """States of all tokens (rows * tokens, width) before the last layer, and after it."""
        length = tokens.shape[1]
        positions = torch.arange(length, device=tokens.device)
        visible = positions[None, None, :] < prompt_lengths[:, None, None]
        visible = visible | (positions[None, None, :] <= positions[None, :, None])
        x = self.embedding(tokens)
        if torch.is_autocast_enabled(tokens.device.type):
            x = x.to(torch.get_autocast_dtype(tokens.device.type))
        mask = torch.zeros(visible.shape, device=x.device, dtype=x.dtype).masked_fill_(~visible, -torch.inf)[:, None]
        cosine, sine = self.cosine[:length].to(x.dtype), self.sine[:length].to(x.dtype)
        before = x
        for block in self.blocks:
            before, x = x, block(x, cosine, sine, mask)
        return before.flatten(0, 1), x.flatten(0, 1)


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Rotary positions on pairs of neighbors; `x` is (rows, heads, tokens, size)."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), -1).flatten(-2)


def _initialize(module: nn.Module) -> None:
    if isinstance(module, nn.Linear | nn.Embedding):
        nn.init.normal_(module.weight, std=0.02)
