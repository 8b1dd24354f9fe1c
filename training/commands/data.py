"""`python -m training data`: check the templates, generate the training rows."""

import argparse
import sys
from pathlib import Path

from ..data.check import check_language
from ..data.mixture import LANGUAGES
from ..data.show import show

SUMMARY = "check the templates, generate the training rows"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--check", action="store_true", help="only check the templates of --languages")
    parser.add_argument("--show", type=int, metavar="N", help="only print N utterances of every template file")
    parser.add_argument("--only", default="", metavar="TEXT", help="with --show: of files whose names hold this")
    parser.add_argument("--languages", nargs="+", default=list(LANGUAGES), metavar="CODE")
    parser.add_argument("--public", type=Path, help="folder of public rows (*.jsonl) to mix in")
    further = "data files whose texts must not occur either; those of the evaluation's must and own never do"
    parser.add_argument("--never", type=Path, nargs="*", default=[], help=further)
    parser.add_argument("--out", type=Path, default=Path("training/data/generated"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--jobs", type=int, default=1, help="processes")


def run(arguments: argparse.Namespace) -> int:
    """Check, or generate."""
    if arguments.check:
        return _check(arguments.languages)
    if arguments.show:
        for language in arguments.languages:
            for line in show(language, arguments.show, arguments.only, arguments.seed):
                sys.stdout.write(line + "\n")
        return 0
    from ..data.generate import generate

    return generate(arguments)


def _check(languages: list[str]) -> int:
    failed = False
    for language in languages:
        report, errors = check_language(language)
        sys.stdout.write("\n".join([*report, *errors[:50]]) + "\n")
        failed |= bool(errors)
    return int(failed)
