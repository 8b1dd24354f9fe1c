"""One utterance through Home Assistant's Assist pipeline, and what came of it."""

import asyncio
import wave
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wyoming.audio import AudioChunk, AudioChunkConverter, wav_to_chunks

from .home_assistant import HomeAssistant
from .process import DemoError

RATE = 16000
CHUNK_SECONDS = 0.02
CLOSING_SILENCE_SECONDS = 1.5
"""Home Assistant ends an utterance after 0.7 s of silence (assist_pipeline AudioSettings.silence_seconds)."""
LONGEST_SECONDS = 60
"""What the server hears as one utterance (wyoming_server.speech.utterance)."""
LOWEST_RATE = 8000
"""What a telephone has; below, speech is not understood."""
QUIET_SECONDS = 0.7
"""An action's state changes are complete when none has come for this long."""


class RecordingError(DemoError):
    """A recording cannot be used; the message is one sentence that says why."""


@dataclass(frozen=True)
class Change:
    """One state of one entity before and after, attributes included."""

    entity_id: str
    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass
class Turn:
    """Everything that one utterance led to."""

    heard: str = ""
    calls: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    spoken: str = ""
    error: str = ""
    moments: dict[str, float] = field(default_factory=dict)
    """Seconds on the event loop's clock, by the pipeline's event, plus "start" and "speech-end"."""
    stages: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds inside the server, as it reports them."""


async def say(home: HomeAssistant, text: str, *, quiet: float = QUIET_SECONDS) -> Turn:
    """Run a typed utterance; returns when no state has changed for `quiet` seconds."""
    turn = Turn(heard=text)
    async with home.subscription("subscribe_events", event_type="state_changed"):
        turn.moments["start"] = asyncio.get_running_loop().time()
        run = await home.send("assist_pipeline/run", start_stage="intent", end_stage="intent", input={"text": text})
        return await _follow(home, run, turn, quiet)


async def play(home: HomeAssistant, recording: Path, *, quiet: float = QUIET_SECONDS) -> Turn:
    """Run a recording through the pipeline at the pace of speech; see `say`. Raises RecordingError."""
    chunks = read(recording)
    turn = Turn()
    feeding: list[asyncio.Task[None]] = []

    def feed(handler: int) -> None:
        feeding.append(asyncio.create_task(_feed(home, handler, chunks, turn)))

    async with home.subscription("subscribe_events", event_type="state_changed"):
        turn.moments["start"] = asyncio.get_running_loop().time()
        run = await home.send("assist_pipeline/run", start_stage="stt", end_stage="intent", input={"sample_rate": RATE})
        try:
            return await _follow(home, run, turn, quiet, feed)
        finally:
            for task in feeding:
                task.cancel()
            await asyncio.gather(*feeding, return_exceptions=True)


async def _follow(
    home: HomeAssistant, run: int, turn: Turn, quiet: float, feed: Callable[[int], None] | None = None
) -> Turn:
    """Read events until the pipeline has ended and the house is quiet."""
    conversation = ""
    async for message in _messages(home, run, quiet):
        event = message.get("event", {})
        if message["id"] != run:
            if event.get("event_type") == "state_changed":
                _note_change(turn, event["data"])
            continue
        if message["type"] == "result" and not message["success"]:
            raise DemoError(f"Assist refused to run: {message['error']['message']}")
        kind, data = event.get("type", ""), event.get("data") or {}
        turn.moments[kind] = asyncio.get_running_loop().time()
        match kind:
            case "run-start" if feed:
                feed(data["runner_data"]["stt_binary_handler_id"])
            case "stt-end":
                turn.heard = data["stt_output"]["text"]
            case "intent-end":
                response = data["intent_output"]["response"]
                conversation = data["intent_output"]["conversation_id"]
                turn.spoken = response["speech"].get("plain", {}).get("speech", "")
            case "error":
                turn.error = data["message"]
    if conversation:
        await _read_calls(home, conversation, turn)
    return turn


async def _messages(home: HomeAssistant, run: int, quiet: float) -> AsyncIterator[dict[str, Any]]:
    """Messages until the run has ended and `quiet` seconds have passed without another one."""
    ended = False
    while True:
        try:
            async with asyncio.timeout(quiet if ended else 60):
                message = await home.socket.receive_json()
        except TimeoutError:
            if ended:
                return
            raise DemoError("Home Assistant did not end the pipeline within a minute") from None
        if message["id"] == run and message.get("event", {}).get("type") == "run-end":
            ended = True
        yield message


async def _read_calls(home: HomeAssistant, conversation: str, turn: Turn) -> None:
    """Take the calls from the chat log, which is where every conversation agent records them."""
    async with home.subscription("conversation/chat_log/subscribe", conversation_id=conversation) as log:
        message: dict[str, Any] = {}
        async with asyncio.timeout(5):
            while message.get("id") != log:
                message = await home.socket.receive_json()
    content = message["event"]["data"]["content"]
    last_user = max((i for i, part in enumerate(content) if part["role"] == "user"), default=0)
    for part in content[last_user:]:
        for call in part.get("tool_calls") or []:
            turn.calls.append((call["tool_name"], call["tool_args"]))


def _note_change(turn: Turn, data: Mapping[str, Any]) -> None:
    before, after = data["old_state"], data["new_state"]
    if not before or not after:
        return
    name = after["attributes"].get("friendly_name", data["entity_id"])
    flat = [{"state": state["state"], **state["attributes"]} for state in (before, after)]
    turn.changes.append(Change(data["entity_id"], name, *flat))


def read(recording: Path) -> list[bytes]:
    """The recording as 16 kHz mono 16-bit pieces of CHUNK_SECONDS; raises RecordingError."""
    try:
        with wave.open(str(recording), "rb") as wav:
            rate, channels = wav.getframerate(), wav.getnchannels()
            if rate and (seconds := wav.getnframes() / rate) > LONGEST_SECONDS:
                raise RecordingError(
                    f"{recording} lasts {seconds:,.0f} seconds; an utterance may last {LONGEST_SECONDS}."
                )
            if rate < LOWEST_RATE or channels > 2:
                raise RecordingError(
                    f"{recording} has {channels} channels of {rate} samples a second; "
                    f"one or two of {LOWEST_RATE} or more can be heard."
                )
            converter = AudioChunkConverter(rate=RATE, width=2, channels=1)
            pieces = wav_to_chunks(wav, samples_per_chunk=int(wav.getframerate() * CHUNK_SECONDS))
            return [converter.convert(piece).audio for piece in pieces if isinstance(piece, AudioChunk)]
    except (OSError, EOFError, wave.Error) as error:
        reason = getattr(error, "strerror", None) or str(error) or "it ends too soon"
        raise RecordingError(f"{recording} cannot be read as a WAV file: {reason}.") from error


async def _feed(home: HomeAssistant, handler: int, chunks: list[bytes], turn: Turn) -> None:
    """Send audio at the pace of speech; silence after the last word, as a microphone would."""
    loop = asyncio.get_running_loop()
    due = loop.time()
    silence = bytes(int(RATE * CHUNK_SECONDS) * 2)
    for number, chunk in enumerate([*chunks, *[silence] * int(CLOSING_SILENCE_SECONDS / CHUNK_SECONDS)]):
        if number == len(chunks):
            turn.moments["speech-end"] = loop.time()
        await home.socket.send_bytes(bytes([handler]) + chunk)
        due += CHUNK_SECONDS
        await asyncio.sleep(max(0.0, due - loop.time()))
    await home.socket.send_bytes(bytes([handler]))
