"""Home Assistant's own default agent, gazetteer matcher included, asked in a real Home Assistant core."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..predict import ROOT, SERVER_PYTHON, Answer, PredictionError, read_answers
from ..rows import Row


def answers(rows: Sequence[Row]) -> dict[str, Answer]:
    """What the agent would run, as calls of our catalogue; in the environment that has Home Assistant."""
    python = SERVER_PYTHON if SERVER_PYTHON.exists() else Path(sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "asked.jsonl", Path(folder) / "answered.jsonl"
        lines = ({**row.request(), "calls": [dict(call) for call in row.calls]} for row in rows)
        source.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
        command = [str(python), "-m", "training.evaluation.baselines.home_assistant_core", str(source), str(target)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise PredictionError(f"Home Assistant left with code {done.returncode}: {done.stderr.strip()[-2000:]}")
        return read_answers(target)
