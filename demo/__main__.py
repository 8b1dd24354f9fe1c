"""`script/run`: start the demo home, run utterances through it, or leave it running for the web page."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from . import assist, trace
from .home_assistant import PASSWORD, URL, USERNAME, HomeAssistant
from .house import demo_home
from .paths import FOLDER, HOST, WYOMING_PORT
from .process import DemoError


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
    """Do the work in a task of its own, so that Ctrl-C ends it cleanly at any moment, also while things start."""
    work = asyncio.create_task(_work(utterances))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, work.cancel)
    try:
        return await work
    except asyncio.CancelledError:
        return 0 if not utterances else 130


async def _work(utterances: list[str]) -> int:
    async with demo_home(_say) as house:
        return await (_answer(house.assistant, utterances) if utterances else _stay(house.assistant))


async def _answer(assistant: HomeAssistant, utterances: list[str]) -> int:
    """Run each utterance and print its trace."""
    failed = 0
    for utterance in utterances:
        print(f"\n{utterance}", flush=True)
        is_recording = utterance.lower().endswith(".wav")
        try:
            turn = await (assist.play(assistant, Path(utterance)) if is_recording else assist.say(assistant, utterance))
        except assist.RecordingError as error:
            print(f"  error    {error}", flush=True)
            failed += 1
            continue
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
        await assistant.socket.receive()
    raise DemoError("Home Assistant ended; see its log")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
