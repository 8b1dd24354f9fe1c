"""The command line; every option is an environment variable too."""

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import __version__

PREFIX = "LOCAL_LLM_VOICE_"
TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}
DEFAULT_URI = "tcp://0.0.0.0:10600"


class _Parser(argparse.ArgumentParser):
    """A parser whose options take their default from the environment: --no-repair from LOCAL_LLM_VOICE_NO_REPAIR."""

    environment: Mapping[str, str] = {}

    def option(self, flag: str, **settings: object) -> None:
        """Add an option."""
        variable = PREFIX + flag.strip("-").replace("-", "_").upper()
        value = self.environment.get(variable)
        settings["help"] = f"{settings['help']} [{variable}]"
        if value is not None:
            if settings.get("action") == "store_true":
                if value.lower() not in TRUE | FALSE:
                    self.error(f"{variable} must be true or false, not {value!r}")
                settings["default"] = value.lower() in TRUE
            else:
                settings["default"] = value
        self.add_argument(flag, **settings)  # type: ignore[arg-type]


def parse(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> argparse.Namespace:
    """Read the command line; leaves with code 2 and a sentence where it is wrong."""
    _Parser.environment = os.environ if environment is None else environment
    parser = _Parser(
        prog="local-llm-voice-server",
        description="Wyoming server that hears and understands: speech to text, and utterances to function calls.",
        epilog=f"Every option is an environment variable too, named in brackets in each command's help ({PREFIX}...).",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    serve = commands.add_parser("serve", help="answer Wyoming clients such as Home Assistant")
    serve.option("--uri", default=DEFAULT_URI, help="where to listen: tcp://HOST:PORT, unix:///PATH or stdio://")
    serve.option("--zeroconf", nargs="?", const="", metavar="NAME", help="let Home Assistant discover the server")
    _models(serve)
    serve.option("--endpointing", action="store_true", help="end utterances here, sooner than Home Assistant does")
    serve.option("--max-connections", type=_positive, default=64, metavar="N", help="connections at once (64)")
    serve.option("--idle-timeout", type=_seconds, default=600.0, metavar="S", help="seconds a silent client may stay")

    translate = commands.add_parser("translate", help="print the calls for a text")
    translate.add_argument("text", nargs="?", metavar="TEXT", help="what a person said")
    translate.add_argument("--jsonl", nargs=2, type=Path, metavar=("IN", "OUT"), help="translate rows of JSON")
    _models(translate, ear=False)

    transcribe = commands.add_parser("transcribe", help="print the transcript of WAV files, one line a file")
    transcribe.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _models(transcribe, translator=False)

    download = commands.add_parser("download", help="fetch a public ear now, so that no start needs the network")
    download.add_argument("name", nargs="?", default="auto", help="base, Systran/faster-whisper-base, ..., or auto")
    download.option("--language", metavar="CODE", help="language that will be spoken, such as en")
    _logging(download)

    health = commands.add_parser("health", help="ask a running server whether it is well (for containers)")
    health.option("--uri", default=DEFAULT_URI, help="where the server listens")
    health.option("--timeout", type=_seconds, default=5.0, metavar="S", help="seconds to wait (5)")
    _logging(health)
    return parser.parse_args(arguments)


def _models(parser: _Parser, *, translator: bool = True, ear: bool = True) -> None:
    """The options that choose models."""
    if translator:
        parser.option("--translator", metavar="PATH", help="a GGUF file, embedded, or none (embedded)")
    if ear:
        parser.option("--ear", metavar="NAME|PATH", help="a Whisper model, embedded, or none (embedded)")
    parser.option("--language", metavar="CODE", help="language where a client names none, such as en")
    parser.option("--threads", type=_positive, metavar="N", help="threads of a large model (the fast cores, at most 4)")
    _logging(parser)


def _logging(parser: _Parser) -> None:
    parser.option("--debug", action="store_true", help="log everything, what was said included")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError("must be a number of seconds")
    return value
