"""Everyday commands, typed into the Assist pipeline of a real Home Assistant: what is called, done and said."""

import re

import pytest

from demo import assist, home
from demo.house import House

from .everyday import COMMANDS, MUSIC, Command
from .household import QUIET, calls, is_due, prepare, unmet
from .known_failures import parameter

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("command", [parameter(command) for command in COMMANDS])
async def test_everyday_command(house: House, command: Command) -> None:
    if command in MUSIC and not home.players_available():
        pytest.skip("mpd or sox is not installed")
    await prepare(house, command.given)
    turn = await assist.say(house.assistant, command.text, quiet=QUIET)
    assert is_due(command, turn), f"{calls(turn)}, said: {turn.spoken}"
    assert await unmet(house, command.effect) == {}, turn.spoken
    assert re.search(command.spoken, turn.spoken, re.IGNORECASE | re.DOTALL), turn.spoken


def test_there_are_enough() -> None:
    assert len({command.text for command in COMMANDS}) >= 60
