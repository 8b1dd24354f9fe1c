"""`python -m training conclude`: write what a run taught in one line, and whether later runs are compared with it."""

import argparse
import sys

from ..tracking.record import find_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", help="any part of the run's id that no other has, or last")
    parser.add_argument("conclusion", help="one line")
    parser.add_argument("--accept", action="store_true", help="compare later runs of the kind with this one")


def run(arguments: argparse.Namespace) -> int:
    """Write the line into the record."""
    if "\n" in arguments.conclusion or not arguments.conclusion.strip():
        sys.stderr.write("A conclusion is one line.\n")
        return 2
    record = find_record(arguments.id)
    record.conclusion = arguments.conclusion.strip()
    record.accepted = record.accepted or arguments.accept
    record.write()
    sys.stdout.write(f"{record.id}: {record.conclusion}{' (accepted)' if record.accepted else ''}\n")
    return 0
