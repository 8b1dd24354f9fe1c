"""`python -m training COMMAND`: every module of `training/commands` is a command."""

import argparse
import importlib
import pkgutil
import sys

from . import commands
from .tracking.record import RecordError


def main() -> int:
    """Run the command that the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m training")
    subparsers = parser.add_subparsers(dest="command", required=True)
    modules = {}
    for found in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"{commands.__name__}.{found.name}")
        modules[found.name] = module
        module.add_arguments(subparsers.add_parser(found.name, help=(module.__doc__ or "").strip().splitlines()[0]))
    arguments = parser.parse_args()
    try:
        return int(modules[arguments.command].run(arguments))
    except RecordError as error:
        sys.stderr.write(f"{error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
