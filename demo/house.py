"""The whole demo home, started in order and stopped whatever happens."""

import asyncio
import contextlib
import shutil
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import aiohttp

from . import home, music
from .home_assistant import CONFIGURATION, HomeAssistant, start_home_assistant
from .paths import FOLDER, HOME_ASSISTANT_PORT, HOST, PLAYER_PORTS, WYOMING_PORT
from .player import start_player
from .process import DemoError, Process

COMPLETE = FOLDER / "set-up"
"""Exists once the home has been set up to its end."""


@dataclass
class House:
    """A running demo home."""

    assistant: HomeAssistant
    server: Process
    home_assistant: Process


@contextlib.asynccontextmanager
async def demo_home(say: Callable[[str], None]) -> AsyncIterator[House]:
    """Start every part, and stop all of them at the end, whatever happens."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    if not COMPLETE.exists():
        # A home whose set-up was interrupted has lost what Home Assistant keeps in memory at first.
        shutil.rmtree(CONFIGURATION, ignore_errors=True)
    processes: list[Process] = []
    started = time.monotonic()
    for port in (HOME_ASSISTANT_PORT, WYOMING_PORT, *PLAYER_PORTS.values()):
        await _require_free(port)
    try:
        real_players = home.players_available()
        if real_players:
            songs = FOLDER / "music"
            await music.write_songs(songs)
            for room, port in PLAYER_PORTS.items():
                processes.append(await start_player(room, port, songs, FOLDER))
        else:
            say("mpd or sox is not installed: using Home Assistant's demo players, silent and without songs.")
        say("Starting the Wyoming server ...")
        server = await start_server()
        processes.append(server)
        say("Starting Home Assistant ...")
        home_assistant = await start_home_assistant(real_players=real_players)
        processes.append(home_assistant)
        async with aiohttp.ClientSession() as session:
            assistant = await HomeAssistant.connect(session)
            await home.set_up(assistant, real_players=real_players)
            COMPLETE.touch()
            say(f"Ready after {time.monotonic() - started:.0f} s.")
            house = House(assistant, server, home_assistant)
            yield house
            # A test may have started them again.
            processes += [house.server, house.home_assistant]
            await assistant.socket.close()
    finally:
        say("Stopping ...")
        await asyncio.gather(*(process.stop() for process in processes))


async def _require_free(port: int) -> None:
    """Raise DemoError where something listens already, or we would talk to a stranger."""
    with contextlib.suppress(OSError):
        _, writer = await asyncio.open_connection(HOST, port)
        writer.close()
        raise DemoError(
            f"port {port} is in use: is the demo running already? LOCAL_LLM_VOICE_DEMO_PORT=9000 starts another one."
        )


async def start_server() -> Process:
    """Start the Wyoming server with its embedded models; returns once it answers."""
    command = [sys.executable, "-m", "wyoming_server", "serve", "--uri", f"tcp://{HOST}:{WYOMING_PORT}"]
    process = await Process.start("wyoming-server", command, FOLDER)
    await process.until_port_answers(WYOMING_PORT, seconds=60)
    return process
