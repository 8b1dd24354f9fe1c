"""`script/run`: start the demo home, run utterances through it, or leave it running for the web page."""

import signal

# Until the loop takes over, Ctrl-C ends this process without a word, also in the middle of an import.
signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse  # noqa: E402
import asyncio  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

import aiohttp  # noqa: E402

from . import assist, trace  # noqa: E402
from .home_assistant import PASSWORD, URL, USERNAME, HomeAssistant  # noqa: E402
from .house import demo_home  # noqa: E402
from .paths import FOLDER, HOST, WYOMING_PORT  # noqa: E402
from .process import STOP_SECONDS, DemoError  # noqa: E402


def main() -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="script/run",
        description="A demo home with the real parts. Without an utterance it stays up until Ctrl-C.",
    )
    parser.add_argument("utterance", nargs="*", help="a sentence, or a WAV file with one")
    options = parser.parse_args()
    try:
        _check(options.utterance)
        return asyncio.run(_run(options.utterance))
    except DemoError as error:
        return _refuse(str(error))
    except (aiohttp.ClientError, aiohttp.WSMessageTypeError):
        return _refuse(f"Home Assistant ended; see {FOLDER / 'log' / 'home-assistant.log'}")
    except OSError as error:
        return _refuse(f"{error.filename or FOLDER}: {error.strerror or error}.")


def _refuse(sentence: str) -> int:
    """Say why nothing comes of it; returns the exit code."""
    print(f"script/run: {sentence}", file=sys.stderr)
    return 1


def _check(utterances: list[str]) -> None:
    """Raise DemoError where an utterance cannot be used, before anything is started for it."""
    for utterance in utterances:
        if not utterance.strip():
            raise DemoError("an utterance is empty.")
        if _is_recording(utterance):
            assist.read(Path(utterance))


def _is_recording(utterance: str) -> bool:
    return utterance.lower().endswith(".wav")


async def _run(utterances: list[str]) -> int:
    """Do the work in a task of its own, so that Ctrl-C ends it cleanly at any moment, also while things start."""
    work = asyncio.create_task(_work(utterances))
    loop = asyncio.get_running_loop()

    def on_signals(action: Callable[[], object]) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, action)

    def stop() -> None:
        work.cancel()
        # Ended in the middle of stopping, we would leave processes that hold the ports.
        on_signals(lambda: _say(f"Stopping already; it takes {STOP_SECONDS} s at most."))

    on_signals(stop)
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
        if _is_recording(utterance):
            turn = await assist.play(assistant, Path(utterance))
        else:
            turn = await assist.say(assistant, utterance)
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
