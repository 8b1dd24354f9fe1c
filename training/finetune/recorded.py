"""`python -m training train --base`: fine-tuning that leaves a record."""

import argparse
import logging
from pathlib import Path

import torch

from ..tracking.run import record_run
from .run import FinetuneRun, Settings
from .train import train

_LOG = logging.getLogger(__name__)


def run(arguments: argparse.Namespace) -> int:
    """Fine-tune; 2 where base, options and machine do not fit."""
    torch.set_num_threads(arguments.threads)
    base = str(Path(arguments.base).resolve()) if Path(arguments.base).is_dir() else arguments.base
    options = {name: value for name, value in vars(arguments).items() if name in Settings.__dataclass_fields__}
    rows, held_out = arguments.data / "train.jsonl", arguments.data / "held_out.jsonl"
    inputs = {"rows": rows, "held out": held_out}
    try:
        with record_run("finetune", seed=arguments.seed, inputs=inputs, config=vars(arguments)) as recorded:
            found = FinetuneRun(arguments.out)
            recorded.metrics.update(train(found, Settings(**{**options, "base": base}), [rows], held_out, recorded.log))
            recorded.inputs({"checkpoint": found.checkpoint})
    except (ValueError, OSError) as error:
        _LOG.error("%s", error)
        return 2
    return 0
