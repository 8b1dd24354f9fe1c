"""`script/run`: start the demo home, run utterances through it, or leave it running for the web page."""

import argparse
import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

from . import assist, home, music, trace
from .home_assistant import PASSWORD, URL, USERNAME, HomeAssistant, start_home_assistant
from .paths import FOLDER, HOST, PLAYER_PORTS, WYOMING_PORT
from .player import start_player
from .process import DemoError, Process


def main() -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="script/run",
        description="A demo home with the real parts. Without an utterance it stays up until Ctrl-C.",
    )
    parser.add_argument("utterance", nargs="*", help="a sentence, or a WAV file with one")
    options = parser.parse_args()
    try:
        return asyncio.run(_run(options.utterance))
    except DemoError as error:
        print(f"script/run: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


async def _run(utterances: list[str]) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with _demo_home() as assistant:
        work = asyncio.create_task(_answer(assistant, utterances) if utterances else _stay(assistant))
        stopped = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if work not in done:
            work.cancel()
            print("\nStopping ...")
            return 0
        stopped.cancel()
        return work.result()


@contextlib.asynccontextmanager
async def _demo_home() -> AsyncIterator[HomeAssistant]:
    """Start every part, and stop all of them at the end, whatever happens."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    processes: list[Process] = []
    started = time.monotonic()
    try:
        real_players = home.players_available()
        if real_players:
            songs = FOLDER / "music"
            await asyncio.to_thread(music.write_songs, songs)
            for room, port in PLAYER_PORTS.items():
                processes.append(await start_player(room, port, songs, FOLDER))
        else:
            _say("mpd or sox is not installed: using Home Assistant's demo players, which make no sound.")
        _say("Starting the Wyoming server ...")
        processes.append(await _start_server())
        _say("Starting Home Assistant ...")
        processes.append(await start_home_assistant())
        async with aiohttp.ClientSession() as session:
            assistant = await HomeAssistant.connect(session)
            await home.set_up(assistant, real_players=real_players)
            _say(f"Ready after {time.monotonic() - started:.0f} s.")
            yield assistant
            await assistant.socket.close()
    finally:
        await asyncio.gather(*(process.stop() for process in processes))


async def _start_server() -> Process:
    command = [sys.executable, "-m", "wyoming_server", "serve", "--uri", f"tcp://{HOST}:{WYOMING_PORT}"]
    process = await Process.start("wyoming-server", command, FOLDER)
    await process.until_port_answers(WYOMING_PORT, seconds=60)
    return process


async def _answer(assistant: HomeAssistant, utterances: list[str]) -> int:
    """Run each utterance and print its trace."""
    failed = 0
    for utterance in utterances:
        print(f"\n{utterance}", flush=True)
        is_recording = utterance.lower().endswith(".wav")
        turn = await (assist.play(assistant, Path(utterance)) if is_recording else assist.say(assistant, utterance))
        failed += bool(turn.error)
        for line in trace.lines(turn):
            print(line, flush=True)
    return 1 if failed else 0


async def _stay(assistant: HomeAssistant) -> int:
    """Say where everything is, and wait."""
    print(
        f"""
Home Assistant   {URL}   name: {USERNAME}   password: {PASSWORD}
                 the speech bubble in its top bar opens Assist; type there
Wyoming server   tcp://{HOST}:{WYOMING_PORT}
Logs             {FOLDER / "log"}

Ctrl-C stops everything.""",
        flush=True,
    )
    while not assistant.socket.closed:
        await asyncio.sleep(1)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(30):
                await assistant.socket.receive()
    raise DemoError("Home Assistant ended; see its log")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
