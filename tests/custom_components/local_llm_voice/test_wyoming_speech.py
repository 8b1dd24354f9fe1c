"""Home Assistant's own Wyoming integration hears through the real server, a process on a port with the embedded ear."""

import asyncio
import re
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from pathlib import Path

import pytest
from homeassistant.components import stt
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[3]
CHUNK = 320
"""Bytes in 10 ms."""
WORDS = "turn on the kitchen light"
METADATA = stt.SpeechMetadata(
    language="en",
    format=stt.AudioFormats.WAV,
    codec=stt.AudioCodecs.PCM,
    bit_rate=stt.AudioBitRates.BITRATE_16,
    sample_rate=stt.AudioSampleRates.SAMPLERATE_16000,
    channel=stt.AudioChannels.CHANNEL_MONO,
)

pytestmark = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng")


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The words, spoken: 16-bit mono at 16 kHz."""
    from wyoming_server.speech.audio import read_wav

    file = tmp_path_factory.mktemp("speech") / "speech.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(file), WORDS], check=True)
    audio, stream = read_wav(file)
    return (stream.convert(audio) * 32767).astype("<i2").tobytes()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., int]]:
    """Start the server with arguments; gives its port."""
    processes = []

    def start(*arguments: str) -> int:
        log = tmp_path_factory.mktemp("server") / "log"
        command = [sys.executable, "-m", "wyoming_server", "serve", "--uri", "tcp://127.0.0.1:0"]
        with log.open("wb") as output:
            process = subprocess.Popen([*command, "--translator", "none", *arguments], cwd=ROOT, stderr=output)
        processes.append(process)
        end = time.monotonic() + 60
        while (ready := re.search(r"Ready on tcp://127\.0\.0\.1:(\d+)", log.read_text())) is None:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        return int(ready[1])

    yield start
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(10)


@pytest.fixture(scope="module")
def port(serve: Callable[..., int]) -> int:
    return serve()


@pytest.fixture(scope="module")
def ending_port(serve: Callable[..., int]) -> int:
    """The port of a server that ends utterances itself."""
    return serve("--endpointing")


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """Let Home Assistant connect."""


async def listen(hass: HomeAssistant, port: int) -> stt.SpeechToTextEntity:
    """Set Home Assistant's Wyoming integration up with a server; gives its speech-to-text entity."""
    assert await async_setup_component(hass, "homeassistant", {})
    entry = MockConfigEntry(domain="wyoming", title="Ear", data={"host": "127.0.0.1", "port": port})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    (state,) = hass.states.async_all("stt")
    entity = stt.async_get_speech_to_text_entity(hass, state.entity_id)
    assert entity is not None
    return entity


class Microphone:
    """Audio in pieces of 10 ms, at the pace of speech or at once."""

    def __init__(self, audio: bytes, *, paced: bool) -> None:
        self.audio = audio
        self.paced = paced
        self.sent = 0
        """Bytes that were taken."""

    async def stream(self) -> AsyncGenerator[bytes]:
        loop = asyncio.get_running_loop()
        started = loop.time()
        for number, position in enumerate(range(0, len(self.audio), CHUNK)):
            if self.paced:
                await asyncio.sleep(max(0.0, started + number * 0.01 - loop.time()))
            self.sent = position + CHUNK
            yield self.audio[position : position + CHUNK]


def silence(seconds: float) -> bytes:
    return bytes(int(seconds * 16000) * 2)


def plain(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", (text or "").lower()))


async def test_the_entity_says_what_the_ear_hears(hass: HomeAssistant, port: int) -> None:
    entity = await listen(hass, port)
    assert entity.supported_languages == ["en"]
    assert entity.check_metadata(METADATA)
    assert entity.audio_processing.requires_external_vad


@pytest.mark.parametrize("paced", [True, False], ids=["streamed", "at once"])
async def test_speech_becomes_its_words(hass: HomeAssistant, port: int, speech: bytes, paced: bool) -> None:
    entity = await listen(hass, port)
    microphone = Microphone(speech + silence(0.7), paced=paced)
    result = await entity.async_process_audio_stream(METADATA, microphone.stream())
    assert result.result is stt.SpeechResultState.SUCCESS
    assert plain(result.text) == WORDS


async def test_silence_is_no_words_and_no_failure(hass: HomeAssistant, port: int) -> None:
    entity = await listen(hass, port)
    result = await entity.async_process_audio_stream(METADATA, Microphone(silence(1), paced=False).stream())
    assert (result.text, result.result) == ("", stt.SpeechResultState.SUCCESS)


async def test_over_a_minute_is_an_error_that_says_why(
    hass: HomeAssistant, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    entity = await listen(hass, port)
    result = await entity.async_process_audio_stream(METADATA, Microphone(silence(62), paced=False).stream())
    assert result.result is stt.SpeechResultState.ERROR
    assert "An utterance may last 60 seconds." in caplog.text


async def test_with_endpointing_the_transcript_comes_before_the_audio_ends(
    hass: HomeAssistant, ending_port: int, speech: bytes
) -> None:
    entity = await listen(hass, ending_port)
    assert not entity.audio_processing.requires_external_vad
    microphone = Microphone(speech + silence(5), paced=True)
    result = await entity.async_process_audio_stream(METADATA, microphone.stream())
    assert plain(result.text) == WORDS
    assert microphone.sent < len(speech) + len(silence(2)), "it did not wait for the end"


async def test_with_endpointing_what_comes_at_once_is_heard_as_well(
    hass: HomeAssistant, ending_port: int, speech: bytes
) -> None:
    entity = await listen(hass, ending_port)
    result = await entity.async_process_audio_stream(METADATA, Microphone(speech, paced=False).stream())
    assert plain(result.text) == WORDS


async def test_eight_satellites_speak_at_once(hass: HomeAssistant, port: int, speech: bytes) -> None:
    entity = await listen(hass, port)
    microphones = [Microphone(silence(0.1 * n) + speech + silence(0.7), paced=True) for n in range(8)]
    results = await asyncio.gather(
        *(entity.async_process_audio_stream(METADATA, microphone.stream()) for microphone in microphones)
    )
    assert [plain(result.text) for result in results] == [WORDS] * 8
