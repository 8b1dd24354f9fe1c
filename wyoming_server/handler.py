"""One connection: Wyoming events in, answers out.

The connection is read all the time, also while the models work, so that `describe` is answered at once and a client
that leaves is noticed; its work is then cancelled. Requests of one connection are answered in the order in which they
came.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wyoming.asr import Transcript, TranscriptChunk, TranscriptStart, TranscriptStop
from wyoming.error import Error
from wyoming.event import Event, async_write_event
from wyoming.info import Info
from wyoming.ping import Pong

from .answers import answer_events
from .calls import Call, CallError, call_from_data
from .failure import RequestError
from .home import Homes, base_language, home_from_data
from .speech.audio import Stream
from .speech.endpoint import Patience
from .speech.utterance import Ears, Result, Utterance, Wish
from .understanding import Question, Understanding
from .wire import read_event

LOGGER = logging.getLogger(__name__)

MOST_WAITING = 32
"""Requests of one connection that may wait for their answers."""
WRITE_TIMEOUT = 30.0
"""Seconds that a client may take to accept an answer."""
MOST_NAMES = 500
"""Names and terms that a client may send with one utterance."""


@dataclass(frozen=True)
class Services:
    """What all connections share."""

    info: Info
    homes: Homes
    understanding: Understanding | None
    ears: Ears | None
    idle_timeout: float


class Connection:
    """Serves one client until it leaves."""

    def __init__(
        self, services: Services, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, patient: bool = False
    ) -> None:
        """`patient`: the end of the input is no reason to leave work unfinished (stdio)."""
        self._services = services
        self._reader = reader
        self._writer = writer
        self._patient = patient
        self._requests: asyncio.Queue[Coroutine[Any, Any, None] | None] = asyncio.Queue()
        self._writing = asyncio.Lock()
        self._wish = Wish()
        self._utterance: Utterance | None = None
        self._deaf = False
        self._waiting = 0

    async def run(self) -> None:
        """Serve the client; returns when it has left or the stream is lost."""
        answering = asyncio.create_task(self._answer_requests())
        reading = asyncio.create_task(self._read())
        try:
            await asyncio.wait({answering, reading}, return_when=asyncio.FIRST_COMPLETED)
            if reading.done() and self._patient:
                self._requests.put_nowait(None)
                await answering
        finally:
            for task in (reading, answering):
                task.cancel()
            for outcome in await asyncio.gather(reading, answering, return_exceptions=True):
                if isinstance(outcome, Exception) and not isinstance(outcome, ConnectionError | TimeoutError):
                    LOGGER.error("A connection failed", exc_info=outcome)
            while not self._requests.empty():
                if (request := self._requests.get_nowait()) is not None:
                    request.close()
            self._writer.close()
            with contextlib.suppress(OSError):
                await self._writer.wait_closed()

    async def _read(self) -> None:
        """Read events until the client leaves, the stream is lost, or nothing came for too long."""
        while True:
            try:
                async with asyncio.timeout(self._services.idle_timeout):
                    event = await read_event(self._reader)
            except TimeoutError:
                if self._waiting:
                    continue
                await self._send_error(RequestError("idle", "Nothing came for too long; the connection closes."))
                return
            except RequestError as error:
                await self._send_error(error)
                if error.lost:
                    return
                continue
            except ConnectionError:
                return
            if event is None:
                return
            try:
                await self._take(event)
            except RequestError as error:
                await self._send_error(error)

    async def _take(self, event: Event) -> None:
        """Handle one event; raises RequestError where it is wrong. Unknown events are ignored."""
        handle = _HANDLERS.get(event.type)
        if handle is not None:
            await handle(self, event)

    async def _describe(self, _event: Event) -> None:
        await self._send([self._services.info.event()])

    async def _ping(self, event: Event) -> None:
        text = event.data.get("text")
        await self._send([Pong(text if isinstance(text, str) else None).event()])

    async def _user_event(self, event: Event) -> None:
        if event.data.get("name") == "home":
            self._services.homes.remember(home_from_data(event.data.get("data")))

    async def _transcribe(self, event: Event) -> None:
        ears = self._services.ears
        if ears is None:
            raise RequestError("no-speech-to-text", "This server has no model for speech to text.")
        language = base_language(_text_or_none(event.data, "language"))
        names = [*_names(event.data, "transcript_names"), *_names(event.data, "transcript_terms")]
        self._wish = Wish(language, names[:MOST_NAMES], Patience.from_wyoming(event.data.get("vad_sensitivity")))
        if language is not None and language not in ears.ear.languages:
            self._deaf = True
            known = ", ".join(ears.ear.languages)
            raise RequestError("language-not-supported", f"This server hears {known}, not {language[:20]}.")
        self._deaf = False

    async def _audio_start(self, event: Event) -> None:
        ears = self._services.ears
        if ears is None:
            raise RequestError("no-speech-to-text", "This server has no model for speech to text.")
        if self._utterance is not None:
            self._utterance.abandon()
            self._utterance = None
        if self._deaf:
            return
        self._deaf = True
        stream = Stream(event.data.get("rate"), event.data.get("width"), event.data.get("channels"))
        self._deaf = False
        language = self._wish.language or ears.language
        utterance = Utterance(self, ears, stream, replace(self._wish, language=language))
        self._utterance = utterance
        self._request(self._hear(utterance))

    async def _audio_chunk(self, event: Event) -> None:
        if self._deaf:
            return
        if self._utterance is None:
            self._deaf = True
            raise RequestError("audio-not-started", "Audio came before audio-start.")
        try:
            self._utterance.feed(event.payload or b"")
        except RequestError:
            self._deaf = True
            self._utterance.abandon()
            self._utterance = None
            raise

    async def _audio_stop(self, _event: Event) -> None:
        deaf, self._deaf = self._deaf, False
        utterance, self._utterance = self._utterance, None
        if utterance is not None:
            utterance.stop()
        elif not deaf:
            raise RequestError("audio-not-started", "Audio stopped that had not begun.")

    async def _recognize(self, event: Event) -> None:
        if self._services.understanding is None:
            raise RequestError("no-understanding", "This server has no model that understands text.")
        text = event.data.get("text")
        if not isinstance(text, str):
            raise RequestError("bad-event", f"{event.type} needs a text.")
        context = event.data.get("context")
        if context is not None and not isinstance(context, dict):
            raise RequestError("bad-event", "The context must be an object.")
        home = (context or {}).get("home")
        question = Question(
            text=text,
            language=_text_or_none(event.data, "language"),
            home=home if isinstance(home, str) else None,
            previous=_previous(context or {}),
        )
        self._request(self._understand(self._services.understanding, question, context))

    def _request(self, work: Coroutine[Any, Any, None]) -> None:
        """Put work at the end of the row of this connection."""
        if self._waiting >= MOST_WAITING:
            work.close()
            raise RequestError("busy", f"{MOST_WAITING} requests of this connection wait already.")
        self._waiting += 1
        self._requests.put_nowait(work)

    async def _answer_requests(self) -> None:
        """Answer what this connection asks, one request after the other."""
        while (request := await self._requests.get()) is not None:
            try:
                await request
            except RequestError as error:
                await self._send_error(error)
            except (ConnectionError, TimeoutError):
                return
            except Exception:
                LOGGER.exception("A request failed")
                await self._send_error(
                    RequestError("internal", "Something went wrong here; the server's log says what.")
                )
            finally:
                self._waiting -= 1

    async def _understand(
        self, understanding: Understanding, question: Question, context: dict[str, Any] | None
    ) -> None:
        started = time.perf_counter()
        understood = await understanding.answer(self, question)
        await self._send(answer_events(understood, context))
        LOGGER.info(
            "Understood %d characters in %s: %d calls, confidence %.2f, %.0f ms%s",
            len(question.text),
            understood.language,
            len(understood.translation.calls),
            understood.translation.confidence,
            (time.perf_counter() - started) * 1000,
            " (prepared)" if understood.prepared else "",
        )
        LOGGER.debug("%r -> %s", question.text, understood.translation.calls)

    async def _hear(self, utterance: Utterance) -> None:
        result = await utterance.finish()
        if result is None:
            return
        if self._utterance is utterance:  # ended here, not by the client: the rest of its audio is of no use
            self._utterance = None
            self._deaf = True
        await self._send(_transcript_events(result))
        LOGGER.info(
            "Heard %.1f s of speech in %.1f s of audio in %s: transcript %.0f ms after the end%s; %s",
            result.speech,
            result.audio,
            result.heard.language,
            result.wait,
            " (begun ahead)" if result.ahead else "",
            ", ".join(f"{stage} {ms:.0f} ms" for stage, ms in result.heard.stages.items()) or "nobody spoke",
        )
        LOGGER.debug("Transcript: %r", result.heard.text)

    async def _send_error(self, error: RequestError) -> None:
        LOGGER.warning("Told a client: %s (%s)", error.sentence, error.code)
        with contextlib.suppress(ConnectionError, TimeoutError):
            await self._send([Error(error.sentence, error.code).event()])

    async def _send(self, events: Iterable[Event]) -> None:
        """Write events without others between them; raises TimeoutError where the client does not accept them."""
        async with asyncio.timeout(WRITE_TIMEOUT), self._writing:
            for event in events:
                await async_write_event(event, self._writer)


def _transcript_events(result: Result) -> list[Event]:
    """A transcript, streamed in one piece and whole."""
    heard = result.heard
    context = {"confidence": round(heard.confidence, 4), "stages": {**heard.stages, "wait": round(result.wait, 1)}}
    return [
        TranscriptStart(language=heard.language).event(),
        TranscriptChunk(heard.text).event(),
        Transcript(heard.text, context=context, language=heard.language).event(),
        TranscriptStop().event(),
    ]


def _previous(context: Mapping[str, Any]) -> Call | None:
    """The last call that a client says was made; one that is no call of ours counts as none."""
    previous = context.get("previous")
    if not isinstance(previous, Mapping):
        return None
    name, args = previous.get("name"), previous.get("args", {})
    if not isinstance(name, str) or not isinstance(args, Mapping):
        return None
    try:
        return call_from_data(name, args)
    except CallError:
        return None


def _text_or_none(data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise RequestError("bad-event", f"The {key} must be text.")
    return value or None


def _names(data: Mapping[str, Any], key: str) -> list[str]:
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise RequestError("bad-event", f"The {key} must be a list of text.")
    return value


_HANDLERS: Mapping[str, Callable[[Connection, Event], Coroutine[Any, Any, None]]] = {
    "describe": Connection._describe,  # noqa: SLF001
    "ping": Connection._ping,  # noqa: SLF001
    "user-event": Connection._user_event,  # noqa: SLF001
    "transcribe": Connection._transcribe,  # noqa: SLF001
    "audio-start": Connection._audio_start,  # noqa: SLF001
    "audio-chunk": Connection._audio_chunk,  # noqa: SLF001
    "audio-stop": Connection._audio_stop,  # noqa: SLF001
    "recognize": Connection._recognize,  # noqa: SLF001
    "transcript": Connection._recognize,  # noqa: SLF001
}
