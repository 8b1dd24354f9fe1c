"""A GGUF model in llama.cpp, token by token: just what the decoders need of the low-level interface.

llama-cpp-python's own `Llama` class detokenizes every token, copies logits and puts grammars in front of the sampler
over the whole vocabulary; small models spend most of their time there.
"""

import ctypes
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from llama_cpp import llama_cpp
from numpy.typing import NDArray

_BACKEND = threading.Lock()
_STATE: dict[str, Any] = {}


class ModelError(RuntimeError):
    """The model file cannot be loaded or run; the message says why in one sentence."""


class LlamaModel:
    """One model with one context of one sequence. Not thread safe: one thread owns it."""

    def __init__(
        self, path: Path, *, context: int, threads: int = 2, causal: bool = True, batch: int | None = None
    ) -> None:
        """Load `path`. `context` is the most tokens of prompt and answer, `batch` the most computed at once.

        Where `causal` is false, tokens that are fed together see each other, both ways; `batch` is `context` then.
        """
        _start_backend()
        if not path.is_file():
            raise ModelError(f"there is no model at {path}")
        options = llama_cpp.llama_model_default_params()
        options.n_gpu_layers = 0
        self._model = llama_cpp.llama_model_load_from_file(str(path).encode(), options)
        if not self._model:
            raise ModelError(f"llama.cpp cannot load {path.name}")
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = context
        settings.n_batch = settings.n_ubatch = batch or context
        settings.n_threads = settings.n_threads_batch = threads
        settings.n_seq_max = 1
        settings.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        settings.no_perf = True
        if not causal:
            settings.attention_type = llama_cpp.LLAMA_ATTENTION_TYPE_NON_CAUSAL
        self._context = llama_cpp.llama_init_from_model(self._model, settings)
        if not self._context:
            llama_cpp.llama_model_free(self._model)
            raise ModelError(f"llama.cpp has no room for {path.name}")
        self.context = context
        self.vocab = llama_cpp.llama_model_get_vocab(self._model)
        self.vocabulary = llama_cpp.llama_vocab_n_tokens(self.vocab)
        """How many tokens there are."""
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._batch_size = batch or context
        self._batch = llama_cpp.llama_batch_init(self._batch_size, 0, 1)
        self.used = 0
        """Tokens in the context."""

    def close(self) -> None:
        """Free the memory."""
        if self._context:
            llama_cpp.llama_batch_free(self._batch)
            llama_cpp.llama_free(self._context)
            llama_cpp.llama_model_free(self._model)
            self._context = self._model = None

    def metadata(self, key: str) -> str | None:
        """A string of the file's metadata, None where it has no such key."""
        return _metadata(self._model, key)

    def keep(self, count: int) -> None:
        """Forget all but the first `count` tokens."""
        if count == 0:
            llama_cpp.llama_memory_clear(self._memory, False)
        else:
            llama_cpp.llama_memory_seq_rm(self._memory, 0, count, -1)
        self.used = count

    def feed(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Append tokens; the logits (vocabulary,) after the last, valid until the next call.

        Raises ModelError where the context is full or llama.cpp fails.
        """
        if self.used + len(tokens) > self.context:
            raise ModelError("the text is too long for the model")
        for at in range(0, len(tokens), self._batch_size):
            self._decode(tokens[at : at + self._batch_size])
        logits = llama_cpp.llama_get_logits_ith(self._context, -1)
        return np.ctypeslib.as_array(logits, shape=(self.vocabulary,))

    def tokenize(self, text: str, *, special: bool, first: bool = True) -> list[int]:
        """The text's tokens by the file's own tokenizer.

        Special tokens are read as such only where `special` is true, so that nobody can speak them; `first` adds what
        the model expects at the beginning.
        """
        data = text.encode(errors="replace")
        room = len(data) + 8
        tokens = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self.vocab, data, len(data), tokens, room, first, special)
        return list(tokens[:count])

    @property
    def end_of_sequence(self) -> str:
        """The token that ends a text, as chat templates write it; empty where the model has none."""
        token = llama_cpp.llama_vocab_eos(self.vocab)
        return "" if token < 0 else llama_cpp.llama_vocab_get_text(self.vocab, token).decode(errors="replace")

    def piece(self, token: int) -> bytes:
        """What a token writes."""
        buffer = ctypes.create_string_buffer(256)
        size = llama_cpp.llama_token_to_piece(self.vocab, token, buffer, len(buffer), 0, False)
        return buffer.raw[: max(0, size)]

    def ends(self, token: int) -> bool:
        """Whether a token ends an answer."""
        return bool(llama_cpp.llama_vocab_is_eog(self.vocab, token))

    def _decode(self, tokens: Sequence[int]) -> None:
        batch = self._batch
        batch.n_tokens = len(tokens)
        for i, token in enumerate(tokens):
            batch.token[i] = token
            batch.pos[i] = self.used + i
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = 0
            batch.logits[i] = False
        batch.logits[len(tokens) - 1] = True
        if llama_cpp.llama_decode(self._context, batch) != 0:
            raise ModelError("llama.cpp could not compute an answer")
        self.used += len(tokens)


def read_metadata(path: Path, key: str) -> str | None:
    """A string of a model file's metadata, read without loading the model; raises ModelError."""
    _start_backend()
    if not path.is_file():
        raise ModelError(f"there is no model at {path}")
    options = llama_cpp.llama_model_default_params()
    options.vocab_only = True
    model = llama_cpp.llama_model_load_from_file(str(path).encode(), options)
    if not model:
        raise ModelError(f"llama.cpp cannot load {path.name}")
    try:
        return _metadata(model, key)
    finally:
        llama_cpp.llama_model_free(model)


def _metadata(model: Any, key: str) -> str | None:
    size = llama_cpp.llama_model_meta_val_str(model, key.encode(), None, 0)
    if size < 0:
        return None
    buffer = ctypes.create_string_buffer(size + 1)
    llama_cpp.llama_model_meta_val_str(model, key.encode(), buffer, size + 1)
    return buffer.value.decode()


def _start_backend() -> None:
    """Once a process: start llama.cpp, and keep it from writing to the terminal."""
    with _BACKEND:
        if "log" not in _STATE:
            _STATE["log"] = llama_cpp.llama_log_callback(lambda _level, _text, _data: None)
            llama_cpp.llama_log_set(_STATE["log"], ctypes.c_void_p(0))
            llama_cpp.llama_backend_init()
