"""Whisper on faster-whisper, without the 30 seconds that it pads every command to.

CTranslate2's encoder takes a window of any length: a command of 3 s in a window of 4 s costs a tenth of the usual 30 s.
Models that were not tuned for short windows repeat themselves there, so they get a longer one, and a guard that tries
once more at full length where a transcript goes round in circles or is doubtful. Decoding is greedy, without timestamps
and without hidden retries at other temperatures.
"""

import json
import logging
import math
import re
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import numpy.typing as npt
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import _LANGUAGE_CODES, Tokenizer

from ..failure import Failure
from .ear import RATE, Heard, Samples

LOGGER = logging.getLogger(__name__)

WHISPER_VOCABULARY = 50_000
"""Tokens that every vocabulary of Whisper's own exceeds; small models made elsewhere have far fewer."""
FULL = 3000
"""Frames of mel spectrogram (10 ms each) in Whisper's own window."""
TUNED_MARGIN = 0.8
"""Seconds of silence after the speech: 40 encoder positions; whisper-acft measured that 32 to 64 end the repetition of
models that were tuned for short windows."""
MARGIN = 10.0
"""The same for other models, which loop in windows far shorter than the one they were trained on: a third of Whisper's
own window, as a cautious middle. No measurement that this repository can repeat confirms it yet."""
DOUBTED = 0.7
"""Confidence under which other models are asked again at full length; as MARGIN, not confirmed here yet."""
TUNED = re.compile(r"(?<![a-z])acft(?![a-z])", re.IGNORECASE)
"""What models that were tuned for short windows (audio context fine-tuning) have in their names."""
TUNED_KEY = "short_windows"
"""True in the config.json of a model that was tuned for short windows and is not named so."""
NAMES_KEY = "takes_names"
"""False in the config.json of a model that loses its way where names stand in front of the transcript. The embedded ear
does: with the names of the demo home it heard none of five commands, and all of them without."""
STEP = 50
"""Frames to which a window is rounded up, so that few different shapes occur."""
WINDOW = 28.0
"""Seconds of speech in one window at most; longer speech is cut where it is quietest."""
TOKENS_A_SECOND = 8
TOKENS_SPARE = 16
"""Budget of tokens; fast speech has about 5 a second."""
SPELLED_A_SECOND = 24
"""The same for vocabularies far smaller than Whisper's, such as the embedded ear's: they spell most words."""
PROMPT_TOKENS = 64
"""Most tokens of names in front of the transcript: each costs time, about 0.5 ms with the tiny model on one core."""
REPETITIVE = 2.4
"""Ratio of compression over which a text repeats itself (Whisper's own value)."""
NOBODY_SPOKE = 0.6
DOUBTFUL = -1.0
"""Probability of no speech, and mean log probability of a token, at which Whisper itself hears silence."""
NONSENSE = -1.6
"""Mean log probability under which a text is made up, whatever else is said: one token in five is likely."""


class ShortWindowModel(WhisperModel):  # type: ignore[misc]
    """faster-whisper's model; its window ends where the features end."""

    def window(self, samples: Samples, seconds: float) -> npt.NDArray[np.float32]:
        """The mel spectrogram of samples with silence after them, `seconds` long in all, rounded up."""
        frames = min(FULL, math.ceil(seconds * 100 / STEP) * STEP)
        silent = np.zeros(max(0, frames * 160 - len(samples)), np.float32)
        features: npt.NDArray[np.float32] = self.feature_extractor(np.concatenate([samples, silent]), padding=0)
        return np.ascontiguousarray(features[..., :frames])


