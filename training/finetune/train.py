"""Fine-tunes an adapter within a given time, on one GPU or, for small models, a CPU."""

import contextlib
import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from peft import get_peft_model_state_dict, set_peft_model_state_dict
from torch import nn
from torch.nn import functional

from ..translator.schedule import Clock, rate
from .base import check, load_base, with_adapter
from .batches import Batch, plain_batches, training_batches
from .examples import Example, load
from .run import FinetuneRun, Settings
from .wording import Wording, wording_of

_LOG = logging.getLogger(__name__)
MEASURE_ROWS = 400
MEASURE_EVERY = 240.0
"""Seconds between two looks at rows that are held out."""
SAVE_EVERY = 120.0
TELL_EVERY = 15.0


def train(
    run: FinetuneRun, settings: Settings, rows: Sequence[Path], held_out: Path, log: Callable[..., None] | None = None
) -> dict[str, float]:
    """Train until the time is over; goes on where an earlier sitting stopped. The figures on the rows held out.

    `log` is told the figures along the way. Raises ValueError and OSError where the base is of no use.
    """
    if run.checkpoint.exists():
        settings = run.settings
    else:
        settings = replace(settings, revision=check(settings))
        run.save_settings(settings)
    torch.manual_seed(settings.seed)
    wording = wording_of(settings.base, settings.revision)
    examples, kept = load(rows), load([held_out])
    sample = random.Random(settings.seed).sample(kept, min(MEASURE_ROWS, len(kept)))
    _LOG.info("%d rows to train on, %d held out, behind %d tokens", len(examples), len(kept), len(wording.fixed))
    return Loop(run, settings, wording, examples, sample, log).train()


class Loop:
    """One sitting of training."""

    def __init__(
        self,
        run: FinetuneRun,
        settings: Settings,
        wording: Wording,
        examples: Sequence[Example],
        held_out: Sequence[Example],
        log: Callable[..., None] | None = None,
    ) -> None:
        self._run, self._settings, self._wording, self._log = run, settings, wording, log
        self._examples, self._held_out = examples, held_out
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = with_adapter(load_base(settings, self._device), settings)
        self._trained = [p for p in self.model.parameters() if p.requires_grad]
        self._optimizer = torch.optim.AdamW(self._trained, lr=settings.lora_rate, weight_decay=0.0)
        self._clock = Clock(settings.minutes)
        self._step = 0
        if run.checkpoint.exists():
            self._resume()

    def _resume(self) -> None:
        state = self._run.load()
        set_peft_model_state_dict(self.model, state["adapter"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._clock.spent, self._step = state["seconds"], state["step"]
        _LOG.info("going on after step %d, %.0f min", self._step, self._clock.spent / 60)

    def train(self) -> dict[str, float]:
        """Train until the time is over; the last figures."""
        settings = self._settings
        batches = training_batches(self._examples, self._wording, settings.rows, settings.seed + self._step)
        measured = saved = told = time.monotonic()
        losses: list[float] = []
        while (progress := self._clock.progress) < 1:
            losses.append(self.step(batches, rate(progress)))
            self._step += 1
            now = time.monotonic()
            if now - told > TELL_EVERY:
                speed = len(losses) * settings.rows * settings.accumulate / (now - told)
                loss = sum(losses) / len(losses)
                _LOG.info("step %d  loss %.4f  %.1f rows/s  %s to go", self._step, loss, speed, self._clock.left)
                told, losses = now, []
            if now - saved > SAVE_EVERY:
                self.save()
                saved = now
            if now - measured > MEASURE_EVERY:
                self.report()
                measured, told, losses = time.monotonic(), time.monotonic(), []
        self.save()
        self.model.save_pretrained(self._run.adapter)
        return self.report()

    def step(self, batches: Iterator[Batch], share: float) -> float:
        """One step at `share` of the highest rate; the loss a token."""
        for group in self._optimizer.param_groups:
            group["lr"] = self._settings.lora_rate * share
        parts = [next(batches) for _ in range(self._settings.accumulate)]
        tokens = sum(len(part.targets) for part in parts)
        total = 0.0
        for part in parts:
            batch = part.to(self._device)
            loss = functional.cross_entropy(self.logits(batch), batch.targets, reduction="sum") / tokens
            loss.backward()
            total += loss.item()
        nn.utils.clip_grad_norm_(self._trained, 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        return total

    def logits(self, batch: Batch) -> torch.Tensor:
        """What the model says at the batch's chosen places: (chosen, vocabulary)."""
        half = self._settings.precision == "bf16" and self._device.type == "cuda"
        with torch.autocast("cuda", torch.bfloat16) if half else contextlib.nullcontext():
            found: torch.Tensor = self.model(
                input_ids=batch.tokens,
                position_ids=batch.positions,
                attention_mask=batch.mask,
                logits_to_keep=batch.chosen,
                use_cache=False,
            ).logits[0]
        return found.float()

    def report(self) -> dict[str, float]:
        """Log how many held-out rows come out exactly, each token given the right ones before it."""
        right, total, loss = 0, 0, 0.0
        self.model.eval()
        with torch.no_grad():
            for part in plain_batches(self._held_out, self._wording, self._settings.rows):
                batch = part.to(self._device)
                logits = self.logits(batch)
                loss += functional.cross_entropy(logits, batch.targets, reduction="sum").item()
                count = int(batch.rows[-1]) + 1
                misses = torch.zeros(count, device=self._device)
                misses.index_add_(0, batch.rows, (logits.argmax(-1) != batch.targets).float())
                right += int((misses == 0).sum())
                total += count
        self.model.train()
        exact, loss = right / max(1, total), loss / max(1, total)
        _LOG.info("held out: %.1f%% of %d rows exact, loss a row %.3f", 100 * exact, total, loss)
        figures = {"step": self._step, "minutes": self._clock.elapsed / 60, "exact": exact, "loss": loss}
        self._run.log(**figures)
        if self._log is not None:
            self._log(**figures)
        return figures

    def save(self) -> None:
        """Write a checkpoint."""
        state = {"adapter": get_peft_model_state_dict(self.model), "optimizer": self._optimizer.state_dict()}
        self._run.save({**state, "seconds": self._clock.elapsed, "step": self._step})
