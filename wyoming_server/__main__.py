"""Entry point: `python -m wyoming_server COMMAND`, or `local-llm-voice-server COMMAND` where it is installed."""

import asyncio
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from . import options
from .failure import Failure

if TYPE_CHECKING:
    from .commands import Loaders
    from .speech.ear import Ear
    from .translation.request import Translator

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def main(arguments: Sequence[str] | None = None, loaders: "Loaders | None" = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed with a sentence, 2 wrong usage, 130 interrupted."""
    chosen = options.parse(sys.argv[1:] if arguments is None else arguments)
    logging.basicConfig(
        level=logging.DEBUG if chosen.debug else _level(chosen.command), format=FORMAT, stream=sys.stderr
    )
    logging.getLogger("asyncio").setLevel(logging.INFO)
    try:
        if chosen.command == "health":
            from .health import health  # noqa: PLC0415  (asked often, so nothing heavy is imported for it)

            return asyncio.run(health(chosen))
        from .commands import Loaders, run  # noqa: PLC0415

        return run(chosen, loaders or Loaders(_load_translator, _load_ear))
    except Failure as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _level(command: str) -> int:
    """What commands log: a server tells what it does, the others only what goes wrong."""
    return logging.INFO if command == "serve" else logging.WARNING


def _load_translator(choice: str, threads: int) -> "Translator":
    # llama.cpp loads in a second, which the other commands need not wait for.
    from .translation.llama import ModelError  # noqa: PLC0415
    from .translation.translator import load_translator  # noqa: PLC0415

    try:
        return load_translator(None if choice == "embedded" else Path(choice).expanduser(), threads)
    except (ModelError, OSError, ValueError) as error:
        raise Failure(f"The translator {choice} cannot be loaded: {error}") from error


def _load_ear(choice: str, threads: int, language: str | None) -> "Ear":
    from .speech.transcriber import load_ear  # noqa: PLC0415

    return load_ear(choice, threads=threads, language=language)


if __name__ == "__main__":
    sys.exit(main())
