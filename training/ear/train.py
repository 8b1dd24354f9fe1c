"""Teaches the ear. Resumable; ends after a budget of minutes, along which the learning rate rises and falls.

Attention learns slowly where to listen. Two teachers hurry it: the encoder must also name the sounds in order (CTC),
and early on the decoder is punished for looking away from where, roughly, each token is being said.
"""

import contextlib
import json
import math
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training.ear.augment import RATE
from training.ear.batches import IGNORED, SOUND_LETTERS, Batch, Utterance, arrange, make_batch, read_speech
from training.ear.features import log_mel
from training.ear.model import Ear, EarConfig
from training.ear.tokenizer import EarTokenizer, learn_tokenizer

_WARM_UP_STEPS = 200
_GUIDED_SHARE = 0.35
"""Until here the decoder is told where to look."""
_ALL_LENGTHS_FROM = 0.6
"""Until here the longest clips are left out: in a few words there is little to get lost in."""
_CLEAN_SHARE = 0.18
"""Until here speech is clean; then disturbance grows to its full strength over as long again."""
_HINTED_FROM, _HINTED_SHARE = 0.4, 0.08
"""Prompts with names begin here, in this share of the batches."""


@dataclass(frozen=True)
class TrainingPlan:
    """How long and how to train."""

    minutes: float
    rows: int = 16
    learning_rate: float = 1.2e-3
    text_tokens: int = 350
    width: int = 192
    encoder_layers: int = 5
    decoder_layers: int = 2
    save_minutes: float = 4.0
    steps: int | None = None
    seed: int = 1


