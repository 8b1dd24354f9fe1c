"""The ear's tokenizer: byte-level pairs of command words, then Whisper's special tokens in Whisper's order.

faster-whisper finds everything by name in `tokenizer.json`; it takes ids below `<|endoftext|>` for text and ids above
`<|notimestamps|>` for times in steps of 20 ms. It also never lets Whisper write a lone space (it forbids the first
token of " ♩"), so every letter that starts a word must have a token together with its space.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pl", "pt")
"""Languages that have a token; which of them the model speaks is the model's business."""

_TIMES = 1501
_INITIALS = "abcdefghijklmnopqrstuvwxyzäöüßéèêàâáíóúñçôîûœåæøëïłśżźćńęą'"


@dataclass(frozen=True)
class EarTokenizer:
    """`tokenizers.Tokenizer` with the ids that training and export need."""

    tokenizer: Tokenizer

    def id(self, token: str) -> int:
        """The id of `token`. Raises KeyError."""
        found = self.tokenizer.token_to_id(token)
        if found is None:
            raise KeyError(token)
        return int(found)

    @cached_property
    def end(self) -> int:
        """`<|endoftext|>`: ends a transcript; the first id that is not text."""
        return self.id("<|endoftext|>")

    @cached_property
    def vocabulary(self) -> list[str]:
        """All tokens by id."""
        return [str(self.tokenizer.id_to_token(index)) for index in range(self.tokenizer.get_vocab_size())]

    def prompt(self, language: str | None) -> list[int]:
        """What stands before a transcript without times; no language gives the prompt of Whisper's English models.

        CTranslate2 takes every vocabulary smaller than Whisper's for English only, so faster-whisper itself asks this
        way; who knows the ear's languages (`lang_ids` in config.json) names one, which is surer.
        """
        named = (
            ["startoftranscript", language, "transcribe", "notimestamps"]
            if language
            else ["startoftranscript", "notimestamps"]
        )
        return [self.id(f"<|{name}|>") for name in named]

    def time(self, seconds: float) -> int:
        """The token of the moment `seconds` after the start, to 20 ms."""
        return self.id("<|notimestamps|>") + 1 + min(round(seconds * 50), _TIMES - 1)

    def encode(self, text: str) -> list[int]:
        """The ids of `text`, with the leading space that Whisper's transcripts have."""
        return list(self.tokenizer.encode(" " + text, add_special_tokens=False).ids)

    def decode(self, ids: Iterable[int]) -> str:
        """The words of `ids` up to the end."""
        text = []
        for index in ids:
            if index == self.end:
                break
            if index < self.end:
                text.append(index)
        return str(self.tokenizer.decode(text)).strip()


def learn_tokenizer(sentences: Iterable[str], size: int) -> EarTokenizer:
    """Learns `size` text tokens from `sentences`, and adds the special ones."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), min_frequency=2
    )
    initials = [f" {letter}" for letter in _INITIALS for _ in range(100_000 // len(_INITIALS))]
    tokenizer.train_from_iterator([*sentences, *initials], trainer)
    tokenizer.add_special_tokens(
        ["<|endoftext|>", "<|startoftranscript|>"]
        + [f"<|{language}|>" for language in LANGUAGES]
        + [
            f"<|{name}|>"
            for name in ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
        ]
        + [f"<|{step * 0.02:.2f}|>" for step in range(_TIMES)]
    )
    return EarTokenizer(tokenizer)
