"""The transcript, and what it asks for, are there when the speaker's silence ends."""

from pathlib import Path

from wyoming.event import Event
from wyoming.info import Info

from .conftest import SPEECH, StartServer
from .speaking import ask, pcm, read_until, silence, speak

LIGHT = "turn on the kitchen light"


async def test_speech_is_transcribed_and_understood_in_the_silence_that_closes_it(
    start_server: StartServer, tmp_path: Path
) -> None:
    log = tmp_path / "work"
    server = start_server(SCRIPTED_EAR_SECONDS="0.2", SCRIPTED_LOG=str(log))
    async with server.client() as client:
        await client.write_event(Event("transcribe", {"language": "en"}))
        await speak(client, pcm(SPEECH) + silence(0.7), pace=1)
        transcript = await read_until(client, "transcript")
        assert transcript.data["text"] == LIGHT
        assert transcript.data["context"]["stages"]["wait"] < 50
        await read_until(client, "transcript-stop")
        answer = await ask(client, "transcript", text=LIGHT, language="en", context={"home": None})
    assert answer.data["context"]["prepared"] is True
    assert log.read_text().count("heard") == 1
    assert log.read_text().count(LIGHT) == 1, "understood twice"
    assert "begun ahead" in server.log()


async def test_what_was_begun_is_dropped_when_speech_goes_on(start_server: StartServer, tmp_path: Path) -> None:
    log = tmp_path / "work"
    server = start_server(SCRIPTED_LOG=str(log))
    twice = pcm(SPEECH) + silence(0.4) + pcm(SPEECH)
    async with server.client() as client:
        await speak(client, twice + silence(0.7), pace=2)
        await read_until(client, "transcript")
    heard = [line for line in log.read_text().splitlines() if line.startswith("heard")]
    assert len(heard) >= 2
    seconds = [float(line.split()[1]) for line in heard]
    assert seconds[-1] > 3.2 > seconds[0], "the last transcription hears all of it"


async def test_a_home_biases_and_repairs_names(start_server: StartServer, tmp_path: Path) -> None:
    log = tmp_path / "work"
    server = start_server(SCRIPTED_LOG=str(log), SCRIPTED_TRANSCRIPT="turn on the bad light")
    home = {"hash": "h", "language": "en", "areas": [{"names": ["Office"]}], "entities": [{"names": ["Bed Light"]}]}
    async with server.client() as client:
        await client.write_event(Event("user-event", {"name": "home", "data": home}))
        wish = {"language": "en", "transcript_terms": ["Baby Shark"], "transcript_names": ["Matilda"]}
        await client.write_event(Event("transcribe", wish))
        await speak(client, pcm(SPEECH))
        assert (await read_until(client, "transcript")).data["text"] == "turn on the Bed Light"
    assert "['Matilda', 'Baby Shark', 'Office', 'Bed Light']" in log.read_text()


async def test_inventions_are_dropped(start_server: StartServer) -> None:
    server = start_server(SCRIPTED_TRANSCRIPT="Subtitles by the Amara.org community")
    async with server.client() as client:
        await speak(client, pcm(SPEECH))
        assert (await read_until(client, "transcript")).data["text"] == ""


async def test_with_endpointing_the_server_ends_the_utterance_itself(start_server: StartServer) -> None:
    server = start_server("--endpointing")
    async with server.client() as client:
        info = Info.from_event(await ask(client, "describe"))
        assert not info.asr[0].requires_external_vad
        await speak(client, pcm(SPEECH) + silence(0.6), pace=1, stop=False)
        # Understood with confidence, so it does not wait for the 0.8 s that others get.
        assert (await read_until(client, "transcript")).data["text"] == LIGHT
        await read_until(client, "transcript-stop")
        await client.write_event(Event("audio-chunk", {}, payload=silence(0.1)))
        await client.write_event(Event("audio-stop"))
        assert (await ask(client, "ping")).type == "pong"


async def test_with_endpointing_patience_is_as_the_client_wishes(start_server: StartServer) -> None:
    server = start_server("--endpointing", SCRIPTED_TRANSCRIPT="what nobody understands")
    lengths = {}
    for sensitivity in ("aggressive", "relaxed"):
        async with server.client() as client:
            await client.write_event(Event("transcribe", {"vad_sensitivity": sensitivity}))
            await speak(client, pcm(SPEECH) + silence(2), pace=2, stop=False)
            await read_until(client, "transcript")
        line = [line for line in server.log().splitlines() if "Heard" in line][-1]
        lengths[sensitivity] = float(line.split(" s of audio")[0].split()[-1])
    assert lengths["relaxed"] - lengths["aggressive"] > 0.5
