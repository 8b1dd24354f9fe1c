"""Asks the shipped server for answers: its own command line, model, grammar and parser, nothing of ours between."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .rows import CallData, Row

ROOT = Path(__file__).resolve().parents[2]
SERVER_PYTHON = ROOT / ".venv" / "bin" / "python"
EMBEDDED_MODEL = ROOT / "wyoming_server" / "models" / "translator.gguf"


class PredictionError(RuntimeError):
    """The server gave no answers; the message holds what it said."""


@dataclass(frozen=True)
class Answer:
    """What the server made of one row."""

    calls: tuple[CallData, ...]
    confidence: float = 1.0
    milliseconds: float = 0.0


def ask_server(rows: Sequence[Row], model: Path | None = None) -> dict[str, Answer]:
    """The server's answers by row id, in a process of its own.

    Raises PredictionError where the server fails or leaves rows out.
    """
    python = SERVER_PYTHON if SERVER_PYTHON.exists() else Path(sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "asked.jsonl", Path(folder) / "answered.jsonl"
        source.write_text("".join(json.dumps(row.request(), ensure_ascii=False) + "\n" for row in rows), "utf-8")
        command = [str(python), "-m", "wyoming_server", "translate"]
        command += ["--translator", str(model.resolve())] if model else []
        done = subprocess.run(  # noqa: S603
            [*command, "--jsonl", str(source), str(target)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise PredictionError(f"the server left with code {done.returncode}: {done.stderr.strip()[-2000:]}")
        answers = read_answers(target)
    missing = [row.id for row in rows if row.id not in answers]
    if missing:
        raise PredictionError(f"{len(missing)} rows were not answered, the first is {missing[0]}")
    return answers


def read_answers(path: Path) -> dict[str, Answer]:
    """Answers by row id, as `translate --jsonl` writes them."""
    answers = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        answers[data["id"]] = Answer(tuple(data["calls"]), data.get("confidence", 1.0), data.get("ms", 0.0))
    return answers
