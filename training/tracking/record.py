"""The record that a run leaves: a small JSON file that is committed, so that failures teach as well."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from .surroundings import ROOT

FOLDER_VARIABLE = "TRAINING_EXPERIMENTS"
"""Environment variable with another folder for records, for machines that hand back one folder only."""


class RecordError(LookupError):
    """There is no such record, or more than one; the message says which in one sentence."""


@dataclass
class Record:
    """Everything about one run that is worth keeping."""

    id: str
    """Start in UTC and kind: `20261124-0512-evaluate-quick`. Any part that no other run has names it."""
    kind: str
    state: str = "running"
    """`running`, `done`, `failed`, `interrupted`."""
    command: list[str] = field(default_factory=list)
    seed: int | None = None
    code: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    """Hashes of data, model, prompt, grammar: `{"model": {"path", "sha256", "bytes"}}`."""
    config: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    machine: dict[str, Any] = field(default_factory=dict)
    started: str = ""
    ended: str | None = None
    seconds: float | None = None
    metrics: dict[str, Any] = field(default_factory=dict)
    curve: list[dict[str, Any]] = field(default_factory=list)
    """Measurements along the way, thinned out."""
    outcomes: dict[str, Any] = field(default_factory=dict)
    """Rows that a run was right on, packed: see `Outcomes`."""
    error: str | None = None
    conclusion: str | None = None
    """What was learnt, in one line, written by a person."""
    accepted: bool = False
    """Whether later runs of the kind are compared with this one."""

    def write(self, folder: Path | None = None) -> Path:
        """Write the record to its file, whole or not at all."""
        folder = folder or records_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.id}.json"
        written = path.with_suffix(".tmp")
        data = {k: v for k, v in asdict(self).items() if v not in (None, {}, [], "") and v is not False}  # 0 stays
        written.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        written.replace(path)
        return path


def records_folder() -> Path:
    """Where records are kept."""
    return Path(os.environ.get(FOLDER_VARIABLE) or ROOT / "training" / "experiments")


def outputs_folder(record_id: str) -> Path:
    """Where the bulky outputs of one run are kept; not committed."""
    other = os.environ.get(FOLDER_VARIABLE)
    return (Path(other) / "outputs" if other else ROOT / "training" / "runs") / record_id


def read_records(folder: Path | None = None) -> list[Record]:
    """Every record, the oldest first; raises ValueError for a file that is none."""
    return [_read(path) for path in sorted((folder or records_folder()).glob("*.json"))]


def find_record(part: str, folder: Path | None = None) -> Record:
    """The one record whose id holds `part`, or the newest for "last"; raises RecordError."""
    records = read_records(folder)
    if part == "last" and records:
        return records[-1]
    found = [r for r in records if r.id == part] or [r for r in records if part in r.id]
    if len(found) != 1:
        ids = ", ".join(r.id for r in found[:5]) or "`python -m training runs` lists them"
        raise RecordError(f"{len(found) or 'no'} records match {part!r}: {ids}")
    return found[0]


def _read(path: Path) -> Record:
    data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    known = {f.name for f in fields(Record)}
    if not {"id", "kind"} <= data.keys() <= known:
        raise ValueError(f"{path.name} is not a record")
    return Record(**data)
