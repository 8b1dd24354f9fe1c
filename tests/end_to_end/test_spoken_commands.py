"""Everyday commands spoken by espeak-ng: through speech to text and the Assist pipeline, to what they do."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from demo import assist, home
from demo.house import House

from .everyday import COMMANDS, MUSIC, Command
from .household import QUIET, calls, is_due, prepare, unmet
from .known_failures import parameter

pytestmark = pytest.mark.asyncio(loop_scope="session")

SPOKEN = (
    "turn on the kitchen light",
    "turn off the kitchen light",
    "switch on the light in the bedroom",
    "turn off all the lights",
    "turn on the bed light",
    "turn off the lights in the living room",
    "set the bed light to 40 percent",
    "turn on the coffee machine",
    "open the blinds in the living room",
    "lock the front door",
    "start the vacuum",
    "set the thermostat to 22 degrees",
    "play my favorite song in the kitchen",
    "play some jazz in the living room",
    "pause the music",
    "set the volume to 30 percent",
    "what's the weather tomorrow",
    "what is 12 times 7",
    "set a timer for 10 minutes",
    "add milk to the shopping list",
)
BY_TEXT = {command.text: command for command in COMMANDS}


@pytest.mark.parametrize("command", [parameter(BY_TEXT[text], spoken=True) for text in SPOKEN])
async def test_spoken_command(house: House, speak: Callable[..., Path], command: Command) -> None:
    if command in MUSIC and not home.players_available():
        pytest.skip("mpd or sox is not installed")
    await prepare(house, command.given)
    turn = await assist.play(house.assistant, speak(command.text), quiet=QUIET)
    assert is_due(command, turn), f"heard: {turn.heard}, {calls(turn)}, said: {turn.spoken or turn.error}"
    assert await unmet(house, command.effect) == {}, turn.spoken
    assert re.search(command.spoken, turn.spoken, re.IGNORECASE | re.DOTALL), turn.spoken
