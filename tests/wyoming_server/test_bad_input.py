"""What strangers and broken clients get: a code and a sentence, and a server that goes on."""

import asyncio
import json

import pytest
from wyoming.event import Event

from .conftest import SPEECH, Server, StartServer
from .speaking import ask, pcm, read_until, silence, speak


async def lives(server: Server) -> None:
    """The server still answers others."""
    async with server.client() as client:
        assert (await ask(client, "ping")).type == "pong"


async def send_raw(server: Server, data: bytes, *, end: bool = False) -> list[dict[str, object]]:
    """The events that come back until the server closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(data)
    if end:
        writer.write_eof()
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return [json.loads(line) for line in answer.split(b"\n") if line.startswith(b'{"type"')]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[1]\n", "bad-frame"),
        (b"\x16\x03\x01\x02\x00\x01\x00\xfc\n", "bad-frame"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "bad-frame"),
        (b"[" * 50_000 + b"\n", "bad-frame"),
        (b'{"type": "ping", "data": {"text": "\\ud800"}}\n', "bad-frame"),
        (b'{"type": "ping", "data_length": "x"}\n', "bad-frame"),
        (b'{"type": "ping", "data_length": -5}\n', "bad-frame"),
        (b'{"type": "ping", "data_length": true}\n', "bad-frame"),
        (b'{"type": "audio-chunk", "payload_length": 99999999999}\n', "payload-too-long"),
        (b'{"type": "ping", "data_length": 99999999}\n', "data-too-long"),
        (b"x" * 70_000, "header-too-long"),
        (b'{"type": "ping"' + b" " * 70_000 + b"}\n", "header-too-long"),
    ],
)
async def test_a_lost_stream_is_named_and_closed(server: Server, data: bytes, code: str) -> None:
    events = await send_raw(server, data)
    assert [event["type"] for event in events] == ["error"]
    async with server.client() as client:
        assert client._writer is not None
        client._writer.write(data)
        error = await client.read_event()
        assert error is not None
        assert error.data["code"] == code
        assert error.data["text"].endswith(".")
        assert await client.read_event() is None
    await lives(server)


@pytest.mark.parametrize(
    "data",
    [
        b'{"type": "ping", "data_length": 10}\n{"te',
        b'{"type": "audio-chunk", "payload_length": 10}\n1234',
        b'{"type": "ping"',
    ],
)
async def test_a_stream_that_ends_inside_an_event_leaves_no_trace(server: Server, data: bytes) -> None:
    await send_raw(server, data, end=True)
    await lives(server)
    assert "Traceback" not in server.log()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"data": {}}\n', "bad-event"),
        (b'{"type": 5}\n', "bad-event"),
        (b'{"type": "ping", "data": [1]}\n', "bad-event"),
        (b'{"type": "ping", "data_length": 2}\n[]', "bad-event"),
        (b'{"type": "transcript", "data": {}}\n', "bad-event"),
        (b'{"type": "transcript", "data": {"text": 5}}\n', "bad-event"),
        (b'{"type": "transcript", "data": {"text": "x", "context": "y"}}\n', "bad-event"),
        (b'{"type": "transcript", "data": {"text": "x", "language": 7}}\n', "bad-event"),
        (b'{"type": "transcribe", "data": {"transcript_names": "x"}}\n', "bad-event"),
        (b'{"type": "user-event", "data": {"name": "home"}}\n', "bad-home"),
        (b'{"type": "user-event", "data": {"name": "home", "data": {"hash": "x", "areas": [{}]}}}\n', "bad-home"),
        (b'{"type": "audio-start", "data": {}}\n', "audio-format"),
        (b'{"type": "audio-start", "data": {"rate": 16000, "width": 9, "channels": 1}}\n', "audio-format"),
        (b'{"type": "audio-start", "data": {"rate": 0, "width": 2, "channels": 1}}\n', "audio-format"),
        (b'{"type": "audio-chunk", "data": {}, "payload_length": 4}\n1234', "audio-not-started"),
        (b'{"type": "audio-stop"}\n', "audio-not-started"),
    ],
)
async def test_a_wrong_event_is_named_and_the_connection_lives_on(server: Server, data: bytes, code: str) -> None:
    async with server.client() as client:
        assert client._writer is not None
        client._writer.write(data)
        error = await client.read_event()
        assert error is not None
        assert (error.type, error.data["code"]) == ("error", code)
        assert (await ask(client, "ping", text="still here")).data["text"] == "still here"


async def test_data_null_with_a_length_is_read(server: Server) -> None:
    async with server.client() as client:
        assert client._writer is not None
        client._writer.write(b'{"type": "ping", "data": null, "data_length": 14}\n{"text": "ok"}')
        pong = await client.read_event()
        assert pong is not None
        assert pong.data == {"text": "ok"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"text": "word " * 2000}, "text-too-long"),
        ({"text": "  "}, "empty-text"),
        ({"text": "?! (("}, "empty-text"),
        ({"text": "schließ die Tür", "language": "tlh"}, "language-not-supported"),
        ({"text": "fail"}, "internal"),
    ],
)
async def test_text_that_cannot_be_understood(server: Server, data: dict[str, str], code: str) -> None:
    async with server.client() as client:
        error = await ask(client, "transcript", **data)
        assert (error.type, error.data["code"]) == ("error", code)
        assert (await ask(client, "ping")).type == "pong"


async def test_a_language_that_nobody_hears_is_refused_once(server: Server) -> None:
    async with server.client() as client:
        error = await ask(client, "transcribe", language="xx")
        assert error.data["code"] == "language-not-supported"
        await speak(client, pcm(SPEECH))
        assert (await ask(client, "ping")).type == "pong"
        await client.write_event(Event("transcribe", {"language": "en"}))
        await speak(client, pcm(SPEECH))
        assert (await read_until(client, "transcript")).data["text"]


async def test_an_utterance_may_last_a_minute(server: Server) -> None:
    async with server.client() as client:
        await speak(client, silence(61))
        error = await client.read_event()
        assert error is not None
        assert (error.type, error.data["code"]) == ("error", "audio-too-long")
        await speak(client, pcm(SPEECH))
        assert (await client.read_event() or Event("")).type == "transcript-start"


async def test_a_new_utterance_takes_the_place_of_one_that_did_not_end(server: Server) -> None:
    async with server.client() as client:
        await speak(client, silence(1), stop=False)
        await speak(client, pcm(SPEECH))
        assert (await read_until(client, "transcript")).data["text"]
        await read_until(client, "transcript-stop")
        assert (await ask(client, "ping")).type == "pong"


async def test_other_formats_are_converted_even_where_chunks_end_inside_a_sample(server: Server) -> None:
    mono = pcm(SPEECH)
    stereo = b"".join(mono[i : i + 2] * 2 for i in range(0, len(mono), 2))
    async with server.client() as client:
        await client.write_event(Event("audio-start", {"rate": 16000, "width": 2, "channels": 2}))
        for position in range(0, len(stereo), 333):
            await client.write_event(Event("audio-chunk", {}, payload=stereo[position : position + 333]))
        await client.write_event(Event("audio-stop"))
        assert (await read_until(client, "transcript")).data["text"] == "turn on the kitchen light"


async def test_one_client_too_many_is_told_so(start_server: StartServer) -> None:
    server = start_server("--max-connections", "2")
    async with server.client() as one, server.client() as two:
        await ask(one, "ping")
        await ask(two, "ping")
        async with server.client() as three:
            error = await three.read_event()
            assert error is not None
            assert error.data["code"] == "too-many-clients"
            assert await three.read_event() is None
    await asyncio.sleep(0.1)
    await lives(server)


async def test_a_silent_client_is_sent_away(start_server: StartServer) -> None:
    server = start_server("--idle-timeout", "0.3")
    async with server.client() as client:
        error = await client.read_event()
        assert error is not None
        assert error.data["code"] == "idle"
        assert await client.read_event() is None
    async with server.client() as client:
        assert (await ask(client, "transcript", text="wait 0.8")).type == "not-recognized"


async def test_too_many_questions_at_once_are_refused(server: Server) -> None:
    async with server.client() as client:
        for _ in range(40):
            await client.write_event(Event("transcript", {"text": "wait 0.02"}))
        events = [await client.read_event() for _ in range(40)]
    kinds = [event.type for event in events if event is not None]
    assert kinds.count("not-recognized") >= 32
    assert kinds.count("error") == 40 - kinds.count("not-recognized") > 0


async def test_nothing_said_is_logged(server: Server) -> None:
    async with server.client() as client:
        await ask(client, "transcript", text="my secret is rhubarb")
        await server.wait_for_log("Understood 20 characters")
    assert "rhubarb" not in server.log()