class Course:
    """One training, in a folder: `ear.pt` (everything to go on with), `tokenizer.json`, `progress.jsonl`."""

    def __init__(self, folder: Path, speech: Path, plan: TrainingPlan, device: str) -> None:
        self.folder, self.speech, self.plan = folder, speech, plan
        self.device = torch.device(device)
        folder.mkdir(parents=True, exist_ok=True)
        self.utterances = read_speech(speech)
        self.tokenizer = self._tokenizer()
        config = EarConfig(
            len(self.tokenizer.vocabulary),
            len(SOUND_LETTERS) + 1,
            width=plan.width,
            encoder_layers=plan.encoder_layers,
            decoder_layers=plan.decoder_layers,
        )
        torch.manual_seed(plan.seed)
        self.ear = Ear(config).to(self.device)
        self.optimizer = torch.optim.AdamW(
            self.ear.parameters(), plan.learning_rate, (0.9, 0.98), weight_decay=0.01, fused=True
        )
        self.step, self.trained_seconds = 0, 0.0
        if self._checkpoint.exists():
            self._resume()

    @property
    def _checkpoint(self) -> Path:
        return self.folder / "ear.pt"

    def _tokenizer(self) -> EarTokenizer:
        file = self.folder / "tokenizer.json"
        if file.exists():
            return EarTokenizer(Tokenizer.from_file(str(file)))
        tokenizer = learn_tokenizer((utterance.text for utterance in self.utterances), self.plan.text_tokens)
        tokenizer.tokenizer.save(str(file))
        return tokenizer

    def _resume(self) -> None:
        kept = torch.load(self._checkpoint, map_location=self.device, weights_only=True)
        self.ear.load_state_dict(kept["ear"])
        self.optimizer.load_state_dict(kept["optimizer"])
        self.step, self.trained_seconds = kept["step"], kept["trained_seconds"]

    def save(self) -> None:
        """Writes the checkpoint, whole or not at all."""
        unfinished = self._checkpoint.with_suffix(".part")
        state = {"ear": self.ear.state_dict(), "optimizer": self.optimizer.state_dict()}
        config = asdict(self.ear.config)
        torch.save({**state, "config": config, "step": self.step, "trained_seconds": self.trained_seconds}, unfinished)
        unfinished.replace(self._checkpoint)

    @property
    def progress(self) -> float:
        """How much of the budget is used, 0 to 1."""
        by_steps = self.step / self.plan.steps if self.plan.steps else 0.0
        return min(1.0, max(self.trained_seconds / (self.plan.minutes * 60), by_steps))

    def run(self) -> None:
        """Trains until the budget is used, saving now and then."""
        saved = self.trained_seconds
        for batch in self._batches():
            begun = time.monotonic()
            losses = self._learn(batch)
            self.step += 1
            self.trained_seconds += time.monotonic() - begun + self._waited
            if self.step % 50 == 0:
                self._report(losses, batch)
            if self.trained_seconds - saved > self.plan.save_minutes * 60:
                self.save()
                saved = self.trained_seconds
                self._listen()
            if self.progress >= 1:
                break
        self.save()
        self._listen()

    def _batches(self) -> Iterator[Batch]:
        """Batches without end; new shards of speech are picked up at each turn through the old ones."""
        chance, numbers = random.Random(self.plan.seed + self.step), np.random.default_rng(self.plan.seed + self.step)
        while True:
            self.utterances = read_speech(self.speech)
            hints = _names(self.utterances, chance)
            turn = self.utterances
            heard = max(self.plan.rows, int(len(turn) * min(1.0, 0.25 + self.progress / _ALL_LENGTHS_FROM)))
            turn = sorted(turn, key=lambda one: len(one.samples))[:heard]
            if heard < len(self.utterances):
                turn = chance.sample(turn, max(self.plan.rows, len(turn) // 4))
            for rows in arrange(turn, self.plan.rows, chance):
                begun = time.monotonic()
                strength = min(1.0, max(0.0, self.progress / _CLEAN_SHARE - 1))
                hinted = self.progress > _HINTED_FROM and chance.random() < _HINTED_SHARE
                batch = make_batch(rows, self.tokenizer, strength, numbers, hints if hinted else [])
                self._waited = time.monotonic() - begun
                yield batch

    def _learn(self, batch: Batch) -> dict[str, float]:
        for group in self.optimizer.param_groups:
            group["lr"] = self.plan.learning_rate * self._pace()
        self.ear.train()
        with self._half_precision():
            memory, sounds = self.ear.encode_and_name(batch.features.to(self.device))
            scores, looked = self.ear.decode(batch.tokens.to(self.device), memory)
        targets = batch.targets.to(self.device).flatten()
        words = functional.cross_entropy(
            scores.float().flatten(0, 1), targets, ignore_index=IGNORED, label_smoothing=0.02
        )
        heard = self._sounds_loss(sounds.float(), batch)
        progress = self.progress
        loss = words + (0.5 - 0.4 * progress) * heard
        losses = {"words": words.item(), "sounds": heard.item()}
        if progress < _GUIDED_SHARE:
            astray = _astray(looked, batch.moments.to(self.device), batch.lengths.to(self.device))
            loss = loss + (1 - progress / _GUIDED_SHARE) * astray
            losses["astray"] = astray.item()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        losses["gradient"] = torch.nn.utils.clip_grad_norm_(self.ear.parameters(), 1.0).item()
        self.optimizer.step()
        return losses

    def _pace(self) -> float:
        warm = min(1.0, (self.step + 1) / _WARM_UP_STEPS)
        return warm * max(0.02, 0.5 * (1 + math.cos(math.pi * self.progress)))

    def _half_precision(self) -> contextlib.AbstractContextManager[None]:
        return torch.autocast(self.device.type, torch.bfloat16)

    def _sounds_loss(self, sounds: Tensor, batch: Batch) -> Tensor:
        lengths = torch.full((len(sounds),), sounds.shape[1], dtype=torch.long)
        scores = sounds.log_softmax(-1).transpose(0, 1)
        counts = batch.sound_counts
        return functional.ctc_loss(scores, batch.sounds.to(self.device), lengths, counts, zero_infinity=True)

    def _report(self, losses: dict[str, float], batch: Batch) -> None:
        left = self.trained_seconds / max(self.progress, 1e-6) * (1 - self.progress)
        rounded = {name: round(value, 3) for name, value in losses.items()}
        row = {"step": self.step, "seconds": round(self.trained_seconds), **rounded}
        with (self.folder / "progress.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        told = " ".join(f"{name} {value}" for name, value in rounded.items())
        speed = self.trained_seconds / self.step * 1000 / len(batch.tokens)
        print(f"step {self.step}  {told}  {speed:.0f} ms a clip  {left / 60:.1f} min left", file=sys.stderr, flush=True)

    def _listen(self) -> None:
        """Prints what the ear hears in a few clips, beside what was said."""
        self.ear.eval()
        for utterance in random.Random(self.step).sample(self.utterances, min(4, len(self.utterances))):
            wave = np.pad(utterance.samples.astype(np.float32) / 32768, (RATE // 5, RATE // 2))
            prompt = self.tokenizer.prompt(utterance.language)
            features = log_mel(torch.from_numpy(wave).unsqueeze(0)).to(self.device)
            heard = self.tokenizer.decode(self.ear.transcribe(features, prompt, self.tokenizer.end)[0])
            print(f"    said  {utterance.text}\n    heard {heard}", file=sys.stderr, flush=True)


def load_ear(checkpoint: Path) -> Ear:
    """The model of a checkpoint, on the CPU, ready to transcribe."""
    kept = torch.load(checkpoint, map_location="cpu", weights_only=True)
    ear = Ear(EarConfig(**kept["config"]))
    ear.load_state_dict(kept["ear"])
    return ear.eval()


def _astray(looked: list[Tensor], moments: Tensor, lengths: Tensor) -> Tensor:
    """How surprising it is that the decoder listens near each token's moment (to a tenth of the utterance)."""
    positions = torch.arange(looked[0].shape[-1], device=moments.device)
    distance = (positions - moments.unsqueeze(-1)) / (0.08 * lengths.view(-1, 1, 1) + 4)
    near = torch.exp(-0.5 * distance.square())
    told = moments >= 0
    attention = torch.stack(looked).float().mean(dim=2)
    surprise = -((attention * near).sum(-1) + 1e-4).log().mean(0)
    return (surprise * told).sum() / told.sum().clamp(min=1)


def _names(utterances: list[Utterance], chance: random.Random) -> list[str]:
    """Stretches of one to three words, as prompts with the names of a home have them."""
    names = []
    for utterance in chance.sample(utterances, min(1000, len(utterances))):
        words = utterance.text.split()
        first = chance.randrange(len(words))
        names.append(" ".join(words[first : first + chance.randint(1, 3)]))
    return names
