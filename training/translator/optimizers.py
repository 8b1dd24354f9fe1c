"""The two ways to follow the gradient."""

from torch import nn, optim

from .model import Model
from .run import Settings
from .tagging import Tagger


def optimizers(model: Model, tagger: Tagger, settings: Settings) -> list[optim.Optimizer]:
    """One or two optimizers; every group keeps its highest rate as "highest"."""
    matrices = [p for p in model.blocks.parameters() if p.ndim == 2]
    rest = [p for p in model.parameters() if not any(p is matrix for matrix in matrices)] + [*tagger.parameters()]
    if settings.optimizer == "muon":
        found: list[optim.Optimizer] = [
            optim.Muon(matrices, lr=settings.rate, weight_decay=0.01, momentum=0.95, adjust_lr_fn="original"),
            _adam(rest, settings.rate_rest),
        ]
    else:
        found = [_adam([*matrices, *rest], settings.rate_rest)]
    for optimizer in found:
        for group in optimizer.param_groups:
            group["highest"] = group["lr"]
    return found


def _adam(parameters: list[nn.Parameter], rate: float) -> optim.Optimizer:
    return optim.AdamW(parameters, lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
