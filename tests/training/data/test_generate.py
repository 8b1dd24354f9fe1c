"""What measures is never trained on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from training.data.generate import Sieve, measured
from training.data.rows import Row
from training.evaluation.rows import load_rows
from training.evaluation.tiers import OWN

NEW = "the heron that stood beside our pond flew off before anyone counted its feathers"
"""Nothing that one asks a speaker."""


def row(text: str, language: str = "en") -> Row:
    return Row("templates", language, text, ())


def test_no_row_that_measures_passes() -> None:
    never = measured()
    texts = {r.text for r in load_rows([OWN])}
    assert len(texts) > 400
    assert [text for text in texts if not never.exact(text)] == []


@pytest.mark.parametrize("changed", [str.upper, lambda text: f"{text}!", lambda text: " ".join(text.split()[::-1])])
def test_no_row_that_nearly_measures_passes(changed: Callable[[str], str]) -> None:
    sieve = Sieve(measured())
    text = next(r.text for r in load_rows([OWN / "en.jsonl"]) if len(r.text.split()) > 6)
    assert not sieve.passes(row(changed(text)))
    assert sum(sieve.held_back[reason] for reason in ("measured, exact", "measured, near")) == 1


def test_other_rows_pass() -> None:
    assert Sieve(measured()).passes(row(NEW))


def test_further_files_are_kept_out_too(tmp_path: Path) -> None:
    file = tmp_path / "further.jsonl"
    file.write_text(f'{{"text": "{NEW}"}}\n', encoding="utf-8")
    sieve = Sieve(measured([file]))
    assert not sieve.passes(row(NEW))
    assert not sieve.passes(row(load_rows([OWN])[0].text))
