"""The dashboard is a switch: without it nothing is imported, with it figures arrive in a local database."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from training.tracking.dashboard import PROJECT, SWITCH, open_dashboard
from training.tracking.record import FOLDER_VARIABLE, Record, read_records
from training.tracking.run import record_run
from training.tracking.surroundings import ROOT

RUN = """
import socket

def refused(*_):
    raise OSError("there is no network")

socket.socket.connect = refused
from training.tracking.run import record_run
with record_run("train", seed=3, config={"rate": 0.5}) as run:
    run.log(step=10, loss=2.0)
    run.log(step=20, loss=1.0)
    run.metrics["exact"] = 0.5
"""


def test_without_the_switch_nothing_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SWITCH, raising=False)
    monkeypatch.setattr("importlib.import_module", lambda _: pytest.fail("imported"))
    open_dashboard(Record("a", "train")).log({"loss": 1.0})


def test_an_unknown_dashboard_is_refused_before_anything_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv(SWITCH, "excel")
    with pytest.raises(ValueError, match="'excel', expected one of trackio, wandb"), record_run("train"):
        pytest.fail("it ran")
    assert not read_records()


def test_trackio_gets_figures_without_a_network(tmp_path: Path) -> None:
    pytest.importorskip("trackio")
    own = {SWITCH: "trackio", FOLDER_VARIABLE: str(tmp_path / "records"), "TRACKIO_DIR": str(tmp_path / "trackio")}
    subprocess.run([sys.executable, "-c", RUN], cwd=ROOT, env={**os.environ, **own}, check=True, timeout=120)
    with sqlite3.connect(tmp_path / "trackio" / f"{PROJECT}.db") as database:
        rows = database.execute("select run_name, step, metrics from metrics order by id").fetchall()
    (record,) = read_records(tmp_path / "records")
    assert {name for name, *_ in rows} == {record.id}
    assert [(step, json.loads(values)) for _, step, values in rows[:2]] == [(10, {"loss": 2.0}), (20, {"loss": 1.0})]
    assert json.loads(rows[-1][2]) == {"exact": 0.5}
    assert record.state == "done"


class Failing:
    """A dashboard whose server is gone."""

    @staticmethod
    def init(**_: object) -> None:
        pass

    @staticmethod
    def log(_: object, step: int | None = None) -> None:
        raise ConnectionError("gone")

    finish = init


def test_a_dashboard_that_fails_costs_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv(SWITCH, "wandb")
    monkeypatch.setitem(sys.modules, "wandb", Failing)
    with pytest.raises(ConnectionError), record_run("train") as run:
        run.metrics["exact"] = 0.5
    assert read_records()[0].state == "done"
