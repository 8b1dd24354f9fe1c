"""The shipped model answers every everyday command, as `python -m training evaluate must` says."""

import sys
from pathlib import Path

import pytest

from training.__main__ import main
from training.evaluation.predict import EMBEDDED_MODEL, SERVER_PYTHON
from training.tracking.record import FOLDER_VARIABLE

needs_model = pytest.mark.skipif(
    not (EMBEDDED_MODEL.exists() and SERVER_PYTHON.exists()), reason="needs the shipped model and .venv"
)


@needs_model
def test_nothing_fails_that_is_not_known_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["training/__main__.py", "evaluate", "must", "--brief"])
    status = main()
    failures = [line for line in capsys.readouterr().out.splitlines() if line.startswith(("FAILS", "must"))]
    assert status == 0, "\n".join(failures)
