"""A Whisper model with random weights: a real one for every library, except that it talks nonsense."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ctranslate2.specs import WhisperSpec
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

LANGUAGES = ("en", "de")
WIDTH = 64
HEADS = 2
LAYERS = 2
SPECIAL = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    *(f"<|{language}|>" for language in LANGUAGES),
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
    *(f"<|{step * 0.02:.2f}|>" for step in range(1501)),
)


def write_random_whisper(folder: Path, seed: int = 1) -> Path:
    """Write a model for CTranslate2 into `folder`, about 2 MB."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    vocabulary = [tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())]
    random = np.random.default_rng(seed)
    spec = WhisperSpec(LAYERS, HEADS, LAYERS, HEADS)

    def weights(*shape: int) -> npt.NDArray[np.float32]:
        return (random.standard_normal(shape) * 0.1).astype(np.float32)

    def norm(part: Any) -> None:
        part.gamma, part.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def linear(part: Any, out: int, into: int) -> None:
        part.weight, part.bias = weights(out, into), np.zeros(out, np.float32)

    def attention(part: Any, *, across: bool = False) -> None:
        norm(part.layer_norm)
        first = [(WIDTH, WIDTH), (2 * WIDTH, WIDTH)] if across else [(3 * WIDTH, WIDTH)]
        for layer, (out, into) in zip(part.linear, [*first, (WIDTH, WIDTH)], strict=True):
            linear(layer, out, into)

    def feed_forward(part: Any) -> None:
        norm(part.layer_norm)
        linear(part.linear_0, 4 * WIDTH, WIDTH)
        linear(part.linear_1, WIDTH, 4 * WIDTH)

    spec.encoder.conv1.weight, spec.encoder.conv1.bias = weights(WIDTH, 80, 3), np.zeros(WIDTH, np.float32)
    spec.encoder.conv2.weight, spec.encoder.conv2.bias = weights(WIDTH, WIDTH, 3), np.zeros(WIDTH, np.float32)
    spec.encoder.position_encodings.encodings = weights(1500, WIDTH)
    spec.decoder.position_encodings.encodings = weights(448, WIDTH)
    spec.decoder.embeddings.weight = weights(len(vocabulary), WIDTH)
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    norm(spec.encoder.layer_norm)
    norm(spec.decoder.layer_norm)
    for layer in spec.encoder.layer:
        attention(layer.self_attention)
        feed_forward(layer.ffn)
    for layer in spec.decoder.layer:
        attention(layer.self_attention)
        attention(layer.attention, across=True)
        feed_forward(layer.ffn)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = [tokenizer.token_to_id(f"<|{language}|>") for language in LANGUAGES]
    spec.register_vocabulary(vocabulary)
    spec.validate()
    spec.save(str(folder))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": 80}))
    return folder


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    tokenizer.train_from_iterator([" turn on the kitchen light", " play some music", " set a timer"], trainer)
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer
