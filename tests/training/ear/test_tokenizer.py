import pytest
from faster_whisper.tokenizer import Tokenizer as WhisperTokenizer

from training.ear.tokenizer import EarTokenizer, learn_tokenizer

SENTENCES = ["turn on the kitchen light", "what's the weather tomorrow", "joue ma chanson préférée", "stop"] * 5


@pytest.fixture(scope="module")
def tokenizer() -> EarTokenizer:
    return learn_tokenizer(SENTENCES, 400)


@pytest.mark.parametrize("text", [*SENTENCES[:4], "zebra quiz", "Öffne die Tür", "a", "L'été, là-bas"])
def test_any_text_survives(tokenizer: EarTokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text)) == text


def test_faster_whisper_finds_its_tokens(tokenizer: EarTokenizer) -> None:
    whisper = WhisperTokenizer(tokenizer.tokenizer, multilingual=True, task="transcribe", language="en")
    assert [*whisper.sot_sequence, whisper.no_timestamps] == tokenizer.prompt("en")
    assert whisper.no_speech == tokenizer.id("<|nospeech|>")
    assert whisper.eot == tokenizer.end
    assert tokenizer.time(1.0) == whisper.timestamp_begin + 50
    assert whisper.decode([*tokenizer.encode("stop"), tokenizer.end]).strip() == "stop"


def test_faster_whisper_forbids_nothing_that_words_need(tokenizer: EarTokenizer) -> None:
    whisper = WhisperTokenizer(tokenizer.tokenizer, multilingual=True, task="transcribe", language="en")
    forbidden = set(whisper.non_speech_tokens)
    for text in [*SENTENCES[:4], *(f"{letter}xx" for letter in "abcdefghijklmnopqrstuvwxyzäéö")]:
        assert not forbidden & set(tokenizer.encode(text)), text
