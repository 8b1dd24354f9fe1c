"""`python -m training rerun ID`: the same command again, after saying what is no longer the same."""

import argparse
import subprocess
import sys

from ..tracking.record import Record, find_record
from ..tracking.surroundings import ROOT, code, hashes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", help="any part of the run's id that no other has, or last")
    parser.add_argument("--dry", action="store_true", help="only print the command and what has changed")


def run(arguments: argparse.Namespace) -> int:
    """Run it again in this checkout; the exit code is the command's."""
    record = find_record(arguments.id)
    if not record.command or record.command[0] != "training":
        sys.stderr.write(f"{record.id} was not started by `python -m training`.\n")
        return 2
    for change in changes(record):
        sys.stdout.write(f"not the same: {change}\n")
    sys.stdout.write(f"python -m {' '.join(record.command)}\n")
    if arguments.dry:
        return 0
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", *record.command], cwd=ROOT, check=False).returncode  # noqa: S603


def changes(record: Record) -> list[str]:
    """What has changed since: the code and the inputs."""
    found = []
    now = code()
    if now.get("commit") != record.code.get("commit"):
        found.append(
            f"commit {record.code.get('commit')} then, {now.get('commit')} now (git checkout the first for it)"
        )
    if record.code.get("dirty"):
        found.append("files differed from the commit then, and only a hash of how was kept")
    if now.get("dirty"):
        found.append("files differ from the commit now")
    for name, then in record.inputs.items():
        today = hashes({name: ROOT / then["path"]})[name]
        if today["sha256"] != then["sha256"]:
            found.append(f"{name} ({then['path']}) is another file")
    return found
