"""What goes wrong gets one clear sentence, is logged once, and the next utterance works."""

import asyncio
import os
import random
import signal
import struct
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from demo import assist
from demo.house import House, start_server
from demo.paths import HOST, WYOMING_PORT

pytestmark = pytest.mark.asyncio(loop_scope="session")

TRACEBACK_WORDS = ("Traceback", "Error(", "Exception", "None")
GONE = "does not answer"


def is_one_sentence(text: str) -> bool:
    """Whether a person can be told this."""
    return bool(text) and not any(word in text for word in TRACEBACK_WORDS) and len(text) < 200


async def works(house: House) -> None:
    """The next utterance works."""
    turn = await assist.say(house.assistant, "what is 2 plus 2")
    assert "4" in turn.spoken or "four" in turn.spoken.lower(), turn.spoken


def logged(house: House, text: str) -> int:
    """How often Home Assistant's log holds a text."""
    return house.home_assistant.log.read_text(encoding="utf-8", errors="replace").count(text)


def write(path: Path, samples: list[int], rate: int = 16000) -> Path:
    """A recording."""
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return path


async def test_very_long_text(house: House) -> None:
    turn = await assist.say(house.assistant, "turn on the light " * 560)
    assert is_one_sentence(turn.spoken)
    assert not turn.calls
    await works(house)


async def test_text_in_a_script_that_is_not_supported(house: House) -> None:
    turn = await assist.say(house.assistant, "запали світло на кухні будь ласка")
    assert is_one_sentence(turn.spoken)
    await works(house)


async def test_text_in_a_language_that_is_not_supported(house: House) -> None:
    registry = await house.assistant.command("config/entity_registry/list")
    agent = next(e["entity_id"] for e in registry if (e["platform"], e["entity_id"][:13]) == AGENT)
    result = await house.assistant.command(
        "conversation/process", text="zünd das Licht an", language="tlh", agent_id=agent
    )
    speech = result["response"]["speech"]["plain"]["speech"]
    assert speech == "The voice server does not understand this language."
    await works(house)


AGENT = ("local_llm_voice", "conversation.")


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00\x01", "(((((((((("])
async def test_text_that_says_nothing(house: House, text: str) -> None:
    turn = await assist.say(house.assistant, text)
    assert not turn.calls
    await works(house)


async def test_recordings_without_speech(house: House, tmp_path: Path) -> None:
    noise = random.Random(1)
    for name, samples in (
        ("empty", []),
        ("silence", [0] * 32000),
        ("noise", [noise.randint(-600, 600) for _ in range(32000)]),
    ):
        turn = await assist.play(house.assistant, write(tmp_path / f"{name}.wav", samples))
        assert is_one_sentence(turn.error), name
        assert not turn.heard, name
        assert not turn.calls, name
    await works(house)


async def test_a_recording_of_an_hour_is_refused_at_once(house: House, tmp_path: Path) -> None:
    hour = write(tmp_path / "hour.wav", [0] * 3600 * 4000, rate=4000)
    with pytest.raises(assist.RecordingError, match=r"3,600 seconds; an utterance may last 60\.$"):
        await assist.play(house.assistant, hour)
    with pytest.raises(assist.RecordingError, match=r"No such file or directory\.$"):
        await assist.play(house.assistant, tmp_path / "none.wav")
    await works(house)


async def test_a_person_who_does_not_stop_talking(house: House, speak: Callable[..., Path]) -> None:
    """Home Assistant cuts an utterance off; what comes of it is a sentence, not an error inside."""
    sentence = "and then she said that he had told her what they knew about it "
    turn = await assist.play(house.assistant, speak(sentence * 5, speed=170))
    assert is_one_sentence(turn.spoken or turn.error)
    await works(house)


async def test_server_dies_and_comes_back(house: House) -> None:
    before = logged(house, GONE)
    house.server.child.kill()
    await house.server.child.wait()
    for _ in range(2):
        turn = await assist.say(house.assistant, "turn on the kitchen light")
        assert turn.spoken == "I can't reach the voice server right now."
    assert logged(house, GONE) == before + 1
    house.server = await start_server()
    await works(house)


async def test_speech_while_the_server_is_gone(house: House, speak: Callable[..., Path]) -> None:
    house.server.child.kill()
    await house.server.child.wait()
    turn = await assist.play(house.assistant, speak("turn on the kitchen light"))
    assert is_one_sentence(turn.error)
    assert not turn.calls
    house.server = await start_server()
    await works(house)


async def test_server_dies_in_the_middle_of_a_request(house: House) -> None:
    await works(house)
    before = logged(house, GONE)
    os.kill(house.server.child.pid, signal.SIGSTOP)
    asking = asyncio.create_task(assist.say(house.assistant, "turn on the kitchen light"))
    await asyncio.sleep(0.5)
    assert not asking.done()
    house.server.child.kill()
    await house.server.child.wait()
    turn = await asking
    assert turn.spoken == "I can't reach the voice server right now."
    assert logged(house, GONE) == before + 1
    house.server = await start_server()
    await works(house)


async def test_something_else_answers_on_the_port(house: House, speak: Callable[..., Path]) -> None:
    async def stranger(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    before = logged(house, GONE)
    await house.server.stop()
    async with await asyncio.start_server(stranger, HOST, WYOMING_PORT):
        for _ in range(2):
            turn = await assist.say(house.assistant, "turn on the kitchen light")
            assert is_one_sentence(turn.spoken)
            assert not turn.calls
        turn = await assist.play(house.assistant, speak("turn on the kitchen light"))
        assert is_one_sentence(turn.error)
    assert logged(house, GONE) == before + 1
    house.server = await start_server()
    await works(house)
