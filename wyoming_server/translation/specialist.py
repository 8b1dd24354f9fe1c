"""The embedded translator: a small model that knows the catalogue and points at the words of the utterance."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from ..calls import NOTHING, Call
from ..catalogue import MAX_CALLS, UNKNOWN
from .answer import read
from .confidence import Certainty, Confidence, together
from .decoding import decode
from .grammar import Grammar
from .halves import halves
from .llama import LlamaModel, ModelError
from .prompt import build
from .request import Request, Translation
from .vocabulary import Vocabulary

CONTEXT = 512
"""Tokens of the longest prompt and the longest answer."""
SURE = 0.6
"""From this confidence on an answer is taken as it is."""
TOKENIZER_KEY = "tokenizer.huggingface.json"
CONFIDENCE_KEY = "translator.confidence"


@dataclass(frozen=True)
class Answer:
    """What the model wrote, before the threshold."""

    calls: tuple[Call, ...]
    certainty: Certainty
    prompt_ms: float
    decode_ms: float


class Specialist:
    """Translates with a model made by `training`."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        """Load the model; raises ModelError where the file is no specialist model.

        One thread: a second makes a model of this size no faster, and where other work keeps it from a core, the first
        waits for it in every layer. Of 80 commands on 2 busy cores, one thread took 7.5 ms in the median and 12 ms at
        the 95th percentile, two 7.9 and 2982 ms.
        """
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
        """Translate one utterance; an answer that is not worth acting on is `unknown()`.

        Where the answer to the whole is not sure, the utterance may be two commands in one breath: each half is then
        understood by itself, and both together are taken where they are surer than the whole.
        """
        answer = self.answer(request)
        calls, certainty = answer.calls, answer.certainty
        stages = {"prompt": answer.prompt_ms, "decode": answer.decode_ms}
        if self.confidence.of(certainty) < SURE:
            started = time.perf_counter()
            apart = self._apart(request)
            if apart is not None:
                stages["halves"] = round((time.perf_counter() - started) * 1000, 2)
                if self.confidence.of(apart[1]) > self.confidence.of(certainty):
                    calls, certainty = apart
        if calls != NOTHING and self.confidence.worth(certainty) < self.confidence.threshold:
            calls = NOTHING
        return Translation(calls, self.confidence.of(certainty), stages)

    def _apart(self, request: Request) -> tuple[tuple[Call, ...], Certainty] | None:
        """The calls of the surest two halves, and how sure they are; None where there are no two that both act."""
        best: tuple[tuple[Call, ...], Certainty] | None = None
        for before, after in halves(request.text, request.language):
            first = self.answer(replace(request, text=before))
            if first.calls == NOTHING:
                continue
            second = self.answer(replace(request, text=after, previous=first.calls[-1]))
            if second.calls == NOTHING or len(first.calls + second.calls) > MAX_CALLS:
                continue
            sure = together(first.certainty, second.certainty)
            if best is None or self.confidence.of(sure) > self.confidence.of(best[1]):
                best = (first.calls + second.calls, sure)
        return best

    def answer(self, request: Request) -> Answer:
        """The model's own answer to a request."""
        started = time.perf_counter()
        prompt = build(request.text, request.language, request.previous, self.vocabulary)
        if not prompt.sources[-1].units:  # nothing was said
            return Answer(NOTHING, Certainty(), 0.0, 0.0)
        self._model.keep(0)
        logits = self._model.feed(prompt.tokens(self.vocabulary))
        read_at = time.perf_counter()
        tokens, certainty = decode(self._model, logits, Grammar(prompt, self.vocabulary, request.functions))
        calls = read(tokens, prompt, self.vocabulary)
        calls = tuple(call for call in calls if call.name != UNKNOWN) or NOTHING
        finished = time.perf_counter()
        return Answer(calls, certainty, round((read_at - started) * 1000, 2), round((finished - read_at) * 1000, 2))
