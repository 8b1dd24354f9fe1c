"""The embedded translator: a small model that knows the catalogue and points at the words of the utterance."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..calls import NOTHING, Call
from ..catalogue import UNKNOWN
from .answer import read
from .confidence import Confidence
from .grammar import Grammar
from .llama import LlamaModel, ModelError
from .prompt import Prompt, build
from .request import Request, Translation
from .vocabulary import Vocabulary

CONTEXT = 512
"""Tokens: 64 units of a few byte-pair tokens each, and the longest answer."""
TOKENIZER_KEY = "tokenizer.huggingface.json"
CONFIDENCE_KEY = "translator.confidence"


@dataclass(frozen=True)
class Answer:
    """What the model wrote, before the threshold."""

    calls: tuple[Call, ...]
    probabilities: tuple[float, ...]
    """Of each token that was a choice, among the tokens allowed there."""
    prompt_ms: float
    decode_ms: float


class Specialist:
    """Translates with a model made by `training`."""

    def __init__(self, path: Path, threads: int = 2) -> None:
        """Load the model; raises ModelError where the file is no specialist model."""
        self._model = LlamaModel(path, context=CONTEXT, threads=threads, causal=False)
        tokenizer = self._model.metadata(TOKENIZER_KEY)
        if tokenizer is None:
            raise ModelError(f"{path.name} holds no tokenizer of ours: it is not a translator made by training")
        try:
            self.vocabulary = Vocabulary.from_json(tokenizer)
        except ValueError as error:
            raise ModelError(f"{path.name}: {error}") from error
        self.confidence = Confidence.from_json(self._model.metadata(CONFIDENCE_KEY))
        self._name = f"{self._model.metadata('general.name')} {self._model.metadata('general.version') or ''}".strip()

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the languages it was made for."""
        return self.vocabulary.languages

    @property
    def name(self) -> str:
        """The model's name, as shown to people."""
        return self._name

    def close(self) -> None:
        """Free the model's memory."""
        self._model.close()

    def translate(self, request: Request) -> Translation:
        """Translate one utterance; an answer below the threshold is `unknown()`."""
        answer = self.answer(request)
        confidence = self.confidence.of(answer.probabilities)
        acts = answer.calls != NOTHING
        calls = NOTHING if acts and confidence < self.confidence.threshold else answer.calls
        return Translation(calls, confidence, {"prompt": answer.prompt_ms, "decode": answer.decode_ms})

    def answer(self, request: Request) -> Answer:
        """The model's own answer to a request."""
        started = time.perf_counter()
        prompt = build(request.text, request.language, request.previous, self.vocabulary)
        if not prompt.sources[-1].units:  # nothing was said
            return Answer(NOTHING, (), 0.0, 0.0)
        self._model.keep(0)
        logits = self._model.feed(prompt.tokens(self.vocabulary)[-(CONTEXT // 2) :])
        read_at = time.perf_counter()
        tokens, probabilities = self._write(prompt, request, logits)
        calls = read(tokens, prompt, self.vocabulary)
        calls = tuple(call for call in calls if call.name != UNKNOWN) or NOTHING
        finished = time.perf_counter()
        return Answer(
            calls, tuple(probabilities), round((read_at - started) * 1000, 2), round((finished - read_at) * 1000, 2)
        )

    def _write(self, prompt: Prompt, request: Request, logits: NDArray[np.float32]) -> tuple[list[int], list[float]]:
        """The likeliest allowed token again and again. Forced tokens are fed without a look at the logits."""
        grammar = Grammar(prompt, self.vocabulary, request.functions)
        tokens: list[int] = []
        probabilities: list[float] = []
        while True:
            allowed = grammar.allowed()
            token, probability = choose(logits, allowed)
            if len(allowed) > 1:
                probabilities.append(probability)
            grammar.advance(token)
            tokens.append(token)
            if grammar.done:
                return tokens, probabilities
            logits = self._model.feed([token])


def choose(logits: NDArray[np.float32], allowed: Sequence[int]) -> tuple[int, float]:
    """The likeliest of the allowed tokens, and its probability among them."""
    if len(allowed) == 1:
        return allowed[0], 1.0
    scores = logits[np.asarray(allowed)].astype(np.float64)
    best = int(scores.argmax())
    return allowed[best], float(1 / np.exp(scores - scores[best]).sum())
