"""What a well-behaved client gets."""

import asyncio
from typing import Any

import pytest
from wyoming.event import Event
from wyoming.info import Info

from .conftest import SPEECH, Server
from .speaking import ask, pcm, read_until, silence, speak

LIGHT = "turn on the kitchen light"


def entities(event: Event) -> dict[str, Any]:
    return {entity["name"]: entity["value"] for entity in event.data.get("entities", [])}


async def test_describe_names_one_program_that_hears_and_one_that_understands(server: Server) -> None:
    async with server.client() as client:
        info = Info.from_event(await ask(client, "describe"))
    assert [program.models[0].languages for program in info.asr] == [["en", "de"]]
    assert [program.models[0].languages for program in info.intent] == [["en", "de"]]
    assert info.asr[0].requires_external_vad
    assert info.asr[0].supports_transcript_streaming
    assert all(program.installed and program.version for program in [*info.asr, *info.intent])


async def test_ping_gives_its_text_back(server: Server) -> None:
    async with server.client() as client:
        assert (await ask(client, "ping", text="häl?lo")).data == {"text": "häl?lo"}


async def test_our_client_gets_the_function_of_the_catalogue(server: Server) -> None:
    async with server.client() as client:
        event = await ask(
            client, "transcript", text=LIGHT, language="en-GB", context={"home": "?", "conversation_id": "c1"}
        )
    assert event.type == "intent"
    assert (event.data["name"], entities(event)) == ("turn_on", {"area": "kitchen", "domain": "light"})
    context = event.data["context"]
    assert context["confidence"] == 0.9
    assert context["stages"]["decode"] == 1.0
    assert context["home_known"] is False
    assert context["conversation_id"] == "c1"


async def test_two_commands_in_one_breath_stand_between_start_and_stop(server: Server) -> None:
    async with server.client() as client:
        await client.write_event(
            Event("transcript", {"text": "turn on the light and play abba", "context": {"home": None}})
        )
        events = [await client.read_event() for _ in range(4)]
    assert [event and event.type for event in events] == ["intents-start", "intent", "intent", "intents-stop"]


@pytest.mark.parametrize("kind", ["transcript", "recognize"])
async def test_a_stranger_gets_the_intents_of_home_assistant(server: Server, kind: str) -> None:
    async with server.client() as client:
        event = await ask(client, kind, text=LIGHT, context={"conversation_id": "x"})
    assert event.type == "intent"
    assert (event.data["name"], entities(event)) == ("HassTurnOn", {"area": "kitchen", "domain": "light"})


async def test_what_home_assistant_has_no_intent_for_is_not_recognized_for_a_stranger(server: Server) -> None:
    async with server.client() as client:
        assert (await ask(client, "transcript", text="what is two plus two")).type == "not-recognized"
        assert (await ask(client, "transcript", text="what is two plus two", context={"home": "h"})).type == "intent"


async def test_what_nobody_understands_is_not_recognized(server: Server) -> None:
    async with server.client() as client:
        event = await ask(client, "transcript", text="sing me to the moon", context={"home": "h"})
    assert event.type == "not-recognized"
    assert event.data["context"]["confidence"] == 0.9


async def test_a_home_is_known_by_its_hash_and_never_gets_a_function_it_did_not_offer(server: Server) -> None:
    home = {"hash": "h1", "language": "en", "functions": ["calculate"], "areas": [{"names": ["Kitchen"]}]}
    async with server.client() as client:
        await client.write_event(Event("user-event", {"name": "home", "data": home}))
        refused = await ask(client, "transcript", text=LIGHT, context={"home": "h1"})
        allowed = await ask(client, "transcript", text="what is two plus two", context={"home": "h1"})
    assert (refused.type, refused.data["context"]["home_known"]) == ("not-recognized", True)
    assert allowed.data["name"] == "calculate"


async def test_a_follow_up_is_understood_from_the_previous_call(server: Server) -> None:
    previous = {"name": "play_music", "args": {"area": "kitchen"}}
    async with server.client() as client:
        event = await ask(client, "transcript", text="louder", context={"home": "h", "previous": previous})
        alone = await ask(client, "transcript", text="louder", context={"home": "h", "previous": None})
    assert (event.data["name"], entities(event)) == ("volume_up", {"area": "kitchen"})
    assert alone.type == "not-recognized"


async def test_speech_becomes_a_transcript_streamed_and_whole(server: Server) -> None:
    async with server.client() as client:
        await client.write_event(Event("transcribe", {"language": "en"}))
        await speak(client, pcm(SPEECH))
        events = [await client.read_event() for _ in range(4)]
    assert [event and event.type for event in events] == [
        "transcript-start",
        "transcript-chunk",
        "transcript",
        "transcript-stop",
    ]
    whole = events[2]
    assert whole is not None
    assert (whole.data["text"], whole.data["language"]) == (LIGHT, "en")
    assert whole.data["context"]["stages"]["wait"] >= 0


async def test_two_utterances_on_one_connection(server: Server) -> None:
    async with server.client() as client:
        for language in ("en", "de"):
            await client.write_event(Event("transcribe", {"language": language}))
            await speak(client, pcm(SPEECH))
            transcript = await read_until(client, "transcript")
            assert (transcript.data["text"], transcript.data["language"]) == (LIGHT, language)
            await read_until(client, "transcript-stop")


async def test_speech_needs_no_transcribe_event(server: Server) -> None:
    async with server.client() as client:
        await speak(client, pcm(SPEECH))
        assert (await read_until(client, "transcript")).data["text"] == LIGHT


@pytest.mark.parametrize("audio", [b"", silence(1.5), b"\x01\x00\xff\xff" * 12000], ids=["none", "silence", "hum"])
async def test_where_nobody_speaks_the_transcript_is_empty(server: Server, audio: bytes) -> None:
    async with server.client() as client:
        await client.write_event(Event("transcribe", {"language": "en"}))
        await speak(client, audio)
        assert (await read_until(client, "transcript")).data["text"] == ""


async def test_answers_come_in_the_order_of_the_questions(server: Server) -> None:
    async with server.client() as client:
        for text in ("wait 0.3", LIGHT, "what is two plus two"):
            await client.write_event(Event("transcript", {"text": text, "context": {"home": "h"}}))
        events = [await client.read_event() for _ in range(3)]
    assert [event and event.data.get("name") for event in events] == [None, "turn_on", "calculate"]


async def test_other_events_are_ignored(server: Server) -> None:
    async with server.client() as client:
        await client.write_event(Event("select-program", {"name": "whatever"}))
        await client.write_event(Event("run-satellite"))
        await client.write_event(Event("user-event", {"name": "party"}))
        assert (await ask(client, "ping")).type == "pong"


async def test_describe_is_answered_at_once_while_the_models_work(server: Server) -> None:
    async with server.client() as busy, server.client() as client:
        await busy.write_event(Event("transcript", {"text": "wait 1.5"}))
        await asyncio.sleep(0.1)
        started = asyncio.get_running_loop().time()
        assert (await ask(client, "describe")).type == "info"
        assert (await ask(busy, "describe")).type == "info"
        assert asyncio.get_running_loop().time() - started < 0.5
        assert (await read_until(busy, "not-recognized")).type == "not-recognized"


async def test_a_header_alone_is_answered(server: Server) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b'{ "type": "describe" }\n')
    assert b'"info"' in await asyncio.wait_for(reader.readline(), 5)
    writer.close()
