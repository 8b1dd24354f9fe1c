"""Our scoring and the arbiter that lies beside the repository agree on every row."""

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from training.evaluation.rows import PUBLIC_DEV, Row, Scope, load_rows
from training.evaluation.scoring import Rate, canonical, score, scores

ARBITER = PUBLIC_DEV.with_name("score.py")
needs_public_set = pytest.mark.skipif(not ARBITER.exists(), reason="the public sets do not lie beside the repository")


def row(text: str, *calls: dict[str, Any], language: str = "en", **more: Any) -> Row:
    return Row("1", "test", language, text, Scope.IN if calls else Scope.OUT, calls, **more)


def call(name: str, **args: Any) -> dict[str, Any]:
    return {"name": name, "args": args}


def perturbed(calls: list[dict[str, Any]], pool: list[list[dict[str, Any]]], dice: random.Random) -> Any:
    """An answer that is right, nearly right or wrong, in the ways that models are."""
    calls = json.loads(json.dumps(calls))
    kind = dice.randrange(11)
    if kind == 0:
        return dice.choice([[], [call("unknown")], None])
    if kind == 1:
        return json.loads(json.dumps(dice.choice(pool)))
    if kind == 2:
        return list(reversed(calls))
    if kind == 3:
        return [*calls, call("unknown")]
    for one in calls:
        args = one["args"]
        if kind == 4 and args:
            args.pop(dice.choice(sorted(args)))
        elif kind == 5:
            args[dice.choice(["area", "when", "song", "minutes", "color"])] = dice.choice(["the kitchen", 5, "", None])
        elif kind == 6 and "minutes" in args:
            args["seconds"] = float(args.pop("minutes")) * 60
        for key, value in list(args.items()):
            if isinstance(value, str) and not isinstance(value, bool):
                if kind == 7:
                    args[key] = f"The {value.upper()}!"
                elif kind == 8:
                    args[key] = value[: len(value) // 2] or value
                elif kind == 9:
                    args[key] = " ".join(reversed(value.split()))
                elif kind == 10:
                    years = "nineteen eighty four"
                    args[key] = dice.choice([years, "music " + value, value + "'s", value + " list", "50 %"])
    return calls


@needs_public_set
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_agrees_with_the_arbiter_on_answers_of_every_kind(seed: int, tmp_path: Path, monkeypatch: Any) -> None:
    dice = random.Random(seed)
    data = [json.loads(line) for line in PUBLIC_DEV.read_text(encoding="utf-8").splitlines()]
    pool = [r["calls"] for r in data if r["calls"]]
    answers = {}
    for r in data:
        if dice.random() < 0.02:
            continue  # no answer at all
        gold = (
            dice.choice([r["calls"], *r.get("also", [])])
            if r["scope"] == "in"
            else dice.choice([[], dice.choice(pool)])
        )
        answers[r["id"]] = perturbed(gold, pool, dice) or []
    predictions, summary = tmp_path / "predictions.jsonl", tmp_path / "summary.json"
    predictions.write_text("".join(json.dumps({"id": k, "calls": v}) + "\n" for k, v in answers.items()))

    monkeypatch.setattr("sys.argv", ["score.py", "--json", str(summary), str(predictions), str(PUBLIC_DEV)])
    _arbiter().main()

    ours = scores(load_rows([PUBLIC_DEV]), answers).metrics()
    assert ours == json.loads(summary.read_text())


@needs_public_set
def test_expressions_have_the_arbiters_value() -> None:
    from training.evaluation.expression import value_of

    arbiter = _arbiter()
    for text in [
        "2+2",
        "15/100*80",
        "2^10",
        "10**100",
        "sqrt(16)+ceil(1.2)",
        "factorial(5)",
        "factorial(200)",
        "1/0",
        "sin(90)",
        "7//2%2",
        "-3",
        "pi*2**2",
        "import os",
        "x",
        "(",
        "9" * 300,
        "(-8)**0.5",
        "round(2.567, 1)",
        "5!",
    ]:
        assert value_of(text) == arbiter.value(text), text


def _arbiter() -> ModuleType:
    spec = importlib.util.spec_from_file_location("arbiter", ARBITER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        (call("start_timer", minutes=90), call("start_timer", hours=1, minutes=30)),
        (call("calculate", expression="15/100*80"), call("calculate", expression="0.15 * 80")),
        (call("play_music", song="Let It Go"), call("play_music", song="let it go.")),
        (call("get_weather", when="tomorrow morning"), call("get_weather", when="in the morning tomorrow")),
        (call("play_music", year="nineteen eighty four"), call("play_music", year="1984")),
        (call("add_item", item="milk", list="party list"), call("add_item", item="the milk", list="party")),
    ],
)
def test_what_a_family_would_not_tell_apart_is_exact(gold: Any, answer: Any) -> None:
    assert score(row("...", gold), [answer]).exact


@pytest.mark.parametrize(
    ("gold", "answer", "function"),
    [
        (call("turn_on", area="kitchen"), call("turn_on", area="kitchen", domain="light"), True),
        (call("turn_on", area="kitchen"), call("turn_off", area="kitchen"), False),
        (call("rate_song", liked=True), call("rate_song", liked=False), True),
        (call("play_music", song="halo"), call("play_music", artist="halo"), True),
    ],
)
def test_what_acts_differently_is_not_exact(gold: Any, answer: Any, function: bool) -> None:
    outcome = score(row("...", gold), [answer])
    assert not outcome.exact
    assert outcome.function is function
    assert outcome.wrong is not function


def test_music_words_in_another_argument_are_right_in_the_bag_alone() -> None:
    outcome = score(row("play halo", call("play_music", song="halo")), [call("play_music", query="halo")])
    assert outcome.bag
    assert not outcome.exact


def test_silence_is_missed_where_an_action_is_due_and_right_where_none_is() -> None:
    assert score(row("stop", call("stop")), [call("unknown")]).missed
    assert score(row("how are you"), [call("unknown")]).rejected
    assert score(row("how are you"), []).rejected
    assert not score(row("how are you"), None).rejected
    assert score(row("how are you"), [call("stop")]).wrong


def test_an_accepted_second_reading_counts() -> None:
    both = row("stop the music", call("stop"), also=((call("pause"),),))
    assert score(both, [call("pause")]).exact
    assert canonical([call("pause")], "en") == (("pause", ()),)


def test_interval_is_wilsons() -> None:
    low, high = Rate(98, 100).interval
    assert (round(low, 4), round(high, 4)) == (0.93, 0.9945)
    assert Rate(0, 0).interval == (0.0, 1.0)
