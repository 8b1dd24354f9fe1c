"""Home Assistant's default agent is asked in a real core, and what it runs comes back as our calls."""

from typing import Any

import pytest

from training.evaluation.baselines.home_assistant import answers
from training.evaluation.baselines.home_assistant_calls import Intent, as_calls
from training.evaluation.baselines.home_assistant_home import EVERYWHERE, HERE, house
from training.evaluation.predict import SERVER_PYTHON
from training.evaluation.rows import Row, Scope
from training.evaluation.scoring import score

needs_home_assistant = pytest.mark.skipif(not SERVER_PYTHON.exists(), reason="Home Assistant is in .venv")


def call(name: str, /, **args: Any) -> dict[str, Any]:
    return {"name": name, "args": args}


ASKED = {
    "turn on the kitchen lights": [call("turn_on", area="kitchen", domain="light")],
    "switch off the reading corner": [call("turn_off", name="reading corner")],
    "turn off all the lights": [call("turn_off", area=EVERYWHERE, domain="light")],
    "turn the lights off": [call("turn_off", domain="light")],
    "set pantry brightness to 50 percent": [call("set_light", area="pantry", brightness=50)],
    # No template of hassil says this: the gazetteer matcher does.
    "could you maybe get the bed room lights off please": [call("turn_off", area="bed room", domain="light")],
    "turn on the bedroom lights and turn off the pantry lights": [
        call("turn_on", area="bedroom", domain="light"),
        call("turn_off", area="pantry", domain="light"),
    ],
    "open the garage door": [call("open", device_class="garage")],
    "i had porridge for breakfast": [],
}


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Any]:
    rows = [
        Row(str(i), "test", "en", text, Scope.IN if due else Scope.OUT, tuple(due))
        for i, (text, due) in enumerate(ASKED.items())
    ]
    answered = answers(rows)
    return {row.text: (score(row, answered[row.id].calls).right, answered[row.id]) for row in rows}


@needs_home_assistant
@pytest.mark.parametrize("text", list(ASKED))
def test_the_agent_does_what_is_said(outcomes: dict[str, Any], text: str) -> None:
    right, answer = outcomes[text]
    assert right, answer


def intent(name: str, /, **values: Any) -> Intent:
    return Intent(name, values, {slot: str(value) for slot, value in values.items()})


@pytest.mark.parametrize(
    ("ran", "due"),
    [
        (
            Intent("HassTurnOn", {"name": "front blinds"}, {"name": "front blinds"}, "cover"),
            [call("open", name="front blinds")],
        ),
        (
            Intent("HassTurnOff", {"area": "den_2", "domain": "fan"}, {"area": "Den", "domain": "fan"}),
            [call("turn_off", area="Den", domain="fan")],
        ),
        (intent("HassTurnOff", area=HERE, name="all"), [call("turn_off")]),
        (intent("HassFanSetSpeed", percentage=30.0), [call("set_fan_speed", speed=30)]),
        (intent("HassRespond"), []),
        (intent("HassHumidifierMode", mode="eco"), [call("HassHumidifierMode", mode="eco")]),
    ],
)
def test_intents_are_read_as_calls(ran: Intent, due: list[Any]) -> None:
    assert as_calls(ran, "...", house(due)) == due


def test_the_home_has_what_is_spoken_of() -> None:
    built = house(
        [
            call("turn_on", name="Lava Lamp", area="loft"),
            call("close", device_class="garage"),
            call("turn_off", area="bed room", domain="light"),
            call("turn_off", area="Bedroom", domain="light"),
            call("turn_on", floor="cellar", domain="light"),
            call("start_timer", name="egg"),
        ]
    )
    assert {"loft", "bed room"} <= built.areas.keys()
    assert built.aliases == {"Bedroom": "bed room"}
    assert "cellar" in built.areas.values()
    named = {(device.name, device.domain, device.area) for device in built.devices}
    assert ("Lava Lamp", "light", "loft") in named
    assert "egg" not in {name for name, *_ in named}
    lit = {device.area for device in built.devices if device.domain == "light"}
    assert lit == set(built.areas)
