"""`python -m training runs`: list the recorded runs."""

import argparse
import json
import sys
from dataclasses import asdict

from ..tracking.record import Record, find_record, read_records
from ..tracking.run import alive


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", nargs="?", help="print this run's whole record; any part of its id, or last")
    parser.add_argument("--kind", help="only kinds that hold this text")


def run(arguments: argparse.Namespace) -> int:
    """List runs, the oldest first, or print one."""
    if arguments.id:
        sys.stdout.write(json.dumps(asdict(find_record(arguments.id)), indent=1, ensure_ascii=False) + "\n")
        return 0
    for record in read_records():
        if not arguments.kind or arguments.kind in record.kind:
            sys.stdout.write(_line(record) + "\n")
    return 0


def _line(record: Record) -> str:
    state = "lost" if record.state == "running" and not alive(record) else record.state
    commit = (record.code.get("commit") or "no commit")[:7] + ("+" if record.code.get("dirty") else "")
    figures = "  ".join(f"{view} {_headline(metrics)}" for view, metrics in record.metrics.items())
    said = f"  | {record.conclusion}" if record.conclusion else ""
    accepted = "*" if record.accepted else " "
    return f"{accepted} {record.id:44} {state:11} {commit:9} {record.seconds or 0:7.0f} s  {figures[:100]}{said}"


def _headline(metrics: object) -> str:
    if isinstance(metrics, dict) and "exact" in metrics.get("all", {}):
        return f"{metrics['all']['exact']:.1%}"
    return f"{metrics:.4g}" if isinstance(metrics, int | float) else "..."
