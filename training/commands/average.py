"""`python -m training average RUN...`: a run whose weights are the mean of those of others (Wortsman et al. 2022)."""

import argparse
import logging
from pathlib import Path

_LOG = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("runs", type=Path, nargs="+", help="folders of runs that began with the same weights")
    parser.add_argument("--out", type=Path, required=True, help="the new run's folder; settings are those of the last")


def run(arguments: argparse.Namespace) -> int:
    """Average, and leave a run that can be calibrated, exported and trained further."""
    import torch

    from ..translator.run import Run

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    runs = [Run(folder) for folder in arguments.runs]
    states = [each.load() for each in runs]
    mean = {
        part: {name: torch.stack([s[part][name] for s in states]).mean(0) for name in states[-1][part]}
        for part in ("model", "tagger")
    }
    made = Run(arguments.out)
    made.save_settings(runs[-1].settings, runs[-1].vocabulary.tokenizer)
    made.save({**states[-1], **mean})
    _LOG.info("%s: the mean of %d runs", arguments.out, len(runs))
    return 0
