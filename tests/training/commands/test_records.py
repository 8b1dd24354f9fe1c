"""The commands on records: runs, conclude, compare, rerun."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from training.evaluation.measure import Measured, measure
from training.evaluation.predict import Answer
from training.evaluation.rows import Row, Scope
from training.tracking.record import Record, read_records
from training.tracking.run import record_run

Command = Callable[..., int]
Printed = pytest.CaptureFixture[str]
ROWS = [Row(f"r{i}", "made", "en", f"sentence {i}", Scope.IN, ({"name": "pause", "args": {}},)) for i in range(6)]


def recorded(right: Sequence[int], rows: Sequence[Row] = ROWS, **config: Any) -> Record:
    """A run that was right on these rows, with its answers."""

    def ask(asked: Sequence[Row]) -> dict[str, Answer]:
        names = ["pause" if int(row.id[1:]) in right else "stop" for row in asked]
        return {
            row.id: Answer(({"name": name, "args": {"area": "den"} if name == "stop" else {}},))
            for row, name in zip(asked, names, strict=True)
        }

    with record_run("evaluate-dev", config=config) as run:
        measured: list[Measured] = measure({"dev": rows}, ask)
        run.save_examples(example for view in measured for example in view.examples())
        run.metrics.update({view.view: view.metrics() for view in measured})
        run.record.outcomes = {view.view: view.outcomes.as_data() for view in measured}
    return run.record


def test_runs_lists_the_oldest_first_with_state_figures_and_conclusion(command: Command, capsys: Printed) -> None:
    recorded([0, 1, 2])
    with pytest.raises(ValueError, match="no data"), record_run("train"):
        raise ValueError("no data")
    command("conclude", "train", "it needs data")
    capsys.readouterr()
    assert command("runs") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert "evaluate-dev" in first
    assert "done" in first
    assert "dev 50.0%" in first
    assert "failed" in second
    assert second.endswith("| it needs data")
    command("runs", "--kind", "train")
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_run_that_was_killed_is_listed_as_lost(command: Command, capsys: Printed) -> None:
    Record("20260101-000000-train", "train").write()
    command("runs")
    assert " lost " in capsys.readouterr().out


def test_one_run_is_printed_whole(command: Command, capsys: Printed) -> None:
    run = recorded([1], rate=0.5)
    command("runs", "last")
    printed = json.loads(capsys.readouterr().out)
    assert printed["id"] == run.id
    assert printed["config"] == {"rate": 0.5}


def test_a_conclusion_is_one_line(command: Command) -> None:
    recorded([0])
    assert command("conclude", "last", "two\nlines") == 2
    assert command("conclude", "last", " ") == 2
    assert read_records()[0].conclusion is None
    assert command("conclude", "last", " Twice the rows, no better ") == 0
    assert read_records()[0].conclusion == "Twice the rows, no better"
    assert not read_records()[0].accepted
    command("conclude", "last", "better", "--accept")
    command("conclude", "last", "much better")
    assert read_records()[0].accepted


def test_compare_counts_and_shows_what_changed(command: Command, capsys: Printed) -> None:
    old, new = recorded([0, 1, 2], rate=1.0), recorded([1, 2, 3, 4], rate=2.0)
    assert command("compare", old.id, new.id) == 0
    printed = capsys.readouterr().out
    assert "config.rate: 1.0 -> 2.0" in printed
    assert "newly right: 2" in printed
    assert "newly wrong: 1" in printed
    assert "cannot tell" in printed
    wrong = printed[printed.index("newly wrong") :]
    assert "[en] sentence 0" in wrong
    assert "due pause()" in wrong
    assert "new stop(area='den')" in wrong
    command("compare", old.id, new.id, "--examples", 0)
    assert "sentence" not in capsys.readouterr().out


def test_compare_works_from_the_records_alone(command: Command, capsys: Printed, records: Path) -> None:
    old, new = recorded([0]), recorded([1])
    for examples in records.rglob("examples.jsonl.gz"):
        examples.unlink()
    assert command("compare", old.id, new.id) == 0
    printed = capsys.readouterr().out
    assert "1 newly right, 1 newly wrong" in printed
    assert "the machine that ran it" in printed


def test_runs_over_other_rows_are_not_compared(command: Command, capsys: Printed) -> None:
    old, new = recorded([0]), recorded([0], ROWS[:3])
    assert command("compare", old.id, new.id) == 1
    assert "did not measure the same rows" in capsys.readouterr().err


def test_rerun_says_what_is_no_longer_the_same(tmp_path: Path, command: Command, capsys: Printed) -> None:
    data = tmp_path / "rows.jsonl"
    data.write_text("before")
    with record_run("evaluate-dev", inputs={"rows": data}) as run:
        run.record.command = ["training", "evaluate", "dev"]
        run.record.code = {"commit": "0" * 40, "dirty": True}
    data.write_text("after")
    assert command("rerun", "last", "--dry") == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == "python -m training evaluate dev"
    assert f"commit {'0' * 40} then" in printed
    assert "only a hash of how was kept" in printed
    assert "rows (" in printed
    assert "is another file" in printed


def test_rerun_runs_the_command_again(command: Command, capfd: Printed) -> None:
    with record_run("listed") as run:
        run.record.command = ["training", "runs", "--kind", "listed"]
    assert command("rerun", "last") == 0
    assert run.record.id in capfd.readouterr().out
    with record_run("failing") as run:
        run.record.command = ["training", "evaluate", "no-such-tier"]
    assert command("rerun", "failing") == 2


def test_what_the_command_line_did_not_start_is_not_run_again(command: Command, capsys: Printed) -> None:
    with record_run("notebook") as run:
        run.record.command = ["notebook.py"]
    assert command("rerun", "last") == 2
    assert "was not started by" in capsys.readouterr().err


def test_an_unknown_run_is_said_in_one_sentence(command: Command, capsys: Printed) -> None:
    assert command("compare", "yesterday", "last") == 2
    assert capsys.readouterr().err.startswith("no records match 'yesterday'")
