"""A TCP server that speaks Wyoming as the voice server does; the test says what it answers."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from custom_components.local_llm_voice.client import PROGRAM
from wyoming.asr import Transcript
from wyoming.event import Event, async_read_event, async_write_event
from wyoming.info import Attribution, Describe, Info, IntentModel, IntentProgram
from wyoming.intent import Entity, Intent, IntentsStart, IntentsStop, NotRecognized
from wyoming.user_event import UserEvent

type Calls = list[tuple[str, dict[str, Any]]]


@dataclass
class VoiceServer:
    """Speaks Wyoming on a port; what it answers is scripted by the test."""

    port: int = 0
    program: str = PROGRAM
    answers: dict[str, Calls] = field(default_factory=dict)
    """Calls by utterance; any other utterance is not recognized."""
    raw: bytes | None = None
    """Written in place of an answer, then the connection is closed."""
    silent: bool = False
    error: tuple[str, str] | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    connections: int = 0
    writers: set[asyncio.StreamWriter] = field(default_factory=set)
    server: asyncio.Server | None = None

    async def start(self) -> None:
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Go away as a crashed process does, with every connection."""
        if self.server is not None:
            self.server.close()
            self.server = None
        for writer in list(self.writers):
            writer.close()
        await asyncio.sleep(0)

    def hang_up(self) -> None:
        """Close the connections and keep listening."""
        for writer in list(self.writers):
            writer.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.add(writer)
        try:
            while (event := await async_read_event(reader)) is not None:
                if self.raw is not None:
                    writer.write(self.raw)
                    await writer.drain()
                    break
                for answer in self.answer(event):
                    await async_write_event(answer, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.writers.discard(writer)
            writer.close()

    def answer(self, event: Event) -> list[Event]:
        if Describe.is_type(event.type):
            return [self.info().event()]
        if UserEvent.is_type(event.type):
            assert event.data["name"] == "home"
            self.homes[event.data["data"]["hash"]] = event.data["data"]
            return []
        if not Transcript.is_type(event.type):
            return []
        self.requests.append(event.data)
        if self.silent:
            return []
        if self.error:
            return [Event("error", {"code": self.error[0], "text": self.error[1]})]
        known = event.data["context"]["home"] in self.homes
        context = {"confidence": 0.97, "stages": {"translate": 12.5}, "home_known": known}
        calls = self.answers.get(event.data["text"], [])
        intents = [
            Intent(name, [Entity(key, value) for key, value in args.items()], context=context).event()
            for name, args in calls
        ]
        if not intents:
            return [NotRecognized(text=event.data["text"], context=context).event()]
        if len(intents) == 1:
            return intents
        return [IntentsStart(context=context).event(), *intents, IntentsStop().event()]

    def info(self) -> Info:
        about: dict[str, Any] = {
            "attribution": Attribution("test", "https://example.com"),
            "installed": True,
            "description": "test",
            "version": "1",
        }
        model = IntentModel(name="test", languages=["en"], **about)
        return Info(intent=[IntentProgram(name=self.program, models=[model], **about)])
