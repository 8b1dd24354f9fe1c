"""What the embedded models are known to get wrong; the lists may only shrink."""

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from .everyday import Command

_FILE = Path(__file__).with_name("known_failures.txt")


def parameter(command: Command, *, spoken: bool = False) -> ParameterSet:
    """The command as a test's parameter, expected to fail where it is known to."""
    line = f"{'spoken' if spoken else 'typed'}: {command.text}"
    known = line in _FILE.read_text(encoding="utf-8").splitlines()
    marks = [pytest.mark.xfail(reason="the embedded models are known to get this wrong", strict=False)] if known else []
    return pytest.param(command, marks=marks, id=command.text)
