"""Tiny instruct models with random weights, with the architectures and tokenizers of public ones."""

import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoModelForCausalLM, LlamaConfig, PreTrainedTokenizerFast, Qwen2Config, Qwen3Config

from training.finetune.gguf_tokenizer import PATTERNS
from wyoming_server.translation.instruct_prompt import frame

CHATML = """\
{% for message in messages %}<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""
LLAMA3 = (
    "{{ bos_token }}{% for m in messages %}<|start_header_id|>{{ m.role }}<|end_header_id|>\n\n"
    "{{ strftime_now('%d %b %Y') }} {{ m.content | trim }}<|eot_id|>{% endfor %}"
    "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n{% endif %}"
)
ZEPHYR = (
    "{% for m in messages %}<|{{ m.role }}|>\n{{ m.content }}{{ eos_token }}\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)
VOCABULARY = 1400
SHAPE: dict[str, Any] = {
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 8192,
    "vocab_size": VOCABULARY + 8,  # more than the tokenizer has, as in Qwen
}
STRETCHED = {
    "rope_type": "llama3",
    "rope_theta": 10000.0,
    "factor": 4.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 256,
}
CLASSES = {
    "smollm": "GPT2Tokenizer",
    "tinyllama": "LlamaTokenizer",
    "qwen2": "Qwen2Tokenizer",
    "qwen3": "Qwen2Tokenizer",
}
"""What the tokenizers of such public models say they are: transformers makes them anew, and not always the same."""
KINDS = ("smollm", "llama3", "tinyllama", "qwen2", "qwen3")


def make_base(kind: str, folder: Path) -> Path:
    """Write the model and its tokenizer to `folder`, as a model from the hub would lie there."""
    torch.manual_seed(3)
    config = {
        "smollm": lambda: LlamaConfig(**SHAPE, tie_word_embeddings=True),
        "llama3": lambda: LlamaConfig(**SHAPE, rope_parameters=STRETCHED, attention_bias=True),
        "tinyllama": lambda: LlamaConfig(**SHAPE),
        "qwen2": lambda: Qwen2Config(**SHAPE, tie_word_embeddings=True),
        "qwen3": lambda: Qwen3Config(**SHAPE, head_dim=32),
    }[kind]()
    model = AutoModelForCausalLM.from_config(config)
    for name, parameter in model.named_parameters():  # far from zero, so that every part matters
        torch.nn.init.normal_(parameter, mean=float("norm" in name), std=0.12)
    model.save_pretrained(folder)
    _tokenizer(kind).save_pretrained(folder)
    config_file = folder / "tokenizer_config.json"
    settings = json.loads(config_file.read_text(encoding="utf-8"))
    settings["tokenizer_class"] = CLASSES.get(kind, "PreTrainedTokenizerFast")
    config_file.write_text(json.dumps(settings), encoding="utf-8")
    return folder


def _tokenizer(kind: str) -> PreTrainedTokenizerFast:
    if kind == "tinyllama":
        return _sentence_pieces()
    by_kind = {
        "smollm": (["<|endoftext|>", "<|im_start|>", "<|im_end|>"], CHATML, "<|im_end|>", None),
        "llama3": (
            ["<|begin_of_text|>", "<|eot_id|>", "<|start_header_id|>", "<|end_header_id|>"],
            LLAMA3,
            "<|eot_id|>",
            "<|begin_of_text|>",
        ),
        "qwen2": (["<|endoftext|>", "<|im_start|>", "<|im_end|>"], CHATML, "<|im_end|>", None),
        "qwen3": (["<|endoftext|>", "<|im_start|>", "<|im_end|>"], None, "<|endoftext|>", None),
    }
    special, template, end, begin = by_kind[kind]
    tokenizer = Tokenizer(models.BPE())
    pattern = next((p for p, name in PATTERNS.items() if name == {"llama3": "llama-bpe"}.get(kind, "qwen2")))
    words: Any = [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    if kind != "smollm":
        cut = pre_tokenizers.Split(Regex(pattern), "isolated")
        words = [cut, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(words)
    if kind.startswith("qwen"):
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        _texts(),
        trainers.BpeTrainer(
            vocab_size=VOCABULARY - len(special),
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
            show_progress=False,
        ),
    )
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    if begin is not None:
        first = (begin, tokenizer.token_to_id(begin))
        tokenizer.post_processor = processors.TemplateProcessing(single=f"{begin} $A", special_tokens=[first])
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token=begin, eos_token=end)
    fast.chat_template = template
    return fast


def _sentence_pieces() -> PreTrainedTokenizerFast:
    """As the tokenizer of Llama 2 after its conversion: every pair that makes a token is a merge."""
    special = ["<unk>", "<s>", "</s>"]
    pieces = [f"<0x{byte:02X}>" for byte in range(256)]
    learned = Tokenizer(models.BPE())
    learned.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY - 259, show_progress=False)
    learned.train_from_iterator((line for text in _texts() for line in text.split("\n")), trainer)
    vocabulary = json.loads(learned.to_str())["model"]["vocab"]
    tokens = [*special, *pieces, *sorted(vocabulary, key=lambda token: vocabulary[token])]
    ids = {token: id_ for id_, token in enumerate(tokens)}
    merges = [(t[:at], t[at:]) for t in tokens[259:] for at in range(1, len(t)) if {t[:at], t[at:]} <= set(ids)]
    tokenizer = Tokenizer(models.BPE(ids, merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", unk_token="<unk>")
    fast.chat_template = ZEPHYR
    return fast


def _texts() -> list[str]:
    return [frame(None)[0]]
