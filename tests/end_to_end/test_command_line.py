"""`script/run` refuses what cannot be used before it starts anything, and Ctrl-C ends it cleanly at every stage."""

import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def run(*utterances: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "demo", *utterances],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def wave_file(rate: int, channels: int) -> bytes:
    """A second of silence with a header that says so."""
    data = bytes(2 * channels * 16000)
    header = struct.pack("<IHHIIHH", 16, 1, channels, rate, 2 * channels * rate, 2 * channels, 16)
    chunks = b"WAVEfmt " + header + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read as a WAV file: No such file or directory."),
        (b"", "cannot be read as a WAV file: it ends too soon."),
        (b"turn on the light", "cannot be read as a WAV file: file does not start with RIFF id."),
        (wave_file(0, 1), "has 1 channels of 0 samples a second; one or two of 8000 or more can be heard."),
        (wave_file(16000, 6), "has 6 channels of 16000 samples a second; one or two of 8000 or more can be heard."),
        (wave_file(16000, 1)[:30], "cannot be read as a WAV file: it ends too soon."),
    ],
    ids=["missing", "empty", "text", "no rate", "surround", "cut off"],
)
def test_a_recording_that_cannot_be_read(content: bytes | None, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "speech.wav"
    if content is not None:
        path.write_bytes(content)
    done = run("what time is it", str(path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"script/run: {path} {sentence}\n"


def test_an_empty_sentence() -> None:
    done = run("  ")
    assert (done.returncode, done.stderr) == (1, "script/run: an utterance is empty.\n")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.touch()
    done = run("what time is it", LOCAL_LLM_VOICE_DEMO=str(taken / "demo"))
    assert (done.returncode, done.stderr) == (1, f"script/run: {taken / 'demo'}: Not a directory.\n")


@pytest.mark.parametrize("port", ["", "abc", "0", "63057"])
def test_a_port_that_is_none(port: str) -> None:
    done = run("what time is it", LOCAL_LLM_VOICE_DEMO_PORT=port)
    assert done.returncode == 1
    assert done.stderr == f"LOCAL_LLM_VOICE_DEMO_PORT must be a number from 1 to 63056, not {port!r}.\n"


def interrupt(command: list[str], folder: Path, when: str, **environment: str) -> tuple[int, str]:
    """Press Ctrl-C when standard error says something; returns the exit code and what standard error said after it.

    That it returns also says that nobody is left who could write there.
    """
    process = subprocess.Popen(
        # Whoever runs the tests in the background has them ignore Ctrl-C, and so would all that they start.
        ["env", "--default-signal=INT", *command],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if when in line:
            break
    os.killpg(process.pid, signal.SIGINT)
    _, after = process.communicate(timeout=40)
    return process.returncode, after


def test_ctrl_c_ends_the_set_up_and_all_that_it_started(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.mkdir()
    shutil.copy(REPOSITORY / "script" / "setup", script)
    for name in ("pyproject.toml", "uv.lock"):
        (tmp_path / name).touch()
    slow = script / "python"
    slow.write_text("#!/bin/sh\necho unpacking >&2\nsleep 300 & sleep 300\n", encoding="utf-8")
    slow.chmod(0o755)
    code, after = interrupt(["script/setup"], tmp_path, "unpacking")
    assert (code, after.strip()) == (130, "Set-up interrupted; the next run goes on with it.")


def is_free(port: int) -> bool:
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def test_ctrl_c_while_the_home_starts(tmp_path: Path) -> None:
    code, after = interrupt(
        [sys.executable, "-m", "demo"],
        REPOSITORY,
        "Starting Home Assistant",
        LOCAL_LLM_VOICE_DEMO=str(tmp_path),
        LOCAL_LLM_VOICE_DEMO_PORT="28123",
    )
    assert (code, after) == (0, "Stopping ...\n")
    deadline = time.monotonic() + 10
    for port in (28123, 28123 + 2477, 28123 + 2478):
        while not is_free(port):
            assert time.monotonic() < deadline, port
            time.sleep(0.2)
