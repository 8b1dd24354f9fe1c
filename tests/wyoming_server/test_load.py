"""Many clients at once, and clients that leave."""

import asyncio
from pathlib import Path

import pytest
from wyoming.event import Event

from .conftest import SPEECH, Server, StartServer
from .speaking import ask, pcm, read_until, speak


async def test_twenty_clients_speak_and_ask_at_once(server: Server) -> None:
    async def household(number: int) -> tuple[str, str]:
        async with server.client(30) as client:
            await client.write_event(Event("transcribe", {"language": "en"}))
            await speak(client, pcm(SPEECH))
            text = (await read_until(client, "transcript")).data["text"]
            await read_until(client, "transcript-stop")
            answer = await ask(client, "transcript", text=text, context={"home": None, "conversation_id": str(number)})
            assert answer.data["context"]["conversation_id"] == str(number)
            return text, answer.data["name"]

    answers = await asyncio.gather(*map(household, range(20)))
    assert answers == [("turn on the kitchen light", "turn_on")] * 20


async def test_a_busy_client_does_not_starve_another(server: Server) -> None:
    async with server.client(30) as greedy, server.client(30) as modest:
        for _ in range(10):
            await greedy.write_event(Event("transcript", {"text": "wait 0.2"}))
        await asyncio.sleep(0.05)
        started = asyncio.get_running_loop().time()
        assert (await ask(modest, "transcript", text="turn on the kitchen light")).type == "intent"
        assert asyncio.get_running_loop().time() - started < 1.0


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "work"


async def test_a_client_that_leaves_takes_its_waiting_work_along(start_server: StartServer, log: Path) -> None:
    server = start_server(SCRIPTED_LOG=str(log))
    async with server.client() as working, server.client() as leaving:
        await working.write_event(Event("transcript", {"text": "wait 0.6"}))
        await asyncio.sleep(0.1)
        await leaving.write_event(Event("transcript", {"text": "of no use any more"}))
        await asyncio.sleep(0.1)
        await leaving.disconnect()
        await read_until(working, "not-recognized")
        assert (await ask(working, "transcript", text="turn on the kitchen light")).type == "intent"
    assert "of no use" not in log.read_text()
    assert "turn on" in log.read_text()


async def test_a_client_that_leaves_while_its_speech_is_transcribed(start_server: StartServer) -> None:
    server = start_server(SCRIPTED_EAR_SECONDS="0.5")
    for _ in range(3):
        async with server.client() as client:
            await speak(client, pcm(SPEECH))
            await asyncio.sleep(0.2)
    async with server.client() as client:
        await speak(client, pcm(SPEECH))
        assert (await read_until(client, "transcript")).data["text"]
    assert "Traceback" not in server.log()
    assert "ERROR" not in server.log()


async def test_clients_that_come_and_go_leave_nothing_behind(server: Server) -> None:
    files = Path(f"/proc/{server.process.pid}/fd")
    if not files.exists():
        pytest.skip("needs /proc to count open files")
    before = len(list(files.iterdir()))
    for _ in range(50):
        async with server.client() as client:
            await speak(client, pcm(SPEECH)[:3200], stop=False)
    await asyncio.sleep(0.3)
    assert len(list(files.iterdir())) <= before + 2
