"""A fine-tuned model as one GGUF file: the adapter merged into the base, for any llama.cpp."""

from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType, GGUFWriter, LlamaFileType
from gguf.quants import quantize
from numpy.typing import NDArray
from peft import set_peft_model_state_dict

from wyoming_server.translation.vocabulary import LANGUAGES

from .base import ARCHITECTURES, load_whole, with_adapter
from .gguf_tensors import head_size, heads, key_heads, tensors
from .gguf_tokenizer import add_tokenizer
from .run import FinetuneRun
from .wording import Wording, wording_of

BLOCK = 32
"""Values that share a scale in q8_0; rows that are no multiple of it stay f16."""


def merged(run: FinetuneRun) -> Any:
    """The base with the run's adapter merged into its weights; raises OSError where one of them is missing."""
    model = with_adapter(load_whole(run.settings), run.settings)
    set_peft_model_state_dict(model, run.load()["adapter"])
    return model.merge_and_unload().eval()


def export(run: FinetuneRun, path: Path, version: str = "1", kind: str = "q8_0") -> None:
    """Write the run's model to `path`; `kind` is the matrices' type: "q8_0", "f16" or "f32".

    Raises ValueError where llama.cpp has no such model or tokenizer.
    """
    settings = run.settings
    wording = wording_of(settings.base, settings.revision)
    write(merged(run), wording, path, f"{Path(settings.base).name} for Local LLM Voice", version, kind)


def write(model: Any, wording: Wording, path: Path, name: str, version: str = "1", kind: str = "q8_0") -> None:
    """Write a model of transformers with its tokenizer."""
    writer = GGUFWriter(path, ARCHITECTURES[model.config.model_type], use_temp_file=True)
    writer.add_name(name)
    writer.add_version(version)
    writer.add_languages(list(LANGUAGES))
    _add_shape(writer, model.config)
    types = {"q8_0": LlamaFileType.MOSTLY_Q8_0, "f16": LlamaFileType.MOSTLY_F16, "f32": LlamaFileType.ALL_F32}
    writer.add_file_type(types[kind])
    writer.add_quantization_version(2)
    add_tokenizer(writer, wording, model.get_input_embeddings().weight.shape[0])
    for tensor, weights in tensors(model):
        _add_tensor(writer, tensor, weights, kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_shape(writer: GGUFWriter, config: Any) -> None:
    if getattr(config, "use_sliding_window", False):
        raise ValueError("a model whose attention is a sliding window cannot be exported")
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(heads(config))
    writer.add_head_count_kv(key_heads(config))
    writer.add_key_length(head_size(config))
    writer.add_value_length(head_size(config))
    writer.add_rope_dimension_count(head_size(config))
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_vocab_size(config.vocab_size)


def _add_tensor(writer: GGUFWriter, name: str, weights: NDArray[np.float32], kind: str) -> None:
    if weights.ndim == 1 or kind == "f32":
        writer.add_tensor(name, np.ascontiguousarray(weights))
    elif kind == "f16" or weights.shape[-1] % BLOCK:
        writer.add_tensor(name, weights.astype(np.float16))
    else:
        writer.add_tensor(name, quantize(weights, GGMLQuantizationType.Q8_0), raw_dtype=GGMLQuantizationType.Q8_0)