class WhisperEar:
    """An ear made of a folder with a Whisper model for CTranslate2."""

    def __init__(self, folder: Path, name: str, *, threads: int = 0) -> None:
        """Load the model, on a GPU where there is one that works; raises Failure where the folder holds none."""
        self.name = name
        self.tuned = is_tuned(folder, name)
        self._takes_names = _marked(folder, NAMES_KEY) is not False
        """Whether the model was tuned for short windows."""
        try:
            self._load(folder, threads, "auto")
        except RuntimeError as error:
            if not ctranslate2.get_cuda_device_count():
                raise Failure(f"{folder} holds no Whisper model for CTranslate2: {error}") from error
            LOGGER.warning("The GPU cannot be used: %s", error)
            try:
                self._load(folder, threads, "cpu")
            except RuntimeError as second:
                raise Failure(f"{folder} holds no Whisper model for CTranslate2: {second}") from second
        except (ValueError, OSError) as error:
            raise Failure(f"{folder} holds no Whisper model for CTranslate2: {error}") from error

    def _load(self, folder: Path, threads: int, device: str) -> None:
        # "auto" is the fastest type: 8 bits on a processor. "default" is the type of the file, and public models are in
        # 16 bits, of which a processor makes 32.
        self._model = ShortWindowModel(
            str(folder), device=device, compute_type="auto", cpu_threads=threads, local_files_only=True
        )
        self._vocabulary = self._model.hf_tokenizer
        self._tokenizer = Tokenizer(self._vocabulary, multilingual=False)
        tagged = self._tagged_languages(folder)
        self._tagged = bool(tagged)
        self.languages: tuple[str, ...] = tagged or ("en",)
        spelled = self._vocabulary.get_vocab_size() < WHISPER_VOCABULARY
        self._tokens_a_second = SPELLED_A_SECOND if spelled else TOKENS_A_SECOND
        self._suppressed = self._suppressed_tokens()
        # The first call is slow, and shows whether the GPU works; nobody waits for it now.
        self.transcribe(np.zeros(RATE, np.float32), self.languages[0])
        LOGGER.info(
            "%s: %s on %s, %s",
            self.name,
            self._model.model.compute_type,
            self._model.model.device,
            "windows as short as speech" if self.tuned else "windows not under 10 s",
        )

    def transcribe(self, samples: Samples, language: str | None, names: Sequence[str] = ()) -> Heard:
        """Write down what is said; speech over WINDOW seconds is cut into pieces."""
        stages: dict[str, float] = {}
        pieces = [self._transcribe_piece(piece, language, names, stages) for piece in _pieces(samples)]
        texts = [piece.text for piece in pieces if piece.text]
        confidence = min((piece.confidence for piece in pieces), default=0.0)
        return Heard(" ".join(texts), pieces[0].language, confidence, {k: round(v, 1) for k, v in stages.items()})

    def _transcribe_piece(
        self, samples: Samples, language: str | None, names: Sequence[str], stages: dict[str, float]
    ) -> Heard:
        length = len(samples) / RATE
        seconds = length + (TUNED_MARGIN if self.tuned else MARGIN)
        heard, repeats = self._decode(samples, seconds, language, names, stages)
        if self.tuned or seconds >= FULL / 100:
            return Heard("", heard.language) if repeats else heard
        if repeats or (heard.text and heard.confidence < DOUBTED):
            LOGGER.debug("The transcript %s; once more at full length", "repeats itself" if repeats else "is doubtful")
            # Names may be what it repeats; where it does not, they help.
            heard, repeats = self._decode(samples, FULL / 100, heard.language, () if repeats else names, stages)
        return Heard("", heard.language) if repeats else heard

    def _decode(
        self, samples: Samples, seconds: float, language: str | None, names: Sequence[str], stages: dict[str, float]
    ) -> tuple[Heard, bool]:
        """One pass through the model: what it heard, and whether that repeats itself without end."""
        started = time.perf_counter()
        features = self._model.window(samples, seconds)
        mel = time.perf_counter()
        encoded = self._model.encode(features)
        if language is None:
            language = self._detect(encoded)
        encoder = time.perf_counter()
        prompt = self._prompt(language, names)
        budget = int(len(samples) / RATE * self._tokens_a_second) + TOKENS_SPARE
        result = self._model.model.generate(
            encoded,
            [prompt],
            beam_size=1,
            # CTranslate2 leaves at most half of this to the transcript, whatever the prompt takes.
            max_length=min(max(len(prompt) + budget, 2 * budget), self._model.max_length),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=self._suppressed,
        )[0]
        tokens = result.sequences_ids[0]
        text = self._tokenizer.decode(tokens).strip()
        done = time.perf_counter()
        for stage, ms in (("mel", mel - started), ("encoder", encoder - mel), ("decoder", done - encoder)):
            stages[stage] = stages.get(stage, 0.0) + ms * 1000
        likelihood = result.scores[0] * len(tokens) / (len(tokens) + 1)
        if likelihood < NONSENSE or (result.no_speech_prob > NOBODY_SPOKE and likelihood < DOUBTFUL):
            text = ""
        return Heard(text, language, math.exp(min(0.0, likelihood))), len(tokens) >= budget or _repeats(text)

    def _detect(self, encoded: Any) -> str:
        """The language that is spoken, of those that the model knows."""
        if not self._tagged:
            return "en"
        if not self._model.model.is_multilingual or len(self.languages) == 1:
            return self.languages[0]
        probabilities = self._model.model.detect_language(encoded)[0]
        likely = (str(token)[2:-2] for token, _ in probabilities)
        return next(language for language in likely if language in self.languages)

    def _prompt(self, language: str, names: Sequence[str]) -> list[int]:
        """The tokens in front of the transcript: names that are likely, then what is asked for."""
        tokenizer = self._tokenizer
        prompt = self._bias(names)
        prompt.append(tokenizer.sot)
        if self._tagged:
            prompt.append(self._vocabulary.token_to_id(f"<|{language}|>"))
            if tokenizer.transcribe is not None:
                prompt.append(tokenizer.transcribe)
        prompt.append(tokenizer.no_timestamps)
        return prompt

    def _bias(self, names: Sequence[str]) -> list[int]:
        """As many names as fit the budget, in order, as if they had been said before."""
        if not names or not self._takes_names or self._tokenizer.sot_prev is None:
            return []
        # Without the full stop, Whisper goes on listing.
        stop = self._tokenizer.encode(".")
        tokens: list[int] = []
        for name in names:
            more = self._tokenizer.encode(f" {name}" if not tokens else f", {name}")
            if len(tokens) + len(more) + len(stop) > PROMPT_TOKENS:
                break
            tokens += more
        return [self._tokenizer.sot_prev, *tokens, *stop] if tokens else []

    def _tagged_languages(self, folder: Path) -> tuple[str, ...]:
        """Languages that the prompt must name; none where the model knows only English and takes no tag.

        They are the `lang_ids` of CTranslate2's config.json, else all language tokens of the tokenizer. Whisper's own
        English models have these tokens too, but were not trained on them.
        """
        if not self._model.model.is_multilingual and self._vocabulary.get_vocab_size() > WHISPER_VOCABULARY:
            return ()
        try:
            ids = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("lang_ids") or ()
        except (OSError, ValueError, AttributeError):
            ids = ()
        named = [str(self._vocabulary.id_to_token(token)).strip("<|>") for token in ids]
        known = [code for code in _LANGUAGE_CODES if self._vocabulary.token_to_id(f"<|{code}|>") is not None]
        return tuple(code for code in named if code in known) or tuple(known)

    def _suppressed_tokens(self) -> list[int]:
        """Tokens that are no speech: brackets, music notes, and what belongs into the prompt."""
        tokenizer = self._tokenizer
        prompt = (tokenizer.sot, tokenizer.sot_prev, tokenizer.sot_lm, tokenizer.transcribe, tokenizer.translate)
        return sorted({*tokenizer.non_speech_tokens, *(token for token in prompt if token is not None)})


