"""How sure an answer is, from the probabilities of its tokens, and whether acting on it is worth it."""

import json
import math
from dataclasses import asdict, dataclass

EXACT, WRONG_WORDS, WRONG_ACTION = 1.0, -0.25, -2.0
"""Worth of an answer: the calls that are due; the due functions with wrong arguments; an action that nobody asked for,
which costs two that were missed. To do nothing is worth 0."""


@dataclass(frozen=True)
class Certainty:
    """The probabilities of an answer's tokens, each among the tokens that were allowed there."""

    tokens: tuple[float, ...] = ()
    """Of every token that was a choice."""
    functions: tuple[float, ...] = ()
    """Of those that chose a function, or to call no further one."""


@dataclass(frozen=True)
class Curve:
    """A logistic curve over what an answer's probabilities come to."""

    bias: float = 0.0
    total: float = 1.0
    """Weight of the log odds of all tokens being right."""
    weakest: float = 0.0
    """Weight of the log odds of the least likely token."""
    functions: float = 0.0
    """Weight of the log odds of all functions being right."""

    def at(self, certainty: Certainty) -> float:
        """The probability, 0 to 1."""
        weights = (self.total, self.weakest, self.functions)
        score = self.bias + sum(w * x for w, x in zip(weights, features(certainty), strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@dataclass(frozen=True)
class Confidence:
    """What a model's probabilities mean, fitted on rows that were held out from training."""

    exact: Curve = Curve()
    """That the calls are the due ones, word for word."""
    action: Curve = Curve(total=0.0, functions=1.0)
    """That their functions are."""
    threshold: float = WRONG_ACTION
    """An answer that is worth less is not acted on."""

    @classmethod
    def from_json(cls, text: str | None) -> "Confidence":
        """As stored with a model; where there is nothing, the plain products of probabilities, and no threshold."""
        data = json.loads(text or "{}")
        curves = {name: Curve(**data[name]) for name in ("exact", "action") if name in data}
        return cls(**{**data, **curves})

    def to_json(self) -> str:
        """As stored with a model."""
        return json.dumps(asdict(self))

    def of(self, certainty: Certainty) -> float:
        """Probability, 0 to 1, that the answer is exact."""
        return self.exact.at(certainty)

    def worth(self, certainty: Certainty) -> float:
        """What to act on the answer is worth on average, -2 to 1."""
        exact, action = self.exact.at(certainty), self.action.at(certainty)
        return EXACT * exact + WRONG_WORDS * max(0.0, action - exact) + WRONG_ACTION * (1 - max(action, exact))


def together(*answers: Certainty) -> Certainty:
    """The certainty of several answers, all of which must be right."""
    return Certainty(
        tuple(p for answer in answers for p in answer.tokens), tuple(p for answer in answers for p in answer.functions)
    )


def features(certainty: Certainty) -> tuple[float, float, float]:
    """Log odds of the product and the least of the token probabilities, and of the product of the functions'."""
    product, functions = math.prod(certainty.tokens), math.prod(certainty.functions)
    return _log_odds(product), _log_odds(min(certainty.tokens, default=1.0)), _log_odds(functions)


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(clipped / (1 - clipped))
