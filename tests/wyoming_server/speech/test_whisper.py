"""The Whisper engine, with a real model of random weights."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from wyoming_server.failure import Failure
from wyoming_server.machine import Machine
from wyoming_server.speech.transcriber import load_ear, recommend, repository
from wyoming_server.speech.whisper import PROMPT_TOKENS, WhisperEar, _pieces, _repeats

from ..random_whisper import write_random_whisper

NOISE = (np.random.default_rng(3).standard_normal(16000 * 3) * 0.05).astype(np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_random_whisper(tmp_path_factory.mktemp("whisper"))


@pytest.fixture(scope="module")
def ear(folder: Path) -> WhisperEar:
    return WhisperEar(folder, "random", threads=1)


def watch_windows(ear: WhisperEar, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of all windows that are encoded from now on, in frames of 10 ms."""
    frames: list[int] = []
    encode = ear._model.encode

    def watched(features: npt.NDArray[np.float32]) -> object:
        frames.append(features.shape[-1])
        return encode(features)

    monkeypatch.setattr(ear._model, "encode", watched)
    return frames


def test_its_languages_are_those_of_the_model(ear: WhisperEar) -> None:
    assert ear.languages == ("en", "de")


def test_the_window_is_as_long_as_the_speech_and_not_thirty_seconds(
    ear: WhisperEar, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = watch_windows(ear, monkeypatch)
    monkeypatch.setattr("wyoming_server.speech.whisper._repeats", lambda _text: False)
    monkeypatch.setattr(ear, "_tokens_a_second", 100)
    ear.transcribe(NOISE, "en")
    assert frames == [400]


def test_what_repeats_itself_is_tried_once_more_at_full_length_without_names_and_then_given_up(
    ear: WhisperEar, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = watch_windows(ear, monkeypatch)
    prompts: list[list[int]] = []
    make_prompt = ear._prompt

    def prompt(language: str, names: Sequence[str]) -> list[int]:
        prompts.append(make_prompt(language, names))
        return prompts[-1]

    monkeypatch.setattr(ear, "_prompt", prompt)
    monkeypatch.setattr("wyoming_server.speech.whisper._repeats", lambda _text: True)
    heard = ear.transcribe(NOISE, "en", ["Kitchen"])
    assert frames == [400, 3000]
    assert len(prompts[1]) < len(prompts[0])
    assert heard.text == ""


def test_the_language_and_the_names_stand_in_the_prompt_within_a_budget(ear: WhisperEar) -> None:
    token = ear._vocabulary.token_to_id
    plain = ear._prompt("de", [])
    assert plain == [token(f"<|{name}|>") for name in ("startoftranscript", "de", "transcribe", "notimestamps")]
    named = ear._prompt("de", ["Kitchen", "Office"])
    assert named[0] == token("<|startofprev|>")
    assert named[-4:] == plain
    assert len(ear._prompt("de", ["Kitchen Number " + str(i) for i in range(500)])) <= PROMPT_TOKENS + 5


def test_stages_are_measured(ear: WhisperEar) -> None:
    assert list(ear.transcribe(NOISE, None).stages) == ["mel", "encoder", "decoder"]


def test_long_speech_is_cut_where_it_is_quiet() -> None:
    samples = np.ones(16000 * 40, np.float32)
    samples[16000 * 22 : 16000 * 23] = 0
    pieces = _pieces(samples)
    assert [len(piece) for piece in pieces] == pytest.approx([16000 * 22.5, 16000 * 17.5], abs=16000 * 0.6)
    assert sum(map(len, pieces)) == len(samples)


@pytest.mark.parametrize(
    ("text", "circles"),
    [
        ("turn on the light " * 6, True),
        ("the the the the the the the the the", True),
        ("play radio gaga", False),
        ("two plus two plus two", False),
        ("turn on the light in the kitchen and the light in the hall", False),
        ("", False),
    ],
)
def test_circles(text: str, circles: bool) -> None:
    assert _repeats(text) is circles


def test_a_folder_without_a_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"no tokenizer\.json"):
        load_ear(str(tmp_path), threads=1)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(Failure, match="no Whisper model"):
        load_ear(str(tmp_path), threads=1)


def test_a_name_that_nobody_knows_is_one_sentence() -> None:
    with pytest.raises(Failure, match="no folder and no public model; known are tiny"):
        load_ear("gigantic", threads=1)
    assert repository("base") == "Systran/faster-whisper-base"
    assert repository("someone/model") == "someone/model"


@pytest.mark.parametrize(
    ("machine", "language", "model"),
    [
        (Machine(4, 8.0), None, "base"),
        (Machine(4, 8.0), "en", "base.en"),
        (Machine(4, 8.0), "de", "base"),
        (Machine(1, 8.0), None, "tiny"),
        (Machine(4, 1.0), None, "tiny"),
        (Machine(16, 32.0), None, "small"),
        (Machine(4, 16.0, gpus=1), "en", "large-v3-turbo"),
    ],
)
def test_the_model_fits_the_machine(machine: Machine, language: str | None, model: str) -> None:
    name, reason = recommend(machine, language)
    assert name == model
    assert str(machine) in reason
