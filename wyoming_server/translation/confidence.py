"""How sure an answer is: the probability that its calls are exact, from the probabilities of its tokens."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Confidence:
    """A logistic curve over an answer's token probabilities, fitted on rows that were held out from training."""

    bias: float = 0.0
    total: float = 1.0
    """Weight of the log odds of all tokens being right."""
    weakest: float = 0.0
    """Weight of the log odds of the least likely token."""
    threshold: float = 0.0
    """Below this confidence an action is not taken."""

    @classmethod
    def from_json(cls, text: str | None) -> "Confidence":
        """The curve stored with a model; the plain product of probabilities where there is none."""
        return cls(**json.loads(text or "{}"))

    def to_json(self) -> str:
        """The curve as stored with a model."""
        return json.dumps(asdict(self))

    def of(self, probabilities: Sequence[float]) -> float:
        """Probability, 0 to 1, that an answer with these token probabilities is exact."""
        total, weakest = features(probabilities)
        score = self.bias + self.total * total + self.weakest * weakest
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def features(probabilities: Sequence[float]) -> tuple[float, float]:
    """Log odds of the product and of the least of the token probabilities."""
    return _log_odds(math.prod(probabilities)), _log_odds(min(probabilities, default=1.0))


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(clipped / (1 - clipped))
