"""The public model that a run begins with, and the adapter on it."""

import logging
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
from transformers import AutoConfig, AutoModelForCausalLM

from .run import Settings

_LOG = logging.getLogger(__name__)
ARCHITECTURES = {"llama": "llama", "qwen2": "qwen2", "qwen3": "qwen3"}
"""Model types of transformers that can be exported, with llama.cpp's names for them."""


def check(settings: Settings) -> str | None:
    """The base's commit on the hub, None for a folder.

    Raises ValueError where the base or this machine does not fit the settings, OSError where there is no such base.
    """
    config = AutoConfig.from_pretrained(settings.base, **_source(settings))
    if config.model_type not in ARCHITECTURES:
        raise ValueError(f"{settings.base} is a {config.model_type}: of use are {', '.join(ARCHITECTURES)}")
    if settings.four_bit and not torch.cuda.is_available():
        raise ValueError("--four-bit needs an NVIDIA GPU, for which bitsandbytes has the code")
    revision: str | None = None if Path(settings.base).is_dir() else getattr(config, "_commit_hash", None)
    return revision


def load_base(settings: Settings, device: torch.device) -> Any:
    """The base model for training, in 4 bits if so set."""
    if settings.four_bit:
        return _in_four_bits(settings)
    half = settings.precision == "bf16" and device.type == "cuda"
    return _load(settings, dtype=torch.bfloat16 if half else torch.float32).to(device)


def load_whole(settings: Settings) -> Any:
    """The base model on the CPU in full precision, to be merged with its adapter."""
    return _load(settings, dtype=torch.float32)


def with_adapter(model: Any, settings: Settings) -> Any:
    """The model with a new adapter on each of its layers' matrices: only that is trained."""
    config = LoraConfig(
        r=settings.rank, lora_alpha=2 * settings.rank, target_modules="all-linear", task_type="CAUSAL_LM"
    )
    adapted = get_peft_model(model, config)
    trained, total = adapted.get_nb_trainable_parameters()
    _LOG.info("%.2f M of %.1f M parameters are trained", trained / 1e6, total / 1e6)
    return adapted


def _in_four_bits(settings: Settings) -> Any:
    from transformers import BitsAndBytesConfig  # noqa: PLC0415

    quantization = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )
    try:
        model = _load(settings, quantization_config=quantization, dtype=torch.bfloat16, device_map={"": 0})
    except ImportError as error:
        raise ValueError(f"--four-bit needs bitsandbytes: pip install bitsandbytes ({error})") from error
    return prepare_model_for_kbit_training(model, gradient_checkpointing_kwargs={"use_reentrant": False})


def _load(settings: Settings, **options: Any) -> Any:
    return AutoModelForCausalLM.from_pretrained(
        settings.base, attn_implementation="sdpa", **_source(settings), **options
    )


def _source(settings: Settings) -> dict[str, Any]:
    return {"revision": settings.revision, "local_files_only": Path(settings.base).is_dir()}
