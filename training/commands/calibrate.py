"""`python -m training calibrate`: fit the translator's confidence on held-out rows, before the export."""

import argparse
import logging
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("run", type=Path, help="the run's folder")
    parser.add_argument("--rows", type=Path, default=Path("training/data/generated/held_out.jsonl"))
    parser.add_argument("--most", type=int, default=2000, help="rows to use at most")
    parser.add_argument("--threads", type=int, default=1)


def run(arguments: argparse.Namespace) -> int:
    """Fit, and write confidence.json into the run's folder."""
    import torch

    from ..translator.calibration import answer_rows, fit
    from ..translator.examples import read_rows
    from ..translator.network import TorchNetwork
    from ..translator.run import Run

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(arguments.threads)
    trained = Run(arguments.run)
    rows = list(read_rows([arguments.rows]))[: arguments.most]
    confidence = fit(answer_rows(TorchNetwork(trained.model()), trained.vocabulary, rows))
    (trained.folder / "confidence.json").write_text(confidence.to_json(), encoding="utf-8")
    return 0
