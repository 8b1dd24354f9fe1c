"""What the commands of the command line do."""

import argparse
import asyncio
import json
import logging
import sys
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from .address import Address
from .calls import CallError, call_from_data, render
from .failure import Failure, RequestError
from .handler import Services
from .home import Homes
from .machine import default_threads
from .program import describe
from .server import serve
from .speech.audio import read_wav
from .speech.ear import Ear, Heard
from .speech.utterance import Ears, Utterance, Wish
from .translation.request import Translation, Translator
from .understanding import Question, Understanding
from .worker import Worker

LOGGER = logging.getLogger(__name__)
NONE = "none"
EMBEDDED = "embedded"

Part = TypeVar("Part")


@dataclass(frozen=True)
class Loaders:
    """How models are loaded; tests put their own in."""

    translator: Callable[[str, int], Translator]
    """From the choice and the number of threads."""
    ear: Callable[[str, int, str | None], Ear]
    """From the choice, the number of threads and the language where it is fixed."""


def run(options: argparse.Namespace, loaders: Loaders) -> int:
    """Run a command; the result is the exit code. Raises Failure."""
    match options.command:
        case "serve":
            return _serve(options, loaders)
        case "translate":
            return _translate(options, loaders)
        case "transcribe":
            return _transcribe(options, loaders)
        case _:
            return _download(options)


def _serve(options: argparse.Namespace, loaders: Loaders) -> int:
    address = Address.from_uri(options.uri)
    threads = options.threads or default_threads()
    translator = _load_part(options.translator, lambda choice: loaders.translator(choice, threads))
    ear = _load_part(options.ear, lambda choice: loaders.ear(choice, threads, options.language))
    if translator is None and ear is None:
        raise Failure("Without a translator and without an ear there is nothing to serve.")
    _check_language(options.language, translator, ear)
    asyncio.run(_serve_models(options, address, translator, ear))
    return 0


def _load_part(choice: str | None, load: Callable[[str], Part]) -> Part | None:
    """Load a model; one that nobody asked for may be missing."""
    if choice == NONE:
        return None
    try:
        return load(choice or EMBEDDED)
    except Failure as failure:
        if choice is not None:
            raise
        LOGGER.warning("%s", failure)
        return None


async def _serve_models(
    options: argparse.Namespace, address: Address, translator: Translator | None, ear: Ear | None
) -> None:
    homes = Homes()
    understanding = Understanding(translator, homes, options.language) if translator is not None else None
    ears = _ears(ear, homes, understanding, options) if ear is not None else None
    services = Services(
        info=describe(ear, translator, endpointing=options.endpointing),
        homes=homes,
        understanding=understanding,
        ears=ears,
        idle_timeout=options.idle_timeout,
    )
    try:
        if understanding is not None:
            await understanding.warm_up()
        await serve(address, services, options.max_connections, options.zeroconf)
    finally:
        for part in (understanding, ears):
            if part is not None:
                part.close()


def _ears(ear: Ear, homes: Homes, understanding: Understanding | None, options: argparse.Namespace) -> Ears:
    def on_heard(owner: Hashable, heard: Heard) -> "asyncio.Task[Translation] | None":
        return understanding.prepare(owner, heard.text, heard.language) if understanding is not None else None

    def names(language: str | None) -> Sequence[str]:
        home = homes.latest(language)
        return home.names if home is not None else ()

    return Ears(ear, Worker("ear"), Worker("listening"), on_heard, options.language, names, options.endpointing)


def _check_language(language: str | None, translator: Translator | None, ear: Ear | None) -> None:
    for part in (translator, ear):
        if language is not None and part is not None and language not in part.languages:
            raise Failure(f"{part.name} knows {', '.join(part.languages)}, not {language}.")


def _translate(options: argparse.Namespace, loaders: Loaders) -> int:
    if (options.text is None) == (options.jsonl is None):
        raise Failure("Give a text, or --jsonl IN OUT.")
    translator = loaders.translator(options.translator or EMBEDDED, options.threads or default_threads())
    _check_language(options.language, translator, None)
    return asyncio.run(_translate_with(translator, options))


