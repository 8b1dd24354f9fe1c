"""The connection to the voice server: one Wyoming connection, kept open.

Text goes out as Wyoming `transcript`, calls of the function catalogue come back as
`intent` events. Requests are answered in order, one at a time per connection.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
import logging
from typing import Any, Final

from wyoming.asr import Transcript
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.event import Event
from wyoming.info import Describe, Info, IntentProgram
from wyoming.intent import Intent, IntentsStart, IntentsStop, NotRecognized
from wyoming.user_event import UserEvent

from homeassistant.exceptions import HomeAssistantError

from .const import UNKNOWN
from .memory import Call

_LOGGER = logging.getLogger(__name__)

PROGRAM: Final = "local-llm-voice"
"""The intent program that answers with calls of our catalogue."""

CONNECT_SECONDS: Final = 5
ANSWER_SECONDS: Final = 10

HOME_EVENT: Final = "home"


class ServerError(HomeAssistantError):
    """The voice server did not answer as it should."""


class ServerUnreachable(ServerError):
    """Nothing answers there, or not in time, or it went away while it was asked."""


class NotOurServer(ServerError):
    """Something answers, but it is no server that understands for us."""


class RequestRefused(ServerError):
    """The server answered that it cannot process this request."""

    def __init__(self, code: str | None, text: str) -> None:
        """Keep the server's reason."""
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Translation:
    """What the server made of an utterance."""

    calls: tuple[Call, ...]
    confidence: float | None = None
    stages: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds by stage, as the server measured them."""


class Client:
    """Asks the server; connects when needed and again after a failure."""

    def __init__(self, host: str, port: int) -> None:
        """Remember the address; nothing is sent yet."""
        self._host = host
        self._port = port
        self._connection: AsyncTcpClient | None = None
        self._known_home: str | None = None
        self._lock = asyncio.Lock()
        self._available = True

    @property
    def available(self) -> bool:
        """Whether the last attempt to reach the server succeeded."""
        return self._available

    async def async_describe(self) -> Info:
        """Return what the server offers; raises NotOurServer where it is not ours."""
        async with self._lock:
            try:
                async with asyncio.timeout(CONNECT_SECONDS + ANSWER_SECONDS):
                    info = await self._async_describe()
            except ServerError as err:
                await self._async_lost(err)
                raise
            except TimeoutError as err:
                await self._async_lost(err)
                raise ServerUnreachable("no answer in time") from err
            self._back()
        if intent_program(info) is None:
            raise NotOurServer("the server has no program that understands for us")
        return info

    async def async_warm(self, home: Mapping[str, Any]) -> None:
        """Connect and tell the server about the home, so that the next request is fast."""
        async with self._lock:
            try:
                async with asyncio.timeout(CONNECT_SECONDS + ANSWER_SECONDS):
                    await self._async_send_home(await self._async_connected(), home)
            except (OSError, TimeoutError, ServerError) as err:
                await self._async_lost(err)
                return
            self._back()

    async def async_translate(
        self,
        text: str,
        *,
        language: str,
        home: Mapping[str, Any],
        context: Mapping[str, Any],
    ) -> Translation:
        """Return the calls that an utterance asks for; raises ServerError.

        `home` is the vocabulary event's data; it is sent where the server lacks it.
        """
        async with self._lock:
            try:
                async with asyncio.timeout(CONNECT_SECONDS + ANSWER_SECONDS):
                    translation = await self._async_asked(text, language, home, context)
            except RequestRefused:
                self._back()
                # Whether the server hangs up after an error is its choice.
                await self._async_disconnect()
                raise
            except ServerError as err:
                await self._async_lost(err)
                raise
            except (OSError, TimeoutError) as err:
                await self._async_lost(err)
                raise ServerUnreachable(str(err) or "no answer in time") from err
            except BaseException:
                # Cancelled in mid-request: the answer would be read as the next one's.
                await self._async_disconnect()
                raise
            self._back()
            return translation

    async def async_close(self) -> None:
        """Hang up."""
        async with self._lock:
            await self._async_disconnect()

    async def _async_asked(
        self,
        text: str,
        language: str,
        home: Mapping[str, Any],
        context: Mapping[str, Any],
    ) -> Translation:
        """Ask; once more on a new connection where the open one turns out dead."""
        request = Transcript(
            text=text, language=language, context={**context, "home": home["hash"]}
        ).event()
        reused = self._connection is not None
        try:
            return await self._async_exchange(request, home)
        except (OSError, ServerUnreachable):
            if not reused:
                raise
        await self._async_disconnect()
        return await self._async_exchange(request, home)

    async def _async_exchange(
        self, request: Event, home: Mapping[str, Any]
    ) -> Translation:
        connection = await self._async_connected()
        await self._async_send_home(connection, home)
        await connection.write_event(request)
        translation, home_known = await self._async_answer(connection)
        if not home_known:
            # The server was restarted or forgot: what it answered was a guess.
            self._known_home = None
            await self._async_send_home(connection, home)
            await connection.write_event(request)
            translation, _ = await self._async_answer(connection)
        return translation

    async def _async_connected(self) -> AsyncTcpClient:
        if self._connection is None:
            connection = AsyncTcpClient(
                self._host,
                self._port,
                connect_timeout=CONNECT_SECONDS,
                read_timeout=ANSWER_SECONDS,
            )
            try:
                await connection.connect()
            except (OSError, TimeoutError) as err:
                raise ServerUnreachable(str(err) or "no connection in time") from err
            self._connection = connection
            self._known_home = None
        return self._connection

    async def _async_send_home(
        self, connection: AsyncTcpClient, home: Mapping[str, Any]
    ) -> None:
        if self._known_home == home["hash"]:
            return
        await connection.write_event(UserEvent(HOME_EVENT, data=dict(home)).event())
        self._known_home = home["hash"]

    async def _async_describe(self) -> Info:
        connection = await self._async_connected()
        try:
            await connection.write_event(Describe().event())
            while True:
                event = await self._async_event(connection)
                if Info.is_type(event.type):
                    return Info.from_event(event)
        except OSError as err:
            raise ServerUnreachable(str(err)) from err
        except (KeyError, TypeError, AttributeError) as err:
            raise NotOurServer("the answer to describe is malformed") from err

    async def _async_answer(
        self, connection: AsyncTcpClient
    ) -> tuple[Translation, bool]:
        """Read one answer: one intent, several between brackets, or none."""
        intents: list[Intent] = []
        several = False
        context: Mapping[str, Any] | None = None
        while True:
            event = await self._async_event(connection)
            try:
                if Error.is_type(event.type):
                    error = Error.from_event(event)
                    raise RequestRefused(error.code, error.text)
                if NotRecognized.is_type(event.type):
                    context = NotRecognized.from_event(event).context
                    break
                if IntentsStart.is_type(event.type):
                    context = IntentsStart.from_event(event).context
                    several = True
                elif IntentsStop.is_type(event.type):
                    context = IntentsStop.from_event(event).context or context
                    break
                elif Intent.is_type(event.type):
                    intents.append(Intent.from_event(event))
                    context = context or intents[-1].context
                    if not several:
                        break
            except (KeyError, TypeError, AttributeError) as err:
                raise NotOurServer(f"malformed {event.type} event") from err
        context = context or {}
        calls = tuple(
            Call(intent.name, {entity.name: entity.value for entity in intent.entities})
            for intent in intents
        )
        translation = Translation(
            calls or (Call(UNKNOWN, {}),),
            confidence=context.get("confidence"),
            stages=context.get("stages") or {},
        )
        return translation, context.get("home_known", True)

    async def _async_event(self, connection: AsyncTcpClient) -> Event:
        """Read one event; whatever the library raises on garbage becomes a ServerError."""
        try:
            event = await connection.read_event()
        except asyncio.IncompleteReadError as err:
            raise ServerUnreachable("the connection was closed in mid-event") from err
        except (KeyError, TypeError, AttributeError) as err:
            raise NotOurServer("what answers does not speak Wyoming") from err
        if event is None:
            # The library returns None for a closed connection and for bad JSON alike.
            raise ServerUnreachable("the connection was closed")
        return event

    async def _async_lost(self, err: Exception) -> None:
        """Note that the server is gone; logged once."""
        await self._async_disconnect()
        if self._available:
            _LOGGER.warning(
                "Voice server at %s:%s does not answer: %s",
                self._host,
                self._port,
                err or type(err).__name__,
            )
        self._available = False

    def _back(self) -> None:
        """Note that the server answered; logged once."""
        if not self._available:
            _LOGGER.info("Voice server at %s:%s is back", self._host, self._port)
        self._available = True

    async def _async_disconnect(self) -> None:
        connection, self._connection = self._connection, None
        self._known_home = None
        if connection is not None:
            try:
                await connection.disconnect()
            except OSError as err:
                _LOGGER.debug("Hanging up: %s", err)


def intent_program(info: Info) -> IntentProgram | None:
    """Return the program of a server that understands for us, None where there is none."""
    for program in info.intent:
        if program.installed and program.name == PROGRAM:
            return program
    return None


async def async_check(host: str, port: int) -> Info:
    """Return what the server at an address offers; raises ServerError."""
    client = Client(host, port)
    try:
        return await client.async_describe()
    finally:
        await client.async_close()
