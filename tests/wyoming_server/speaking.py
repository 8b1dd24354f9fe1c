"""Clients for tests: speak a recording, read until an event comes."""

import asyncio
import wave
from pathlib import Path

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncClient
from wyoming.event import Event

CHUNK = 320
"""Bytes: 10 ms, as Home Assistant sends them."""


def pcm(path: Path) -> bytes:
    """The samples of a WAV file with one channel of 16 bits at 16 kHz."""
    with wave.open(str(path)) as wav:
        assert (wav.getframerate(), wav.getsampwidth(), wav.getnchannels()) == (16000, 2, 1)
        return bytes(wav.readframes(wav.getnframes()))


def silence(seconds: float) -> bytes:
    return bytes(int(seconds * 16000) * 2)


async def speak(client: AsyncClient, audio: bytes, *, pace: float = 0.0, stop: bool = True) -> None:
    """Send audio at 16 kHz in small chunks, `pace` times as fast as real time (0: at once)."""
    loop = asyncio.get_running_loop()
    await client.write_event(AudioStart(16000, 2, 1).event())
    started = loop.time()
    for number, position in enumerate(range(0, len(audio), CHUNK)):
        if pace:
            await asyncio.sleep(max(0.0, started + number * 0.01 / pace - loop.time()))
        await client.write_event(AudioChunk(16000, 2, 1, audio[position : position + CHUNK]).event())
    if stop:
        await client.write_event(AudioStop().event())


async def read_until(client: AsyncClient, kind: str) -> Event:
    """The next event of a kind; others before it are passed over."""
    while (event := await client.read_event()) is not None:
        if event.type == kind:
            return event
    raise AssertionError(f"the connection closed before {kind}")


async def ask(client: AsyncClient, kind: str, **data: object) -> Event:
    """Send an event and give the next one that comes back."""
    await client.write_event(Event(kind, dict(data)))
    event = await client.read_event()
    assert event is not None, "the connection closed"
    return event
