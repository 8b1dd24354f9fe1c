"""The commands as people type them."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest
from wyoming.client import AsyncUnixClient

from wyoming_server.options import parse

from .conftest import ROOT, SCRIPTED, SPEECH, Server, StartServer
from .speaking import ask


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, SCRIPTED, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )


def sentence(finished: subprocess.CompletedProcess[bytes]) -> str:
    """The one line that a failed command leaves."""
    lines = finished.stderr.decode().splitlines()
    assert "Traceback" not in finished.stderr.decode()
    assert lines[-1].startswith("error: ")
    return lines[-1]


def test_translate_prints_one_call_a_line() -> None:
    finished = run("translate", "turn on the light and play abba")
    assert finished.returncode == 0
    assert finished.stdout.decode() == 'turn_on(area="kitchen", domain="light")\nplay_music(artist="Abba")\n'


def test_translate_answers_rows_in_order(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "what is two plus two", "lang": "en"},
        {"id": "b", "text": "louder", "lang": "en", "previous": {"name": "play_music", "args": {"area": "office"}}},
        {"id": "c", "text": "nothing of that kind", "lang": "de"},
    ]
    (tmp_path / "in").write_text("".join(json.dumps(row) + "\n" for row in rows))
    finished = run("translate", "--jsonl", str(tmp_path / "in"), str(tmp_path / "out"))
    assert finished.returncode == 0, finished.stderr
    answers = [json.loads(line) for line in (tmp_path / "out").read_text().splitlines()]
    assert [(answer["id"], answer["calls"]) for answer in answers] == [
        ("a", [{"name": "calculate", "args": {"expression": "2+2"}}]),
        ("b", [{"name": "volume_up", "args": {"area": "office"}}]),
        ("c", [{"name": "unknown", "args": {}}]),
    ]
    assert all(answer["confidence"] == 0.9 and answer["ms"] > 0 for answer in answers)


def test_a_row_that_is_refused_does_not_stop_the_others(tmp_path: Path) -> None:
    rows = [
        {"id": "long", "text": "word " * 500, "lang": "en"},
        {"id": "foreign", "text": "hello", "lang": "xx"},
        {"id": "fine", "text": "louder", "lang": "en"},
    ]
    (tmp_path / "in").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    finished = run("translate", "--jsonl", str(tmp_path / "in"), str(tmp_path / "out"))
    assert finished.returncode == 0
    answers = [json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    assert [(answer["id"], "error" in answer) for answer in answers] == [
        ("long", True),
        ("foreign", True),
        ("fine", False),
    ]
    assert answers[0]["calls"] == []
    assert answers[2]["calls"]


def test_transcribe_prints_one_line_a_file_in_order(tmp_path: Path) -> None:
    (tmp_path / "bad.wav").write_bytes(b"RIFF")
    finished = run("transcribe", str(SPEECH), str(tmp_path / "bad.wav"), str(tmp_path / "none.wav"), str(SPEECH))
    assert finished.returncode == 1
    assert finished.stdout.decode() == "turn on the kitchen light\n\n\nturn on the kitchen light\n"
    assert len(finished.stderr.decode().splitlines()) == 2


def test_transcribe_refuses_an_hour_and_goes_on(tmp_path: Path) -> None:
    for name, seconds in (("hour", 3600), ("empty", 0)):
        with wave.open(str(tmp_path / f"{name}.wav"), "wb") as wav:
            wav.setparams((1, 2, 4000, 0, "NONE", ""))
            wav.writeframes(bytes(2 * 4000 * seconds))
    finished = run("transcribe", str(tmp_path / "hour.wav"), str(tmp_path / "empty.wav"), str(SPEECH))
    assert finished.returncode == 1
    assert finished.stdout.decode() == "\n\nturn on the kitchen light\n"
    assert finished.stderr.decode() == f"{tmp_path / 'hour.wav'}: An utterance may last 60 seconds.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("translate", "word " * 500), "over 500 characters"),
        (("translate", " "), "no text"),
        (("translate", "hello", "--language", "xx"), "knows en, de, not xx"),
        (("translate",), "Give a text"),
        (("translate", "--jsonl", "/nowhere/in", "/nowhere/out"), "Cannot read /nowhere/in"),
        (("serve", "--uri", "http://x"), "not an address"),
        (("serve", "--uri", "tcp://127.0.0.1:99999"), "not an address"),
        (("serve", "--uri", "tcp://203.0.113.7:10600"), "Cannot listen on 203.0.113.7:10600"),
        (("serve", "--uri", "unix:///nowhere/socket"), "Cannot listen on /nowhere/socket"),
        (("serve", "--translator", "none", "--ear", "none"), "nothing to serve"),
        (("serve", "--language", "xx"), "knows en, de, not xx"),
        (("health", "--uri", "tcp://127.0.0.1:9"), "does not answer"),
    ],
)
def test_a_failure_is_one_sentence(arguments: tuple[str, ...], said: str) -> None:
    finished = run(*arguments)
    assert finished.returncode == 1
    assert said in sentence(finished)


def test_a_busy_port_is_one_sentence(server: Server) -> None:
    finished = run("serve", "--uri", f"tcp://127.0.0.1:{server.port}")
    assert finished.returncode == 1
    assert sentence(finished) == f"error: Cannot listen on 127.0.0.1:{server.port}: Address already in use."


def test_health_names_what_is_there(server: Server) -> None:
    finished = run("health", "--uri", f"tcp://127.0.0.1:{server.port}")
    assert (finished.returncode, finished.stdout) == (0, b"Local LLM Voice hears, Local LLM Voice understands\n")


def test_health_fails_where_somebody_else_listens() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        finished = run("health", "--timeout", "0.5", "--uri", f"tcp://127.0.0.1:{deaf.getsockname()[1]}")
    assert finished.returncode == 1
    assert "within 0.5 s" in sentence(finished)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_the_server_even_while_it_works(start_server: StartServer, number: int) -> None:
    server = start_server()
    async with server.client() as client:
        await ask(client, "ping")
        server.process.send_signal(number)
        started = time.monotonic()
        assert await asyncio.to_thread(server.process.wait, 10) == 0
        assert time.monotonic() - started < 5
    assert "Traceback" not in server.log()


def test_standard_input_and_output_carry_one_client() -> None:
    stdin = b'{"type": "ping", "data": {"text": "a"}}\n{"type": "transcript", "data": {"text": "wait 0.3"}}\n'
    finished = run("serve", "--uri", "stdio://", stdin=stdin)
    assert finished.returncode == 0, finished.stderr
    kinds = [json.loads(line)["type"] for line in finished.stdout.split(b"\n") if line.startswith(b'{"type"')]
    assert kinds == ["pong"]
    assert b'{"type": "not-recognized"' in finished.stdout


async def test_a_unix_socket_is_freed_at_the_end_and_taken_over_from_the_dead(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    command = [sys.executable, SCRIPTED, "serve", "--uri", f"unix://{path}"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=asyncio.subprocess.PIPE)
    assert process.stderr is not None
    while b"Ready on unix://" not in await asyncio.wait_for(process.stderr.readline(), 20):
        pass
    async with AsyncUnixClient(path, read_timeout=5) as client:
        assert (await ask(client, "ping")).type == "pong"
    second = await asyncio.to_thread(run, "serve", "--uri", f"unix://{path}")
    assert "Address already in use" in sentence(second)
    process.terminate()
    assert await process.wait() == 0
    assert not path.exists()


def test_every_option_is_a_variable_too(capsys: pytest.CaptureFixture[str]) -> None:
    environment = {
        "LOCAL_LLM_VOICE_URI": "unix:///x",
        "LOCAL_LLM_VOICE_ENDPOINTING": "yes",
        "LOCAL_LLM_VOICE_THREADS": "3",
        "LOCAL_LLM_VOICE_EAR": "base",
    }
    options = parse(["serve"], environment)
    assert (options.uri, options.endpointing, options.threads, options.ear) == ("unix:///x", True, 3, "base")
    assert parse(["serve", "--threads", "2"], environment).threads == 2
    for name, value in (("THREADS", "many"), ("ENDPOINTING", "perhaps"), ("IDLE_TIMEOUT", "-1")):
        with pytest.raises(SystemExit) as left:
            parse(["serve"], {f"LOCAL_LLM_VOICE_{name}": value})
        assert left.value.code == 2
    assert "THREADS" not in capsys.readouterr().out
