"""`python -m training calibrate`: fit the translator's confidence on held-out rows, before the export."""

import argparse
import logging
from pathlib import Path

from ..tracking.run import record_run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("run", type=Path, help="the run's folder")
    parser.add_argument("--rows", type=Path, default=Path("training/data/generated/held_out.jsonl"))
    parser.add_argument("--most", type=int, default=2000, help="rows to use at most")
    parser.add_argument("--threads", type=int, default=1)


def run(arguments: argparse.Namespace) -> int:
    """Fit, and write trials.jsonl and confidence.json into the run's folder."""
    import torch

    from ..translator.calibration import answer_rows, fit
    from ..translator.examples import read_rows
    from ..translator.network import TorchNetwork
    from ..translator.run import Run
    from ..translator.tradeoff import tradeoff, write_trials

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(arguments.threads)
    trained = Run(arguments.run)
    rows = list(read_rows([arguments.rows]))[: arguments.most]
    inputs = {"rows": arguments.rows, "checkpoint": trained.checkpoint}
    with record_run("calibrate", inputs=inputs, config=vars(arguments)) as recorded:
        trials = answer_rows(TorchNetwork(trained.model()), trained.vocabulary, rows)
        confidence = fit(trials)
        write_trials(trained.folder / "trials.jsonl", trials)
        (trained.folder / "confidence.json").write_text(confidence.to_json(), encoding="utf-8")
        at = min(tradeoff(trials, confidence), key=lambda point: abs(point.threshold - confidence.threshold))
        recorded.metrics.update(
            {"threshold": confidence.threshold, "wrong": at.wrong, "missed": at.missed, "rows": len(trials)}
        )
    return 0
