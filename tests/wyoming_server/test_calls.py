"""The call syntax: everything that is a call is read, everything else is refused with a reason."""

import json
from pathlib import Path

import pytest

from wyoming_server.calls import Call, CallError, call_from_data, parse, render

EVALUATION = Path(__file__).parents[3] / "shared" / "eval"


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ('turn_off(area="kitchen", domain="light")', [Call("turn_off", {"area": "kitchen", "domain": "light"})]),
        ("seek(seconds=-30)", [Call("seek", {"seconds": -30})]),
        ("set_temperature(temperature=20.5)", [Call("set_temperature", {"temperature": 20.5})]),
        ("shuffle(on=True)", [Call("shuffle", {"on": True})]),
        ("play_music(song='Don\\'t Stop')", [Call("play_music", {"song": "Don't Stop"})]),
        ('add_item(item="milk")\nadd_item(item="eggs")', [Call("add_item", {"item": i}) for i in ("milk", "eggs")]),
    ],
)
def test_calls_are_read(text: str, calls: list[Call]) -> None:
    assert parse(text) == tuple(calls)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello there",
        "open_door()",
        'turn_on("kitchen")',
        'turn_on(room="kitchen")',
        'turn_on(area="a", area="b")',
        "turn_on(area=1)",
        'turn_on(area="")',
        "set_volume()",
        'set_volume(level="thirty")',
        "set_volume(level=True)",
        "set_volume(level=30.5)",
        'repeat(mode="twice")',
        'play_music(song=__import__("os").system("true"))',
        'play_music(**{"song": "x"})',
        "stop() or stop()",
        "(lambda: stop)()()",
        "\n".join(["stop()"] * 5),
        'play_music(song="' + "(" * 5000,
        "stop(" * 2000 + ")" * 2000,
        "stop()\x00",
    ],
)
def test_everything_else_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(CallError) as refused:
        parse(text)
    assert str(refused.value)


@pytest.mark.parametrize(
    "value",
    [
        "Don't Stop Me Now",
        'the "best" of',
        "Für Elise",
        "居間の電気",
        "客厅",
        "Mötley Crüe & Söhne",
        "C:\\new",
        "a\u2028b",
        "50 %",
        "🎵",
    ],
)
def test_what_is_rendered_reads_back(value: str) -> None:
    calls = (Call("play_music", {"song": value, "shuffle": True}), Call("set_volume", {"level": 30}))
    assert parse(render(calls)) == calls


def test_every_gold_call_is_a_call() -> None:
    if not EVALUATION.is_dir():
        pytest.skip("the evaluation data is not on this machine")
    count = 0
    for file in (*sorted((EVALUATION / "train").glob("*.jsonl")), EVALUATION / "dev.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for gold in (row["calls"], *row.get("also", [])):
                if gold:
                    calls = tuple(call_from_data(call["name"], call["args"]) for call in gold)
                    assert parse(render(calls)) == calls
                    count += 1
    assert count > 20_000
