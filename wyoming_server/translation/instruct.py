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
from ..catalogue import catalogue
from .confidence import Confidence
from .gbnf import gbnf
from .llama import LlamaModel, ModelError
from .llama_grammar import GrammarSampler
from .request import Request, Translation
from .vocabulary import LANGUAGES

CONTEXT = 6144
"""Tokens: the fixed part takes 3,000 to 4,000 with common tokenizers."""
LONGEST_ANSWER = 160
"""Tokens."""
MARK = "<<<utterance>>>"
INTRODUCTION = """\
You are the ears of a smart home. You get one utterance and answer with calls of these functions, one a line, nothing
else. Arguments are keywords; leave out what was not said. Strings are the spoken words in the speaker's language,
without article. Areas are rooms; area="everywhere" is the whole house; domain ("light", "fan", "cover", "lock",
"climate") and device_class say which kind of device; name is a device's own name. Talk that is not meant for you, and
everything that no function does, is unknown().
"""
EXAMPLES = (
    ("turn off the kitchen lights", 'turn_off(area="kitchen", domain="light")'),
    ("Play Hey Jude by the Beatles on Spotify", 'play_music(song="Hey Jude", artist="Beatles", service="Spotify")'),
    ("play something by Abba in the bedroom", 'play_music(artist="Abba", area="bedroom")'),
    ("play my daughter's favorite song", 'play_favorite(person="daughter")'),
    ("wie wird das Wetter morgen in Köln", 'get_weather(location="Köln", when="morgen")'),
    ("do I need an umbrella tonight", 'get_weather(when="tonight", condition="umbrella")'),
    ("set a timer for an hour and a half", "start_timer(hours=1, minutes=30)"),
    ("what is fifteen percent of eighty", 'calculate(expression="15/100*80")'),
    ("how many miles are 20 kilometers", 'convert(value=20, from_unit="kilometer", to_unit="mile")'),
    ("mets le volume à trente", "set_volume(level=30)"),
    ("add milk and eggs to my list", 'add_item(item="milk")\nadd_item(item="eggs")'),
    (
        "open the blinds and turn on the heating in ten minutes",
        'open(device_class="blind")\nturn_on(domain="climate", in_minutes=10)',
    ),
    ("wake me at seven", "unknown()"),
    ("and then she said she would not come", "unknown()"),
)


class Instruct:
    """Translates with an instruct model. Not thread safe: one thread owns it."""

    def __init__(self, path: Path, threads: int = 2, confidence: Confidence | None = None) -> None:
        """Load the model and read it the catalogue; raises ModelError."""
        self._model = LlamaModel(path, context=CONTEXT, threads=threads, batch=512)
        self.confidence = confidence or Confidence()
        self._name = self._model.metadata("general.name") or path.stem
        before, after = self._frame()
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
        said = f"Before: {request.previous}\n" if request.previous else ""
        said += " ".join(request.text.split())[:500]
        self._model.keep(len(self._fixed))
        utterance = self._model.tokenize(said, special=False, first=False)
        if self._model.used + len(utterance) + len(self._after) + LONGEST_ANSWER > CONTEXT:
            return Translation(NOTHING, 0.0)
        logits = self._model.feed([*utterance, *self._after])
        read_at = time.perf_counter()
        text, probabilities = self._write(logits, self._grammar(request.functions))
        confidence = self.confidence.of(probabilities)
        try:
            calls = parse(text)
        except CallError:
            calls, confidence = NOTHING, 0.0
        if confidence < self.confidence.threshold:
            calls = NOTHING
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

    def _frame(self) -> tuple[str, str]:
        """What stands before and after an utterance: the chat template's where the model has one."""
        template = self._model.metadata("tokenizer.chat_template")
        if template is None:
            return f"{_briefing()}\n{_examples()}Utterance: ", "\nCalls:\n"
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter  # noqa: PLC0415  (brings in a lot)

        formatter = Jinja2ChatFormatter(template, eos_token="", bos_token="")  # the tokenizer adds its own beginning
        content = f"{_briefing()}\n{_examples()}Utterance: {MARK}\nCalls:"
        rendered = formatter(messages=[{"role": "user", "content": content}]).prompt
        before, mark, after = rendered.partition(MARK)
        if not mark:
            raise ModelError(f"the chat template of {self._name} leaves out what was said")
        return before, after


def _briefing() -> str:
    lines = [INTRODUCTION]
    skill = ""
    for function in catalogue().values():
        if function.skill != skill:
            skill = function.skill
            lines.append(f"# {skill}")
        lines.append(f"{function.signature}  # {function.purpose}")
    return "\n".join(lines) + "\n"


def _examples() -> str:
    return "".join(f"Utterance: {said}\nCalls:\n{calls}\n\n" for said, calls in EXAMPLES)