def is_tuned(folder: Path, name: str) -> bool:
    """Whether a model was tuned for short windows: its name says "acft", or its config.json `"short_windows": true`.

    CTranslate2's converter carries neither the name of the original nor its card over, so there is no other trace.
    """
    marked = _marked(folder, TUNED_KEY)
    return marked if isinstance(marked, bool) else any(TUNED.search(one) for one in (name, folder.name))


def _marked(folder: Path, key: str) -> object:
    """What a model's config.json says under a key; None where it says nothing."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return config.get(key) if isinstance(config, dict) else None


def _pieces(samples: Samples) -> list[Samples]:
    """The samples in pieces of at most WINDOW seconds, cut in the quietest tenth of a second of each last third."""
    most = int(WINDOW * RATE)
    pieces = []
    while len(samples) > most:
        tenth = RATE // 10
        first = most * 2 // 3
        loudness = np.square(samples[first : first + (most - first) // tenth * tenth]).reshape(-1, tenth).mean(1)
        cut = first + int(loudness.argmin()) * tenth + tenth // 2
        pieces.append(samples[:cut])
        samples = samples[cut:]
    return [*pieces, samples]


def _repeats(text: str) -> bool:
    """Whether a text goes round in circles."""
    data = text.encode()
    if len(data) / len(zlib.compress(data)) > REPETITIVE:
        return True
    words = text.casefold().split()
    return any(
        words[i : i + n] == words[i + n : i + 2 * n] == words[i + 2 * n : i + 3 * n]
        for n in range(2, 6)
        for i in range(len(words) - 3 * n + 1)
    )
