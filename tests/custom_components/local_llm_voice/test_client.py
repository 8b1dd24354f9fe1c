"""The connection to the voice server: kept, renewed, and never a surprise."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from custom_components.local_llm_voice import client as client_module
from custom_components.local_llm_voice.client import (
    Client,
    NotOurServer,
    RequestRefused,
    ServerError,
    ServerUnreachable,
    async_check,
)
from custom_components.local_llm_voice.memory import Call
from tests.custom_components.local_llm_voice.voice_server import VoiceServer

HOME = {"hash": "abc", "functions": ["turn_on"]}
CALLS = [("turn_on", {"name": "lamp"})]


@pytest.fixture
async def client(server: VoiceServer) -> AsyncGenerator[Client]:
    """A client of the scripted server."""
    client = Client("127.0.0.1", server.port)
    server.answers["lamp on"] = CALLS
    yield client
    await client.async_close()


async def ask(client: Client, text: str = "lamp on", home: dict[str, Any] | None = None) -> tuple[Call, ...]:
    """Ask for a translation."""
    translation = await client.async_translate(text, language="en", home=home or HOME, context={"area": "Kitchen"})
    return translation.calls


async def test_one_connection_and_one_home(client: Client, server: VoiceServer) -> None:
    for _ in range(3):
        assert await ask(client) == (Call("turn_on", {"name": "lamp"}),)
    assert (server.connections, server.homes) == (1, {"abc": HOME})
    await ask(client, home={**HOME, "hash": "def"})
    assert (server.connections, len(server.homes)) == (1, 2)
    assert server.requests[-1]["context"] == {"area": "Kitchen", "home": "def"}
    assert server.requests[-1]["language"] == "en"


async def test_several_calls_and_none(client: Client, server: VoiceServer) -> None:
    server.answers["both"] = [("turn_on", {}), ("flip_coin", {})]
    translation = await client.async_translate("both", language="en", home=HOME, context={})
    assert [call.name for call in translation.calls] == ["turn_on", "flip_coin"]
    assert (translation.confidence, translation.stages) == (0.97, {"translate": 12.5})
    assert await ask(client, "mumble") == (Call("unknown", {}),)


async def test_requests_at_the_same_time_get_their_own_answers(client: Client, server: VoiceServer) -> None:
    server.answers |= {f"lamp {n}": [("turn_on", {"name": str(n)})] for n in range(8)}
    answers = await asyncio.gather(*(ask(client, f"lamp {n}") for n in range(8)))
    assert [calls[0].args["name"] for calls in answers] == [str(n) for n in range(8)]
    assert server.connections == 1


async def test_a_dead_connection_is_renewed_unnoticed(client: Client, server: VoiceServer) -> None:
    await ask(client)
    server.hang_up()
    await asyncio.sleep(0)
    assert await ask(client)
    assert server.connections == 2


async def test_a_server_that_was_restarted_is_told_again(client: Client, server: VoiceServer) -> None:
    await ask(client)
    server.homes.clear()
    assert await ask(client)
    assert server.homes == {"abc": HOME}
    assert server.connections == 1


async def test_gone_and_back_is_logged_once_each(
    client: Client, server: VoiceServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await ask(client)
    await server.stop()
    for _ in range(3):
        with pytest.raises(ServerUnreachable):
            await ask(client)
    assert client.available is False
    assert caplog.text.count("does not answer") == 1
    await server.start()
    await ask(client)
    assert client.available is True
    assert caplog.text.count("is back") == 1
    assert "lamp" not in caplog.text


async def test_a_server_that_says_nothing(client: Client, server: VoiceServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "ANSWER_SECONDS", 0.05)
    monkeypatch.setattr(client_module, "CONNECT_SECONDS", 0.05)
    server.silent = True
    with pytest.raises(ServerUnreachable):
        await ask(client)
    server.silent = False
    assert await ask(client)


async def test_a_request_that_is_cancelled_leaves_no_answer_behind(client: Client, server: VoiceServer) -> None:
    await ask(client)
    server.silent = True
    task = asyncio.create_task(ask(client, "mumble"))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    server.silent = False
    assert await ask(client) == (Call("turn_on", {"name": "lamp"}),)


async def test_a_refusal_is_no_outage(client: Client, server: VoiceServer) -> None:
    server.error = ("busy", "not now")
    with pytest.raises(RequestRefused) as refused:
        await ask(client)
    assert (refused.value.code, str(refused.value)) == ("busy", "not now")
    assert client.available is True
    server.error = None
    assert await ask(client)


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"{}\n",
        b"[]\n",
        b"\xff\xfe\n",
        b'{"type": "intent", "data": {"entities": 5}}\n',
        b'{"type": "intent", "data": null}\n',
        b'{"type": "intents-start"}\n',
        b'{"type": "intent", "data_length": 100}\n{}',
        b"",
    ],
)
async def test_garbage(client: Client, server: VoiceServer, raw: bytes) -> None:
    server.raw = raw
    with pytest.raises(ServerError):
        await ask(client)
    with pytest.raises(ServerError):
        await client.async_describe()
    await client.async_warm(HOME)
    server.raw = None
    assert await ask(client)


async def test_check(server: VoiceServer) -> None:
    info = await async_check("127.0.0.1", server.port)
    assert info.intent[0].name == server.program
    server.program = "somebody-else"
    with pytest.raises(NotOurServer):
        await async_check("127.0.0.1", server.port)
    with pytest.raises(ServerUnreachable):
        await async_check("127.0.0.1", 9)


async def test_warming_a_server_that_is_gone_is_no_error(client: Client, server: VoiceServer) -> None:
    await server.stop()
    await client.async_warm(HOME)
    assert client.available is False
    await server.start()
