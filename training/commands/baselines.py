"""`python -m training baselines`: measure what a model has to beat, over the nightly rows."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..evaluation.baselines import home_assistant, linear
from ..evaluation.measure import Measured, measure
from ..evaluation.predict import ROOT, Answer
from ..evaluation.report import BASELINE, text_table
from ..evaluation.rows import Row
from ..evaluation.tiers import Tier, Views, views
from ..tracking.run import record_run

PUBLIC_TRAIN = ROOT.parent / "shared" / "eval" / "train"
UNKNOWN, LINEAR, HOME_ASSISTANT = "unknown", "linear", "home-assistant"
NAMES = (UNKNOWN, LINEAR, HOME_ASSISTANT)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("names", nargs="*", default=list(NAMES), metavar="NAME", help=f"of {', '.join(NAMES)}; all")
    parser.add_argument("--learn-from", type=Path, nargs="+", default=[PUBLIC_TRAIN], help="rows for the classifier")
    parser.add_argument("--verbose", action="store_true", help="print every group")


def run(arguments: argparse.Namespace) -> int:
    """Measure each baseline and leave its record."""
    rows: Views = {**views(Tier.NIGHTLY), **views(Tier.QUICK)}
    for name in arguments.names:
        if name not in NAMES:
            sys.stderr.write(f"There is no baseline {name!r}; there are {', '.join(NAMES)}.\n")
            return 2
    for name in arguments.names:
        asked = _home_control(rows) if name == HOME_ASSISTANT else rows
        inputs = {"learnt from": arguments.learn_from[0]} if name == LINEAR else {}
        with record_run(BASELINE + name, inputs=inputs, config={"baseline": name}) as recorded:
            measured = measure(asked, _ask(name, arguments))
            recorded.save_examples(example for view in measured for example in view.examples())
            recorded.metrics.update({view.view: view.metrics() for view in measured})
            recorded.record.outcomes = {view.view: view.outcomes.as_data() for view in measured}
        _print(name, measured, verbose=arguments.verbose)
    return 0


def _ask(name: str, arguments: argparse.Namespace) -> Callable[[Sequence[Row]], Mapping[str, Answer]]:
    if name == LINEAR:
        return lambda rows: linear.answers(rows, arguments.learn_from)
    if name == HOME_ASSISTANT:
        return home_assistant.answers
    return lambda rows: {row.id: Answer(()) for row in rows}


def _home_control(rows: Views) -> Views:
    """English rows on the home itself, and those on which nothing is due: what Home Assistant's agent is made for."""
    return {
        f"{view}: English home": [r for r in rows[view] if r.language == "en" and r.skill in ("home", "")]
        for view in ("dev", "own", "must")
        if view in rows
    }


def _print(name: str, measured: Sequence[Measured], *, verbose: bool) -> None:
    for view in measured:
        right = sum(view.right.values())
        sys.stdout.write(f"{name}, {view.view}: {right} of {len(view.right)} right\n")
        if verbose:
            sys.stdout.write(text_table(view.scores, {}) + "\n")
