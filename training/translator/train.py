"""Trains the translator's network within a given time, on a CPU or one GPU."""

import contextlib
import logging
import random
import types
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from wyoming_server.catalogue import UNKNOWN
from wyoming_server.translation.vocabulary import Vocabulary

from ..data.mixture import REPEATS, UNASKED
from .batches import Batch, plain_batches, training_batches
from .examples import Example, example, read_rows
from .model import Block, Model
from .optimizers import optimizers
from .run import Run, Settings
from .schedule import Clock, rate
from .shipped import Shipped
from .tagging import Tagger
from .tokenizer import train_tokenizer
from .variation import Variation

_LOG = logging.getLogger(__name__)
MEASURE_ROWS = 2000
MEASURE_EVERY = 240.0
"""Seconds between two looks at rows that are held out."""
TAGGING = 0.5
"""Weight of the tags' loss beside the answers'."""
SAVE_EVERY = 120.0


def train(
    run: Run,
    settings: Settings,
    rows: Sequence[Path],
    held_out: Path,
    *,
    start: Run | Shipped | None = None,
    tokenizer: Path | None = None,
    compiled: bool = True,
) -> None:
    """Train until the time is over; goes on where an earlier sitting stopped.

    A new run begins with the tokenizer and the weights of `start`, where one is given, else with the tokenizer of that
    file, else with one made from the rows.
    """
    torch.manual_seed(settings.seed)
    if run.checkpoint.exists():
        settings = run.settings
    elif start is not None:
        settings = replace(settings, vocabulary=start.vocabulary.size)
        run.save_settings(settings, start.vocabulary.tokenizer)
    elif tokenizer is not None:
        run.save_settings(settings, Tokenizer.from_file(str(tokenizer)))
    else:
        run.save_settings(settings, train_tokenizer((row["text"] for row in read_rows(rows)), settings.vocabulary))
    vocabulary = run.vocabulary
    examples = load(rows, vocabulary)
    sample = random.Random(settings.seed).sample(kept := load([held_out], vocabulary), min(MEASURE_ROWS, len(kept)))
    _LOG.info("%d rows to train on, %d held out", len(examples), len(kept))
    loop = Loop(run, settings, vocabulary, examples, sample, compiled=compiled)
    if start is not None and not run.checkpoint.exists():
        loop.model.load_state_dict(start.load()["model"])
    loop.train()


def load(paths: Sequence[Path], vocabulary: Vocabulary) -> list[Example]:
    """The examples of some files."""
    found = [example(row, vocabulary) for row in read_rows(paths)]
    examples = [e for e in found if e is not None]
    if len(examples) < len(found):
        _LOG.info("%d rows cannot be written and are left out", len(found) - len(examples))
    return examples


