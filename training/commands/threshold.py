"""`python -m training threshold`: draw wrong against missed actions over thresholds, from a calibrated run."""

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("run", type=Path, help="the folder of a run that `calibrate` has been through")
    parser.add_argument("--out", type=Path, default=Path("docs/confidence.png"))


def run(arguments: argparse.Namespace) -> int:
    """Draw, and print the figures at the chosen threshold."""
    from wyoming_server.translation.confidence import Confidence

    from ..evaluation.pictures import draw_tradeoff
    from ..translator.tradeoff import read_trials, tradeoff

    trials, fitted = arguments.run / "trials.jsonl", arguments.run / "confidence.json"
    if not (trials.exists() and fitted.exists()):
        sys.stderr.write(f"{arguments.run} is not calibrated: `python -m training calibrate {arguments.run}` first.\n")
        return 2
    confidence = Confidence.from_json(fitted.read_text(encoding="utf-8"))
    points = tradeoff(read_trials(trials), confidence)
    draw_tradeoff(
        [point.threshold for point in points],
        [point.wrong for point in points],
        [point.missed for point in points],
        confidence.threshold,
        arguments.out,
    )
    for title, point in (
        ("no threshold", points[0]),
        ("chosen", min(points, key=lambda p: abs(p.threshold - confidence.threshold))),
    ):
        sys.stdout.write(f"{title}: {point.threshold:.2f}, wrong {point.wrong:.1%}, missed {point.missed:.1%}\n")
    return 0
