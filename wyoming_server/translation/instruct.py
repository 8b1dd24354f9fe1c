"""The other translator: any instruct model, told the catalogue in its prompt.

The prompt's fixed part (the catalogue as Python signatures, then examples) is computed once and stays in the context;
an utterance costs its own tokens and the answer's.
"""

import time
from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..calls import NOTHING, CallError, parse
from .confidence import Certainty, Confidence
from .gbnf import gbnf
from .instruct_prompt import CONTEXT, LONGEST_ANSWER, frame, utterance
from .llama import LlamaModel, ModelError
from .llama_grammar import GrammarSampler
from .request import Request, Translation
from .vocabulary import LANGUAGES


class Instruct:
    """Translates with an instruct model. Not thread safe: one thread owns it."""

    def __init__(self, path: Path, threads: int = 2) -> None:
        """Load the model and read it the catalogue; raises ModelError."""
        self._model = LlamaModel(path, context=CONTEXT, threads=threads, batch=512)
        self._name = self._model.metadata("general.name") or path.stem
        try:
            before, after = frame(self._model.metadata("tokenizer.chat_template"), self._model.end_of_sequence)
        except ValueError as error:
            raise ModelError(f"{path.name} cannot be asked: {error}") from error
        self._fixed = self._model.tokenize(before, special=True)
        self._after = self._model.tokenize(after, special=True, first=False)
        if len(self._fixed) + 2 * LONGEST_ANSWER > CONTEXT:
            raise ModelError(f"{path.name} needs too many tokens for the catalogue")
        self._model.keep(0)
        self._model.feed(self._fixed)
        self._grammars: dict[frozenset[str] | None, GrammarSampler] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the languages it is asked in; how well it knows them is the model's matter."""
        return LANGUAGES

    @property
    def name(self) -> str:
        """The model's name, as shown to people."""
        return self._name

    def close(self) -> None:
        """Free the memory."""
        for grammar in self._grammars.values():
            grammar.close()
        self._model.close()

    def translate(self, request: Request) -> Translation:
        """Translate one utterance; what the model writes badly is `unknown()`."""
        started = time.perf_counter()
        self._model.keep(len(self._fixed))
        said = self._model.tokenize(utterance(request.text, request.previous), special=False, first=False)
        if self._model.used + len(said) + len(self._after) + LONGEST_ANSWER > CONTEXT:
            return Translation(NOTHING, 0.0)
        logits = self._model.feed([*said, *self._after])
        read_at = time.perf_counter()
        text, probabilities = self._write(logits, self._grammar(request.functions))
        confidence = Confidence().of(Certainty(tuple(probabilities)))
        try:
            calls = parse(text)
        except CallError:
            calls, confidence = NOTHING, 0.0
        decoded = time.perf_counter()
        stages = {"prompt": round((read_at - started) * 1000, 2), "decode": round((decoded - read_at) * 1000, 2)}
        return Translation(calls, confidence, stages)

    def _write(self, logits: NDArray[np.float32], grammar: GrammarSampler) -> tuple[str, list[float]]:
        """The answer, and the probability of each token among all."""
        pieces: list[bytes] = []
        probabilities: list[float] = []
        grammar.reset()
        for _ in range(LONGEST_ANSWER):
            token = grammar.choose(logits)
            scores = logits.astype(np.float64)
            probabilities.append(float(np.exp(scores[token] - scores.max()) / np.exp(scores - scores.max()).sum()))
            if self._model.ends(token):
                return b"".join(pieces).decode(errors="replace"), probabilities
            grammar.accept(token)
            pieces.append(self._model.piece(token))
            logits = self._model.feed([token])
        return "", [0.0]

    def _grammar(self, functions: Collection[str] | None) -> GrammarSampler:
        """The grammar for a home; a few homes are remembered."""
        key = None if functions is None else frozenset(functions)
        if key not in self._grammars:
            while len(self._grammars) >= 4:
                self._grammars.pop(next(iter(self._grammars))).close()
            self._grammars[key] = GrammarSampler(self._model, gbnf(key))
        return self._grammars[key]
