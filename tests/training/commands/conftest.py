"""Commands as they are typed, with records in a folder of the test's own."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from training.__main__ import main
from training.tracking.record import FOLDER_VARIABLE

Command = Callable[..., int]


@pytest.fixture(autouse=True)
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this test's records."""
    folder = tmp_path / "records"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    monkeypatch.delenv("TRAINING_DASHBOARD", raising=False)
    return folder


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """`python -m training ...` in this process; returns the exit status."""

    def typed(*words: object) -> int:
        monkeypatch.setattr(sys, "argv", ["training/__main__.py", *map(str, words)])
        return main()

    return typed
