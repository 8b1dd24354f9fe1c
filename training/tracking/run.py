"""`record_run`: a context manager around a run, which leaves a record whatever happens inside."""

import datetime
import gzip
import json
import os
import re
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .dashboard import open_dashboard
from .record import Record, outputs_folder, records_folder
from .surroundings import ROOT, code, command, hashes, machine, versions

CURVE_POINTS = 100
"""Measurements kept in a record; when there are twice as many, every other one is dropped."""


class Run:
    """A run that is under way."""

    def __init__(self, record: Record, folder: Path) -> None:
        self.record = record
        self.folder = folder
        """For outputs that are too large to commit: `training/runs/ID`."""
        self._dashboard = open_dashboard(record)
        self._stride, self._logged = 1, 0

    @property
    def metrics(self) -> dict[str, Any]:
        """The figures of the record, to be filled in."""
        return self.record.metrics

    def log(self, **values: float) -> None:
        """Note measurements along the way: `run.log(step=100, loss=2.3)`."""
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(values) + "\n")
        self._dashboard.log(values)
        if self._logged % self._stride == 0:
            self.record.curve.append(values)
        self._logged += 1
        if len(self.record.curve) >= 2 * CURVE_POINTS:
            self.record.curve = self.record.curve[::2]
            self._stride *= 2

    def inputs(self, files: Mapping[str, Path]) -> None:
        """Note files that the run depends on, by their hashes."""
        self.record.inputs.update(hashes(files))

    def save_examples(self, examples: Iterable[Mapping[str, Any]]) -> None:
        """Keep what came out for every example, compressed."""
        with gzip.open(self.folder / "examples.jsonl.gz", "wt", encoding="utf-8") as lines:
            for example in examples:
                lines.write(json.dumps(example, ensure_ascii=False) + "\n")

    def end(self, state: str) -> None:
        """Close the record, then the dashboard: where that fails, the record is there."""
        self.record.state = state
        self.record.ended = _now().isoformat(timespec="seconds")
        self.record.write()
        self._dashboard.log({k: v for k, v in self.metrics.items() if isinstance(v, int | float)})
        self._dashboard.finish()


@contextmanager
def record_run(
    kind: str,
    *,
    seed: int | None = None,
    inputs: Mapping[str, Path] | None = None,
    config: Mapping[str, Any] | None = None,
) -> Iterator[Run]:
    """Record what happens inside, a crash and Ctrl-C too, in `training/experiments/ID.json`.

    with record_run("train", seed=1, inputs={"data": path}, config=vars(arguments)) as run:
        run.log(step=100, loss=2.3)
        run.metrics["loss"] = 1.9
    """
    record = Record(
        id=_new_id(kind),
        kind=kind,
        command=command(),
        seed=seed,
        code=code(),
        inputs=hashes(inputs or {}),
        config={key: _plain(value) for key, value in (config or {}).items() if key != "command"},
        versions=versions(),
        machine=machine(),
        started=_now().isoformat(timespec="seconds"),
    )
    folder = outputs_folder(record.id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pid").write_text(str(os.getpid()), encoding="ascii")
    run = Run(record, folder)
    record.write()  # a run that is killed leaves at least this
    started, state = time.monotonic(), "failed"
    try:
        yield run
        state = "done"
    except KeyboardInterrupt:
        state = "interrupted"
        raise
    except BaseException:
        record.error = _without_folders(traceback.format_exc(limit=-3))
        raise
    finally:
        record.seconds = round(time.monotonic() - started, 1)
        run.end(state)


def read_examples(record: Record) -> list[dict[str, Any]]:
    """What came out for every example of a run; raises FileNotFoundError where this machine did not run it."""
    with gzip.open(outputs_folder(record.id) / "examples.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def alive(record: Record) -> bool:
    """Whether the process of a running run is still there; a killed one leaves its record as `running`."""
    try:
        os.kill(int((outputs_folder(record.id) / "pid").read_text(encoding="ascii")), 0)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _new_id(kind: str) -> str:
    base = f"{_now():%Y%m%d-%H%M%S}-{re.sub(r'[^a-z0-9]+', '-', kind.lower())}"
    taken, number = {path.stem for path in records_folder().glob(f"{base}*.json")}, 2
    name = base
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return os.path.relpath(value, ROOT) if value.is_absolute() else str(value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _without_folders(text: str) -> str:
    home = str(Path.home())
    return re.sub(r'File "[^"]*site-packages/', 'File "', text.replace(f"{ROOT}/", "").replace(home, "~"))


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
