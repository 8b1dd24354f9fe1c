"""`python -m training evaluate`: measure the shipped model through the server's own path."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ..evaluation.measure import Measured, measure
from ..evaluation.paired_rows import against_accepted
from ..evaluation.predict import EMBEDDED_MODEL, ROOT, Answer, ask_server, read_answers
from ..evaluation.report import baselines_of, text_table
from ..evaluation.rows import Row, load_rows
from ..evaluation.tiers import Tier, Views, known_failures, views
from ..tracking.record import read_records
from ..tracking.run import record_run

CODE = {
    "catalogue": ROOT / "wyoming_server" / "catalogue.py",
    "prompt": ROOT / "wyoming_server" / "translation" / "prompt.py",
    "grammar": ROOT / "wyoming_server" / "translation" / "grammar.py",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "tier", nargs="?", type=Tier, default=Tier.QUICK, help="must, quick (default), own, dev, nightly"
    )
    parser.add_argument("--model", type=Path, help="a GGUF instead of the embedded one")
    parser.add_argument("--rows", type=Path, nargs="+", help="files of rows instead of the tier's")
    parser.add_argument("--answers", type=Path, help="answers that are there already, instead of asking the server")
    parser.add_argument("--brief", action="store_true", help="one line a view instead of its table")


def run(arguments: argparse.Namespace) -> int:
    """Measure a tier, leave a record, print tables. 1 where a must row fails that is not on the list of known ones."""
    rows: Views = {"rows": load_rows(arguments.rows)} if arguments.rows else views(arguments.tier)
    if not any(rows.values()):
        sys.stderr.write("There are no rows: the public sets do not lie beside the repository.\n")
        return 2
    tier = "rows" if arguments.rows else arguments.tier.value
    inputs = {"model": arguments.model or EMBEDDED_MODEL, **CODE}
    given = vars(arguments) | {"tier": tier}
    with record_run(f"evaluate-{tier}", inputs=inputs, config=given) as recorded:
        measured = measure(rows, lambda asked: _answers(arguments, asked))
        recorded.save_examples(example for view in measured for example in view.examples())
        recorded.metrics.update({view.view: view.metrics() for view in measured})
        recorded.record.outcomes = {view.view: view.outcomes.as_data() for view in measured}
    _print(measured, brief=arguments.brief)
    sys.stdout.write(against_accepted(recorded.record, read_records()))
    sys.stdout.write(f"recorded as {recorded.record.id}\n")
    return max((_must(view) for view in measured if view.view == "must"), default=0)


def _answers(arguments: argparse.Namespace, rows: Sequence[Row]) -> dict[str, Answer]:
    if arguments.answers:
        given = read_answers(arguments.answers)
        return {row.id: given.get(row.id, Answer(())) for row in rows}
    return ask_server(rows, arguments.model)


def _print(measured: list[Measured], *, brief: bool) -> None:
    records = read_records()
    for view in measured:
        scores = view.scores
        if brief:
            right = sum(view.right.values())
            sys.stdout.write(f"{view.view}: {right} of {len(view.right)} right\n")
            continue
        baselines = baselines_of(records, view.view, view.outcomes.rows)
        sys.stdout.write(f"\n== {view.view}: {len(view.right)} rows ==\n{text_table(scores, baselines)}\n")
        if latency := view.metrics().get("ms"):
            sys.stdout.write(f"one call: median {latency['p50']} ms, 95th percentile {latency['p95']} ms\n")


def _must(view: Measured) -> int:
    """Print what of the must tier fails; 1 where that is more than the list of known failures says."""
    known, failed = known_failures(), sorted(row for row, right in view.right.items() if not right)
    rows = {row.id: row for row in view.rows}
    for row in failed:
        calls = [call["name"] for call in view.answers[row].calls]
        sys.stdout.write(f"{'known to fail' if row in known else 'FAILS'}: {row} {rows[row].text!r} -> {calls}\n")
    new = set(failed) - known
    sys.stdout.write(
        f"must: {len(failed)} fail, {len(new)} of them are not known to, {len(known - set(failed))} known ones pass\n"
    )
    return int(bool(new))
