"""The Whisper engine, with a real model of random weights."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from wyoming_server.failure import Failure
from wyoming_server.machine import Machine
from wyoming_server.speech.ear import Heard
from wyoming_server.speech.transcriber import load_ear, recommend, repository
from wyoming_server.speech.whisper import PROMPT_TOKENS, ShortWindowModel, WhisperEar, _pieces, _repeats, is_tuned

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


@pytest.fixture(scope="module")
def tuned(tmp_path_factory: pytest.TempPathFactory) -> WhisperEar:
    folder = write_random_whisper(tmp_path_factory.mktemp("tuned") / "acft-whisper-random")
    return WhisperEar(folder, "mine", threads=1)


def settle(monkeypatch: pytest.MonkeyPatch, ear: WhisperEar, *, repeats: bool, confidence: float = 0.9) -> None:
    """Let every transcript repeat itself or not, with a confidence."""
    decode = ear._decode

    def settled(*arguments: Any) -> tuple[Heard, bool]:
        heard, _ = decode(*arguments)
        return replace(heard, text="words", confidence=confidence), repeats

    monkeypatch.setattr(ear, "_decode", settled)


def test_the_window_of_a_tuned_model_is_as_long_as_the_speech(
    tuned: WhisperEar, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = watch_windows(tuned, monkeypatch)
    settle(monkeypatch, tuned, repeats=False, confidence=0.1)
    assert tuned.transcribe(NOISE, "en").text == "words"
    assert frames == [400]


def test_a_tuned_model_needs_no_second_try(tuned: WhisperEar, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = watch_windows(tuned, monkeypatch)
    settle(monkeypatch, tuned, repeats=True)
    assert tuned.transcribe(NOISE, "en").text == ""
    assert frames == [400]


def test_the_window_of_other_models_has_ten_seconds_more_and_not_thirty(
    ear: WhisperEar, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = watch_windows(ear, monkeypatch)
    settle(monkeypatch, ear, repeats=False)
    assert ear.transcribe(NOISE, "en").text == "words"
    assert frames == [1300]


@pytest.mark.parametrize(
    ("name", "folder", "config", "expected"),
    [
        ("base", "base", {}, False),
        ("acft-whisper-base.en", "x", {}, True),
        ("x", "whisper-base-ACFT-ct2", {}, True),
        ("x", "impacftful", {}, False),
        ("x", "x", {"short_windows": True}, True),
        ("acft", "x", {"short_windows": False}, False),
        ("x", "x", [1], False),
        ("x", "x", None, False),
    ],
)
def test_models_tuned_for_short_windows_say_so(
    name: str, folder: str, config: object, expected: bool, tmp_path: Path
) -> None:
    place = tmp_path / folder
    place.mkdir()
    if config is not None:
        (place / "config.json").write_text(json.dumps(config))
    assert is_tuned(place, name) is expected


def test_what_repeats_itself_is_tried_once_more_at_full_length_without_names_and_then_given_up(
    ear: WhisperEar, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = watch_windows(ear, monkeypatch)
    prompts = watch_prompts(ear, monkeypatch)
    settle(monkeypatch, ear, repeats=True)
    heard = ear.transcribe(NOISE, "en", ["Kitchen"])
    assert frames == [1300, 3000]
    assert len(prompts[1]) < len(prompts[0])
    assert heard.text == ""


def test_what_is_doubtful_is_tried_once_more_at_full_length(ear: WhisperEar, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = watch_windows(ear, monkeypatch)
    prompts = watch_prompts(ear, monkeypatch)
    settle(monkeypatch, ear, repeats=False, confidence=0.4)
    assert ear.transcribe(NOISE, "en", ["Kitchen"]).text == "words"
    assert frames == [1300, 3000]
    assert prompts[0] == prompts[1]


def watch_prompts(ear: WhisperEar, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The prompts of all decoding from now on."""
    prompts: list[list[int]] = []
    make_prompt = ear._prompt

    def prompt(language: str, names: Sequence[str]) -> list[int]:
        prompts.append(make_prompt(language, names))
        return prompts[-1]

    monkeypatch.setattr(ear, "_prompt", prompt)
    return prompts


def test_a_processor_computes_in_eight_bits(folder: Path) -> None:
    assert WhisperEar(folder, "random", threads=1)._model.model.compute_type.startswith("int8")


def test_a_gpu_that_does_not_work_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    devices: list[str] = []

    class BrokenGpu(ShortWindowModel):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            devices.append(options["device"])
            if options["device"] == "auto":
                raise RuntimeError("Library libcublas.so.12 is not found")
            super().__init__(*arguments, **options)

    monkeypatch.setattr("wyoming_server.speech.whisper.ShortWindowModel", BrokenGpu)
    with pytest.raises(Failure, match="no Whisper model"):
        WhisperEar(folder, "random", threads=1)
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 1)
    assert WhisperEar(folder, "random", threads=1).languages == ("en", "de")
    assert devices == ["auto", "auto", "cpu"]
    assert "libcublas" in caplog.text


def test_english_models_of_whisper_take_no_language(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # tiny.en's tokenizer has 50,363 tokens: its timestamps are not among them.
    ear = WhisperEar(folder, "random", threads=1)
    assert not ear._model.model.is_multilingual
    monkeypatch.setattr(ear._vocabulary.__class__, "get_vocab_size", lambda *_: 50_363)
    assert ear._tagged_languages(folder) == ()


def test_the_language_is_detected_or_as_asked(ear: WhisperEar) -> None:
    assert ear.transcribe(NOISE, "de").language == "de"
    assert ear.transcribe(NOISE, None).language in ear.languages


def test_the_language_and_the_names_stand_in_the_prompt_within_a_budget(ear: WhisperEar) -> None:
    token = ear._vocabulary.token_to_id
    plain = ear._prompt("de", [])
    assert plain == [token(f"<|{name}|>") for name in ("startoftranscript", "de", "transcribe", "notimestamps")]
    named = ear._prompt("de", ["Kitchen", "Office"])
    assert named[0] == token("<|startofprev|>")
    assert named[-4:] == plain
    assert ear._tokenizer.decode(named[1:-4]) == " Kitchen, Office."
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