async def _translate_with(translator: Translator, options: argparse.Namespace) -> int:
    """Translate through the path that the server takes."""
    understanding = Understanding(translator, Homes(), options.language)
    try:
        if options.text is not None:
            understood = await understanding.answer("command", Question(options.text))
            print(render(understood.translation.calls))
            return 0
        return await _translate_rows(understanding, *options.jsonl)
    except RequestError as error:
        raise Failure(error.sentence) from error
    finally:
        understanding.close()


async def _translate_rows(understanding: Understanding, source: Path, target: Path) -> int:
    """Translate rows `{"id", "text", "lang", "previous"?}` into rows `{"id", "calls", "confidence", "ms"}`.

    A row that the server would refuse (too long, in a language that it does not know) gets no calls and an `error`.
    """
    rows = _read_rows(source)
    try:
        with target.open("w", encoding="utf-8") as out:
            for number, row in enumerate(rows, 1):
                question = _question(row, f"{source}:{number}")
                answer = {"id": row.get("id"), **await _answer_row(understanding, question)}
                out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    except OSError as error:
        raise Failure(f"Cannot write {target}: {error.strerror}.") from error
    return 0


async def _answer_row(understanding: Understanding, question: Question) -> dict[str, Any]:
    """What the server makes of one row; a request that it refuses has no calls, and says why."""
    started = time.perf_counter()
    try:
        translation = (await understanding.answer("command", question)).translation
    except RequestError as error:
        return {"calls": [], "confidence": 0.0, "ms": 0.0, "error": error.sentence}
    ms = round((time.perf_counter() - started) * 1000, 2)
    return {"calls": [call.as_dict() for call in translation.calls], "confidence": translation.confidence, "ms": ms}


def _read_rows(source: Path) -> list[dict[str, Any]]:
    try:
        lines = source.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
    except OSError as error:
        raise Failure(f"Cannot read {source}: {error.strerror}.") from error
    except ValueError as error:
        raise Failure(f"{source} must hold one JSON object a line: {error}.") from error
    if not all(isinstance(row, dict) for row in rows):
        raise Failure(f"{source} must hold one JSON object a line.")
    return rows


def _question(row: dict[str, Any], where: str) -> Question:
    """The question of one row. `previous` is a call, or a list of calls of which the last counts."""
    previous = row.get("previous")
    if isinstance(previous, list):
        previous = previous[-1] if previous else None
    try:
        call = call_from_data(previous["name"], previous.get("args", {})) if previous else None
        return Question(str(row["text"]), row.get("lang"), previous=call)
    except (CallError, KeyError, TypeError, AttributeError) as error:
        raise Failure(f"{where}: {error}") from error


def _transcribe(options: argparse.Namespace, loaders: Loaders) -> int:
    ear = loaders.ear(options.ear or EMBEDDED, options.threads or default_threads(), options.language)
    _check_language(options.language, None, ear)
    return asyncio.run(_transcribe_with(ear, options))


async def _transcribe_with(ear: Ear, options: argparse.Namespace) -> int:
    """Transcribe through the path that the server takes: one line a file, empty where a file cannot be read."""
    ears = Ears(ear, Worker("ear"), Worker("listening"))
    code = 0
    try:
        for path in options.files:
            text = ""
            try:
                text = await _transcribe_file(path, ears, options.language)
            except (Failure, RequestError) as error:
                print(f"{path}: {error}", file=sys.stderr)
                code = 1
            print(text, flush=True)
    finally:
        ears.close()
    return code


async def _transcribe_file(path: Path, ears: Ears, language: str | None) -> str:
    audio, stream = read_wav(path)
    utterance = Utterance(path, ears, stream, Wish(language))
    utterance.feed(audio)
    utterance.stop()
    result = await utterance.finish()
    return " ".join(result.heard.text.split()) if result is not None else ""


def _download(options: argparse.Namespace) -> int:
    """Fetch a public ear and print its folder."""
    from .speech.transcriber import fetch_ear  # noqa: PLC0415  (only this command needs faster-whisper here)

    print(fetch_ear(options.name, options.language))
    return 0