def cross_entropy(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """The mean loss of `logits` (picked, vocabulary); written out, so that one compiled loop does it in float32."""
    scores = logits.float()
    return (scores.logsumexp(-1) - scores.gather(1, targets[:, None])[:, 0]).mean()


class Loop:
    """One sitting of training."""

    def __init__(
        self,
        run: Run,
        settings: Settings,
        vocabulary: Vocabulary,
        examples: Sequence[Example],
        held_out: Sequence[Example],
        *,
        compiled: bool = True,
    ) -> None:
        self._run, self._settings, self._vocabulary = run, settings, vocabulary
        self._examples, self._held_out = examples, held_out
        self._variation = Variation(examples, vocabulary, settings.seed)
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = Model(settings.shape).to(self._device)
        self._tagger = Tagger(settings.width, vocabulary).to(self._device)
        self._optimizers = optimizers(self.model, self._tagger, settings)
        self._cross_entropy = cross_entropy
        self._clock = Clock(settings.minutes)
        self._step = 0
        if run.checkpoint.exists():
            self._resume()
        if compiled:
            layer = torch.compile(Block.forward, dynamic=True)  # one function for all layers and shapes: compiled once
            for block in self.model.blocks:
                block.forward = types.MethodType(layer, block)
            self._cross_entropy = torch.compile(cross_entropy, dynamic=True)

    def _resume(self) -> None:
        state = self._run.load()
        self.model.load_state_dict(state["model"])
        self._tagger.load_state_dict(state["tagger"])
        for optimizer, saved in zip(self._optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self._clock.spent, self._step = state["seconds"], state["step"]
        _LOG.info("going on after step %d, %.0f min", self._step, self._clock.spent / 60)

    def train(self) -> None:
        """Train until the time is over."""
        unknown = self._vocabulary.functions[UNKNOWN]
        weights = [
            REPEATS.get(example.source, 1.0) * (UNASKED if example.answer[0] == unknown else 1.0)
            for example in self._examples
        ]
        seed = self._settings.seed + self._step
        batches = training_batches(
            self._examples, weights, self._variation, self._vocabulary, self._settings.tokens, seed
        )
        measured = saved = self._clock.elapsed
        seen: Counter[str] = Counter()
        losses = 0.0
        for batch in batches:
            progress = self._clock.progress
            if progress >= 1:
                break
            losses += self.step(batch, rate(progress))
            self._step += 1
            seen.update(steps=1, tokens=batch.tokens.numel(), rows=len(batch.tokens))
            now = self._clock.elapsed
            if seen["steps"] % 50 == 0:
                _LOG.info(
                    "step %d  loss %.4f  %.0f tokens/s  %.0f rows/s  %s to go",
                    self._step,
                    losses / 50,
                    seen["tokens"] / (now - measured),
                    seen["rows"] / (now - measured),
                    self._clock.left,
                )
                losses = 0.0
            if now - saved > SAVE_EVERY:
                self.save()
                saved = now
            if now - measured > MEASURE_EVERY:
                self.report()
                measured, seen, losses = self._clock.elapsed, Counter(), 0.0
        self.save()
        self.report()

    def step(self, batch: Batch, share: float) -> float:
        """One step at `share` of the highest rates; the loss."""
        for optimizer in self._optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["highest"] * share
        logits, tags = self._scores(batch)
        loss = self._cross_entropy(logits, batch.targets.to(self._device))
        tagging = functional.cross_entropy(tags.float(), batch.tags.to(self._device)) if len(batch.tags) else 0.0
        (loss + TAGGING * tagging).backward()
        nn.utils.clip_grad_norm_([*self.model.parameters(), *self._tagger.parameters()], 1.0)
        for optimizer in self._optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        return loss.item()

    def _scores(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the answers' tokens (picked, vocabulary), and scores of the prompts' tags (units, tags)."""
        half = self._settings.precision == "bf16"
        context = torch.autocast(self._device.type, torch.bfloat16) if half else contextlib.nullcontext()
        with context:
            before, after = self.model.states(batch.tokens.to(self._device), batch.prompt_lengths.to(self._device))
            logits = self.model.logits(after[batch.chosen.to(self._device)])
            tags = self._tagger(before[batch.units.to(self._device)])
        return logits, tags

    def report(self) -> None:
        """Log how many held-out rows come out exactly, each token given the right ones before it."""
        right, total, loss = 0, 0, 0.0
        with torch.no_grad():
            for batch in plain_batches(self._held_out, self._variation, self._vocabulary, self._settings.tokens):
                logits = self._scores(batch)[0].float().cpu()
                loss += functional.cross_entropy(logits, batch.targets, reduction="sum").item()
                wrong = torch.zeros(len(batch.tokens)).index_add_(
                    0, batch.rows, (logits.argmax(-1) != batch.targets).float()
                )
                right += int((wrong == 0).sum())
                total += len(batch.tokens)
        exact, loss = right / max(1, total), loss / max(1, total)
        _LOG.info("held out: %.1f%% of %d rows exact, loss a row %.3f", 100 * exact, total, loss)
        self._run.log(step=self._step, minutes=self._clock.elapsed / 60, exact=exact, loss=loss)

    def save(self) -> None:
        """Write a checkpoint."""
        state = {"model": self.model.state_dict(), "tagger": self._tagger.state_dict()}
        state |= {"optimizers": [o.state_dict() for o in self._optimizers]}
        self._run.save({**state, "seconds": self._clock.elapsed, "step": self._step})
