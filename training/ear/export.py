"""Writes a trained ear as the folder that faster-whisper loads: CTranslate2's `model.bin` and its JSON files.

Sizes and names follow `ctranslate2.converters.transformers.WhisperLoader`, weights come straight from PyTorch.
"""

import itertools
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from ctranslate2.specs import WhisperSpec
from faster_whisper.feature_extractor import FeatureExtractor
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.ear.model import Attention, DecoderLayer, Ear, EncoderLayer
from training.ear.tokenizer import EarTokenizer
from training.ear.train import load_ear


def export(run: Path, folder: Path, quantization: str, languages: Sequence[str]) -> int:
    """Writes the ear that was trained in `run` into `folder`; returns the folder's size in bytes."""
    ear = load_ear(run / "ear.pt")
    tokenizer = EarTokenizer(Tokenizer.from_file(str(run / "tokenizer.json")))
    with tempfile.TemporaryDirectory(dir=run) as unfinished:
        place = Path(unfinished)
        save(ear, tokenizer, place, quantization, languages)
        folder.mkdir(parents=True, exist_ok=True)
        for file in place.iterdir():
            shutil.move(file, folder / file.name)
    return sum(file.stat().st_size for file in folder.iterdir())


def save(ear: Ear, tokenizer: EarTokenizer, folder: Path, quantization: str, languages: Sequence[str]) -> None:
    """Writes all files of the model into `folder`."""
    spec = _specification(ear)
    spec.register_vocabulary(tokenizer.vocabulary)
    config = spec.config
    # Whisper forbids an empty transcript here; for this ear an empty one means that nobody spoke.
    config.suppress_ids_begin = []
    config.suppress_ids = []
    config.lang_ids = [tokenizer.id(f"<|{language}|>") for language in languages]
    # Tells the server that this ear needs no longer window than the speech.
    config.add_attribute("short_windows", True)
    # Of its training, too few prompts hold names: it repeats them instead of listening.
    config.add_attribute("takes_names", False)
    layers, heads = ear.config.decoder_layers, ear.config.heads
    config.alignment_heads = list(itertools.product(range(layers // 2, layers), range(heads)))
    spec.validate()
    spec.optimize(quantization)
    spec.save(str(folder))
    tokenizer.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    extractor = FeatureExtractor()
    features = {"feature_size": 80, "sampling_rate": extractor.sampling_rate, "hop_length": extractor.hop_length}
    features |= {"chunk_length": extractor.chunk_length, "n_fft": extractor.n_fft}
    (folder / "preprocessor_config.json").write_text(json.dumps(features, indent=2) + "\n", encoding="utf-8")


def _specification(ear: Ear) -> WhisperSpec:
    config = ear.config
    spec = WhisperSpec(config.encoder_layers, config.heads, config.decoder_layers, config.heads)
    encoder, decoder = spec.encoder, spec.decoder
    for place, convolution in ((encoder.conv1, ear.conv1), (encoder.conv2, ear.conv2)):
        place.weight, place.bias = _array(convolution.weight), _array(convolution.bias)
    encoder.position_encodings.encodings = _array(ear.positions)
    _norm(encoder.layer_norm, ear.encoder_norm)
    for place, layer in zip(encoder.layer, ear.encoder, strict=True):
        _encoder_layer(place, layer)
    decoder.embeddings.weight = _array(ear.embeddings.weight)
    decoder.projection.weight = _array(ear.embeddings.weight)
    decoder.position_encodings.encodings = _array(ear.token_positions)
    _norm(decoder.layer_norm, ear.decoder_norm)
    for place, layer in zip(decoder.layer, ear.decoder, strict=True):
        _decoder_layer(place, layer)
    return spec


def _encoder_layer(place: Any, layer: EncoderLayer) -> None:
    _norm(place.self_attention.layer_norm, layer.attention_norm)
    _self_attention(place.self_attention, layer.attention)
    _feed_forward(place.ffn, layer.forward_norm, layer.feed_forward)


def _decoder_layer(place: Any, layer: DecoderLayer) -> None:
    _norm(place.self_attention.layer_norm, layer.attention_norm)
    _self_attention(place.self_attention, layer.attention)
    _norm(place.attention.layer_norm, layer.across_norm)
    _linear(place.attention.linear[0], [layer.across.queries])
    _linear(place.attention.linear[1], [layer.across.keys, layer.across.values])
    _linear(place.attention.linear[2], [layer.across.out])
    _feed_forward(place.ffn, layer.forward_norm, layer.feed_forward)


def _self_attention(place: Any, attention: Attention) -> None:
    _linear(place.linear[0], [attention.queries, attention.keys, attention.values])
    _linear(place.linear[1], [attention.out])


def _feed_forward(place: Any, norm: nn.LayerNorm, layers: nn.Sequential) -> None:
    _norm(place.layer_norm, norm)
    _linear(place.linear_0, [layers[0]])
    _linear(place.linear_1, [layers[2]])


def _linear(place: Any, parts: Sequence[nn.Module]) -> None:
    """CTranslate2 fuses projections of one input into one matrix; a projection without bias gets zeros."""
    linears = [part for part in parts if isinstance(part, nn.Linear)]
    place.weight = np.concatenate([_array(linear.weight) for linear in linears])
    biases = [torch.zeros(linear.out_features) if linear.bias is None else linear.bias for linear in linears]
    place.bias = np.concatenate([_array(bias) for bias in biases])


def _norm(place: Any, norm: nn.LayerNorm) -> None:
    place.gamma, place.beta = _array(norm.weight), _array(norm.bias)


def _array(tensor: Tensor) -> np.ndarray[Any, np.dtype[np.float32]]:
    return tensor.detach().float().numpy()
