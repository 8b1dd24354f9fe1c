"""`python -m training compare A B`: what the second run gained and lost, row by row."""

import argparse
import sys
from typing import Any

from ..tracking.outcomes import Outcomes
from ..tracking.paired import Paired
from ..tracking.record import Record, find_record
from ..tracking.run import read_examples


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("old", help="any part of the run's id that no other has, or last")
    parser.add_argument("new")
    parser.add_argument("--examples", type=int, default=10, help="how many rows to print of each kind")


def run(arguments: argparse.Namespace) -> int:
    """Print what differs between the runs, then a 2x2 table and examples of every view that both measured."""
    old, new = find_record(arguments.old), find_record(arguments.new)
    sys.stdout.write(_differences(old, new))
    views = [view for view in new.outcomes if _same_rows(old, new, view)]
    if not views:
        sys.stderr.write(f"{old.id} and {new.id} did not measure the same rows.\n")
        return 1
    for view in views:
        a, b = Outcomes.from_data(old.outcomes[view]), Outcomes.from_data(new.outcomes[view])
        paired = Paired.of(zip(a.right, b.right, strict=True))
        sys.stdout.write(f"\n== {view} ==\n{paired.table('old', 'new')}\n{paired}\n")
        _print_examples(old, new, view, arguments.examples)
    return 0


def _same_rows(old: Record, new: Record, view: str) -> bool:
    return view in old.outcomes and old.outcomes[view]["rows"] == new.outcomes[view]["rows"]


def _differences(old: Record, new: Record) -> str:
    """The code, inputs and settings in which two runs differ, a line each."""
    lines = [f"old {old.id}  {old.conclusion or ''}", f"new {new.id}  {new.conclusion or ''}"]
    for title in ("code", "inputs", "config", "versions", "machine"):
        a, b = getattr(old, title), getattr(new, title)
        lines += [
            f"  {title}.{key}: {_short(a.get(key))} -> {_short(b.get(key))}"
            for key in sorted({*a, *b})
            if a.get(key) != b.get(key)
        ]
    return "\n".join(lines) + "\n"


def _short(value: Any) -> str:
    return str(value.get("sha256")) if isinstance(value, dict) else str(value)


def _print_examples(old: Record, new: Record, view: str, count: int) -> None:
    try:
        a, b = ({e["id"]: e for e in read_examples(r) if e["view"] == view} for r in (old, new))
    except FileNotFoundError:
        sys.stdout.write("(the answers themselves lie on the machine that ran it)\n")
        return
    for title, was, now in (("newly right", False, True), ("newly wrong", True, False)):
        rows = [key for key in sorted(a) if key in b and a[key]["right"] is was and b[key]["right"] is now]
        sys.stdout.write(f"{title}: {len(rows)}\n" if rows else "")
        for key in rows[:count]:
            sys.stdout.write(f"  [{a[key]['lang']}] {a[key]['text']}\n")
            sys.stdout.write(f"    due {_calls(a[key]['due'])}\n")
            sys.stdout.write(f"    old {_calls(a[key]['calls'])}\n    new {_calls(b[key]['calls'])}\n")


def _calls(calls: list[dict[str, Any]]) -> str:
    written = (f"{c['name']}({', '.join(f'{k}={v!r}' for k, v in c['args'].items())})" for c in calls)
    return "; ".join(written) or "unknown()"
