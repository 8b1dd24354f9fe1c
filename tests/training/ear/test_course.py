"""Speaks, trains, resumes, exports and loads the smallest possible ear: nothing is learned, everything is run."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from ctranslate2 import StorageView
from faster_whisper import WhisperModel
from tokenizers import Tokenizer

from training.ear.batches import IGNORED, make_batch, read_speech
from training.ear.export import export
from training.ear.features import log_mel
from training.ear.measure import Result, measure, spoken_clips
from training.ear.tokenizer import EarTokenizer
from training.ear.train import Course, TrainingPlan, load_ear


def _plan(steps: int) -> TrainingPlan:
    return TrainingPlan(
        minutes=5,
        steps=steps,
        rows=4,
        text_tokens=320,
        width=48,
        encoder_layers=3,
        decoder_layers=1,
        learning_rate=0.01,
    )


@pytest.fixture(scope="module")
def run(speech: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    Course(folder, speech, _plan(3), "cpu").run()
    return folder


@pytest.fixture(scope="module")
def model(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model") / "ear"
    assert 0 < export(run, folder, "float32", ["en"]) < 3e6
    return folder


def _tokenizer(run: Path) -> EarTokenizer:
    return EarTokenizer(Tokenizer.from_file(str(run / "tokenizer.json")))


def test_training_learns_and_goes_on_where_it_stopped(run: Path, speech: Path, tmp_path: Path) -> None:
    for file in run.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    course = Course(tmp_path, speech, _plan(60), "cpu")
    assert course.step == 3
    course.run()
    assert course.step == 60
    rows = [json.loads(line) for line in (tmp_path / "progress.jsonl").read_text().splitlines()]
    assert rows[-1]["step"] == 50
    assert rows[-1]["words"] < 5  # an untrained ear of 1,837 tokens starts at 7.5


def test_targets_follow_the_tokens(run: Path, speech: Path) -> None:
    tokenizer = _tokenizer(run)
    utterances = read_speech(speech)
    for seed in range(10):
        batch = make_batch(utterances, tokenizer, 1.0, np.random.default_rng(seed), ["kitchen", "Bed Light"])
        assert len(batch.features) == len(batch.tokens)
        for utterance, tokens, targets in zip(utterances, batch.tokens.tolist(), batch.targets.tolist(), strict=False):
            learned = [target for target in targets if target != IGNORED]
            assert tokenizer.decode(target for target in learned if target < tokenizer.end) == utterance.text
            start = tokens.index(tokenizer.id("<|startoftranscript|>"))
            assert learned[-1] == tokenizer.end
            assert learned[: len(learned) - 1] == tokens[start + 1 : start + len(learned)]


def test_where_nobody_speaks_the_target_says_so(run: Path, speech: Path) -> None:
    tokenizer = _tokenizer(run)
    utterance = read_speech(speech)[0]
    silent = type(utterance)(utterance.samples[:0], "", "", "en", "nobody")
    batch = make_batch([silent, utterance], tokenizer, 1.0, np.random.default_rng(1), [])
    learned = [target for target in batch.targets[0].tolist() if target != IGNORED]
    assert learned[0] == tokenizer.id("<|nospeech|>")
    assert learned[-1] == tokenizer.end
    assert not [target for target in learned if target < tokenizer.end]


def test_the_exported_ear_writes_what_the_trained_one_writes(run: Path, model: Path, speech: Path) -> None:
    ear, tokenizer = load_ear(run / "ear.pt"), _tokenizer(run)
    exported = WhisperModel(str(model), device="cpu", compute_type="float32", cpu_threads=1)
    prompt = tokenizer.prompt("en")
    for utterance in read_speech(speech):
        wave = np.pad(utterance.samples.astype(np.float32) / 32768, (1600, 8000))
        features = log_mel(torch.from_numpy(wave).unsqueeze(0))
        expected = ear.transcribe(features, prompt, tokenizer.end, longest=32)[0]
        storage = StorageView.from_array(features.numpy())
        result = exported.model.generate(
            # CTranslate2 leaves at most half of max_length to the transcript.
            storage,
            [prompt],
            beam_size=1,
            max_length=64,
            suppress_blank=False,
            suppress_tokens=[],
        )[0]
        ids = result.sequences_ids[0]
        assert ids == expected[: len(ids)]
        assert len(ids) == 32 or expected[len(ids)] == tokenizer.end


def test_faster_whisper_transcribes_with_the_exported_ear(model: Path, speech: Path) -> None:
    loaded = WhisperModel(str(model), device="cpu", cpu_threads=1)
    wave = np.pad(read_speech(speech)[0].samples.astype(np.float32) / 32768, 3200)
    segments, info = loaded.transcribe(wave, language="en", beam_size=1, temperature=0.0)
    assert info.language == "en"
    assert all(isinstance(segment.text, str) for segment in segments)


def test_an_ear_is_measured_through_the_server(model: Path, speech: Path) -> None:
    result = measure(model, spoken_clips(speech, 3), "en", noise=10)
    assert len(result.heard) == 3
    assert "of 3 utterances" in str(result)


def test_words_are_counted_right() -> None:
    result = Result(["turn on the light", "stop"], ["turn the light please", "stop"])
    assert result.rate() == pytest.approx(40.0)
    assert result.exact() == 50.0
    assert list(result.mistakes()) == ["  said  turn on the light\n  heard turn the light please"]
    low, high = result.interval()
    assert low == 0.0
    assert high == pytest.approx(50.0)
