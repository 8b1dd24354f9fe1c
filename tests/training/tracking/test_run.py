"""Every run leaves a record, whatever happens inside."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from training.tracking.record import FOLDER_VARIABLE, Record, RecordError, find_record, read_records
from training.tracking.run import CURVE_POINTS, alive, read_examples, record_run
from training.tracking.surroundings import ROOT


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "records"))
    return tmp_path / "records"


def test_a_run_leaves_what_it_depended_on(tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text("a\n")
    with record_run("train", seed=0, inputs={"data": data}, config={"rate": 0.5, "out": tmp_path}) as run:
        run.log(step=1, loss=2.0)
        run.metrics["exact"] = 0.75
        run.save_examples([{"text": "æ"}])
    (record,) = read_records()
    assert record.state == "done"
    assert record.seed == 0
    assert record.metrics == {"exact": 0.75}
    assert record.curve == [{"step": 1, "loss": 2.0}]
    assert record.inputs["data"]["bytes"] == 2
    assert record.versions["python"]
    assert record.machine["cores"]
    assert record.ended
    assert record.error is None
    assert "commit" in record.code
    assert read_examples(record) == [{"text": "æ"}]
    assert str(ROOT) not in json.dumps(record.config)


def test_another_input_has_another_hash(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for text in ("a", "b"):
        data.write_text(text)
        with record_run("train", inputs={"data": data, "none": tmp_path / "missing"}):
            pass
    first, second = read_records()
    assert first.inputs["data"]["sha256"] != second.inputs["data"]["sha256"]
    assert first.inputs["none"]["sha256"] is None
    assert first.id != second.id


def test_a_crashed_run_leaves_its_error_and_what_was_measured() -> None:
    with pytest.raises(ZeroDivisionError), record_run("train") as run:  # noqa: PT012  # it crashes half way
        run.log(step=1, loss=3.0)
        run.metrics["part"] = 0.5
        raise ZeroDivisionError("no rows")
    (record,) = read_records()
    assert record.state == "failed"
    assert record.error is not None
    assert "ZeroDivisionError: no rows" in record.error
    assert str(Path.home()) not in record.error
    assert record.metrics == {"part": 0.5}
    assert record.curve


def test_an_interrupted_run_says_so() -> None:
    with pytest.raises(KeyboardInterrupt), record_run("train"):
        raise KeyboardInterrupt
    assert read_records()[0].state == "interrupted"


def test_a_killed_run_leaves_a_record_that_nobody_is_behind() -> None:
    script = "import os, signal\nfrom training.tracking.run import record_run\nwith record_run('train'):\n"
    script += "    os.kill(os.getpid(), signal.SIGKILL)\n"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=dict(os.environ), check=False)
    assert done.returncode != 0
    (record,) = read_records()
    assert record.state == "running"
    assert not alive(record)


def test_a_run_that_goes_on_is_alive() -> None:
    with record_run("train"):
        (record,) = read_records()
        assert record.state == "running"
        assert alive(record)


def test_long_curves_are_thinned_out_evenly() -> None:
    with record_run("train") as run:
        for step in range(1000):
            run.log(step=step)
    steps = [point["step"] for point in read_records()[0].curve]
    assert CURVE_POINTS / 2 <= len(steps) < 2 * CURVE_POINTS
    assert steps[0] == 0
    assert len({b - a for a, b in pairwise(steps)}) == 1


def test_records_are_found_by_any_part_that_no_other_has(folder: Path) -> None:
    Record("20260101-000000-train", "train").write(folder)
    Record("20260102-000000-train", "train").write(folder)
    assert find_record("0102").id == "20260102-000000-train"
    assert find_record("last").id == "20260102-000000-train"
    with pytest.raises(RecordError, match="2 records match 'train'"):
        find_record("train")
    with pytest.raises(RecordError, match="no records match"):
        find_record("evaluate")


def test_a_file_that_is_no_record_is_named(folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.json").write_text('{"hello": 1}')
    with pytest.raises(ValueError, match=r"notes\.json is not a record"):
        read_records()
