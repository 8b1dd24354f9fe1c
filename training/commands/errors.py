"""`python -m training errors RUN`: why a run's rows were wrong, the most costly cause first."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from ..evaluation.causes import acted, causes
from ..evaluation.rows import Row, Scope
from ..tracking.record import find_record
from ..tracking.run import read_examples


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("run", nargs="?", default="last", help="any part of the run's id that no other has, or last")
    parser.add_argument("--view", default="dev")
    parser.add_argument("--language", help="only rows of this language")
    parser.add_argument("--most", type=int, default=10, help="how many causes to print")


def run(arguments: argparse.Namespace) -> int:
    """Print the causes; the run's answers must lie on this machine."""
    record = find_record(arguments.run)
    try:
        examples = [e for e in read_examples(record) if e["view"] == arguments.view and e["right"] is not None]
    except FileNotFoundError:
        sys.stderr.write(f"The answers of {record.id} lie on the machine that ran it.\n")
        return 1
    if arguments.language:
        examples = [e for e in examples if e["lang"] == arguments.language]
    rows = [_row(example) for example in examples]
    answers: dict[str, Sequence[Mapping[str, Any]]] = {example["id"]: example["calls"] for example in examples}
    found = causes(rows, answers)
    sys.stdout.write(
        f"{record.id}, {arguments.view}: {len(rows)} rows\n{'cause':52}{'rows':>6}{'points':>8}  languages\n"
    )
    for cause in found[: arguments.most]:
        sys.stdout.write(f"{cause.name:52}{cause.rows:6}{cause.points:8.2f}  {cause.languages}\n")
    rest = found[arguments.most :]
    sys.stdout.write(
        f"{f'{len(rest)} further causes':52}{sum(c.rows for c in rest):6}{sum(c.points for c in rest):8.2f}\n"
    )
    silent_due = sum(row.scope is Scope.OUT for row in rows)
    wrong = acted(rows, answers)
    told = ", ".join(f"{name} {count}" for name, count in wrong.most_common(arguments.most))
    sys.stdout.write(f"acted on {wrong.total()} of {silent_due} rows where nothing was due: {told or 'none'}\n")
    return 0


def _row(example: Mapping[str, Any]) -> Row:
    return Row(
        id=example["id"],
        source=example["view"],
        language=example["lang"],
        text=example["text"],
        scope=Scope.IN if example["skill"] else Scope.OUT,
        calls=tuple(example["due"]),
        also=(tuple(example["calls"]),) if example["right"] else (),  # other answers than `due` may be right too
    )
