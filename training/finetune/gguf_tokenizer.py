"""A Hugging Face tokenizer in the words of llama.cpp, which has its own code for each kind."""

import json
import re
from typing import Any

from gguf import GGUFWriter, TokenType

from .wording import Wording

WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"
REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
PATTERNS = {WORDS + r"\p{N}{1,3}" + REST: "llama-bpe", WORDS + r"\p{N}" + REST: "qwen2"}
"""How text is cut into words before pairs of bytes are joined, with llama.cpp's names for it."""
BYTE = re.compile(r"<0x[0-9A-F]{2}>")


def add_tokenizer(writer: GGUFWriter, wording: Wording, size: int) -> None:
    """Write the tokenizer; `size` is the model's number of tokens, of which the tokenizer may leave some unused.

    Raises ValueError where llama.cpp has no such tokenizer.
    """
    data = json.loads(wording.tokenizer_json)
    model = data["model"]
    if model["type"] != "BPE":
        raise ValueError(f"llama.cpp cannot take a tokenizer of the kind {model['type']}")
    tokens = {id_: token for token, id_ in model["vocab"].items()}
    types = dict.fromkeys(tokens, TokenType.NORMAL)
    for added in data["added_tokens"]:
        tokens[added["id"]] = added["content"]
        types[added["id"]] = TokenType.CONTROL if added["special"] else TokenType.USER_DEFINED
    if max(tokens) >= size:
        raise ValueError(f"the tokenizer has a token {max(tokens)}, the model only {size} tokens")
    listed = [tokens.get(id_, f"[PAD{id_}]") for id_ in range(size)]
    merges = [merge.split(" ") if isinstance(merge, str) else merge for merge in model["merges"]]
    if model.get("byte_fallback"):
        _add_sentence_pieces(writer, data, listed, merges, types)
    else:
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre(pre_tokenizer(data["pre_tokenizer"]))
        writer.add_token_merges([" ".join(merge) for merge in merges])
    writer.add_token_list(listed)
    writer.add_token_types([types.get(id_, TokenType.UNUSED) for id_ in range(size)])
    _add_special(writer, wording)


def pre_tokenizer(data: dict[str, Any] | None) -> str:
    """llama.cpp's name for how a byte-level tokenizer cuts text into words; raises ValueError where it has none."""
    parts = (data.get("pretokenizers") or [data]) if data else []
    kinds = [part["type"] for part in parts]
    by_pattern = any(part.get("use_regex", True) for part in parts if part["type"] == "ByteLevel")
    if not any(part.get("add_prefix_space") for part in parts):
        if kinds == ["ByteLevel"] and by_pattern:
            return "gpt-2"
        if kinds == ["Digits", "ByteLevel"] and by_pattern and parts[0]["individual_digits"]:
            return "smollm"
        if kinds == ["Split", "ByteLevel"] and not by_pattern:
            name = PATTERNS.get(parts[0]["pattern"].get("Regex", ""))
            if name is not None:
                return name
    raise ValueError(f"llama.cpp's name for this tokenizer's way to find words is not known: {json.dumps(data)}")


def _add_sentence_pieces(
    writer: GGUFWriter, data: dict[str, Any], listed: list[str], merges: list[list[str]], types: dict[int, TokenType]
) -> None:
    """SentencePiece joins the pair with the best score: the one whose merge comes first."""
    rank: dict[str, int] = {}
    for at, merge in enumerate(merges):
        rank.setdefault("".join(merge), at)
    unknown = data["model"].get("unk_token")
    for id_, token in enumerate(listed):
        if BYTE.fullmatch(token):
            types[id_] = TokenType.BYTE
        elif token == unknown:
            types[id_] = TokenType.UNKNOWN
            writer.add_unk_token_id(id_)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_scores([-float(rank.get(token, len(rank))) for token in listed])
    # The two ways in which tokenizer.json says so.
    before = json.dumps([data["normalizer"], data["pre_tokenizer"]])
    writer.add_add_space_prefix('"Prepend"' in before or '"prepend_scheme": "always"' in before)


def _add_special(writer: GGUFWriter, wording: Wording) -> None:
    if wording.begins_with is not None:
        writer.add_bos_token_id(wording.begins_with)
    if wording.end_of_sequence is not None:
        writer.add_eos_token_id(wording.end_of_sequence)
    writer.add_eot_token_id(wording.end)
    writer.add_add_bos_token(wording.begins_with is not None)
    writer.add_add_eos_token(False)
    if wording.template is not None:
        writer.add_chat_template(wording.template)
