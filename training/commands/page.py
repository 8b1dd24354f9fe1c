"""`python -m training page`: write the page on accuracy, with its picture, from the records."""

import argparse
import sys
from pathlib import Path

from ..tracking.record import read_records


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--out", type=Path, default=Path("docs"), help="the folder for evaluation.md and accuracy.png")


def run(arguments: argparse.Namespace) -> int:
    """Write evaluation.md and accuracy.png."""
    from ..evaluation.journey import journey
    from ..evaluation.page import page
    from ..evaluation.pictures import draw_journey

    records = read_records()
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "evaluation.md").write_text(page(records), encoding="utf-8")
    steps = journey(records)
    if steps:
        draw_journey(steps, arguments.out / "accuracy.png")
    sys.stdout.write(f"{arguments.out / 'evaluation.md'}: {len(steps)} steps from {len(records)} records\n")
    return 0
