"""Which rows a tier has: enough of them, the same ones every time, and none that cannot be scored."""

import json
from collections import Counter
from pathlib import Path

import pytest

from training.evaluation import tiers
from training.evaluation.noise import noised
from training.evaluation.normal_form import fold
from training.evaluation.rows import PUBLIC_DEV, Row, Scope, fingerprint, load_rows
from training.evaluation.tiers import Tier, known_failures, stratified, views
from wyoming_server.calls import call_from_data

LANGUAGES = {"en", "de", "fr", "es", "it", "nl", "ja", "zh", "da"}
MUST = views(Tier.MUST)["must"]
OWN = views(Tier.OWN)["own"]


def test_must_holds_300_everyday_commands_in_every_language() -> None:
    assert len(MUST) >= 300
    assert {row.language for row in MUST} == LANGUAGES


def test_own_holds_500_rows_in_every_language_with_talk_for_nobody() -> None:
    assert len(OWN) >= 500
    assert {row.language for row in OWN} == LANGUAGES
    assert {row.language for row in OWN if row.scope is Scope.OUT} == LANGUAGES


@pytest.mark.parametrize("rows", [MUST, OWN], ids=["must", "own"])
def test_what_is_due_is_in_the_catalogue(rows: list[Row]) -> None:
    for row in rows:
        for call in [*(c for answer in row.accepted for c in answer), *([row.previous] if row.previous else [])]:
            call_from_data(call["name"], call["args"])  # raises for what is not
        assert bool(row.calls) is (row.scope is Scope.IN), row.reference


def test_nothing_is_asked_twice() -> None:
    twice = [row for row, count in Counter(row.id for row in [*MUST, *OWN]).items() if count > 1]
    assert not twice
    asked = Counter((row.language, fold(row.text), str(row.previous)) for row in OWN)
    assert not [key for key, count in asked.items() if count > 1]


def test_failures_that_are_known_are_rows_of_must() -> None:
    assert known_failures() <= {row.id for row in MUST}


def made(language: str, function: str, count: int) -> list[Row]:
    calls = ({"name": function, "args": {}},)
    return [Row(f"{language}-{function}-{i}", "made", language, f"{i}", Scope.IN, calls) for i in range(count)]


def test_quick_is_even_over_groups_and_the_same_every_time() -> None:
    rows = [*made("en", "pause", 500), *made("en", "get_news", 20), *made("da", "get_time", 3)]
    drawn = stratified(rows, 30)
    assert len(drawn) == 30
    counts = Counter((row.language, row.skill) for row in drawn)
    assert counts["da", "time"] == 3
    assert counts["en", "news"] >= 13
    assert fingerprint(drawn) == fingerprint(stratified(reversed(rows), 30))


def test_quick_leaves_out_what_is_not_scored() -> None:
    near = [Row(f"n{i}", "made", "en", "near", Scope.NEAR) for i in range(9)]
    assert stratified([*near, *made("en", "pause", 2)], 5) == stratified(made("en", "pause", 2), 5)


def test_without_the_public_sets_our_own_rows_remain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tiers, "PUBLIC_DEV", tmp_path / "missing.jsonl")
    assert views(Tier.DEV) == {}
    assert set(views(Tier.NIGHTLY)) == {"must", "own", "own, misheard", "ambient"}
    assert len(views(Tier.QUICK)["quick"]) == tiers.QUICK_ROWS


def test_nightly_measures_everything_with_misheard_copies() -> None:
    nightly = views(Tier.NIGHTLY)
    assert {row.scope for row in nightly["ambient"]} == {Scope.OUT}
    assert len(nightly["own, misheard"]) == len(nightly["own"])
    if PUBLIC_DEV.exists():
        assert len(nightly["dev, misheard"]) == len(nightly["dev"])


def test_misheard_copies_keep_what_the_label_needs() -> None:
    copies = noised(OWN)
    assert copies == noised(OWN)
    changed = 0
    for row, copy in zip(OWN, copies, strict=True):
        assert copy.id == f"{row.id}~misheard"
        assert (copy.calls, copy.also, copy.scope) == (row.calls, row.also, row.scope)
        changed += fold(copy.text) != fold(row.text)
        spoken, heard = set(fold(row.text).split()), set(fold(copy.text).split())
        values = {word for call in row.calls for v in call["args"].values() for word in fold(str(v)).split()}
        assert values & spoken <= heard, copy.text
    assert changed > len(OWN) / 2


def test_a_line_that_is_no_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    good = {"id": "1", "source": "s", "lang": "en", "text": "t", "scope": "oos"}
    path.write_text(f"{json.dumps(good)}\n\n{json.dumps({**good, 'scope': 'maybe'})}\n")
    with pytest.raises(ValueError, match=r"rows\.jsonl:3 is not a row"):
        load_rows([path])
