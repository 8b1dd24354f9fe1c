"""The demo home with the real parts, once for all end-to-end tests, on ports and in a folder of its own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

FOLDER = Path(tempfile.mkdtemp(prefix="local-llm-voice-"))
os.environ["LOCAL_LLM_VOICE_DEMO"] = str(FOLDER)
os.environ["LOCAL_LLM_VOICE_DEMO_PORT"] = "18123"

from demo.house import House, demo_home  # noqa: E402 - reads the two variables


@pytest.fixture(scope="session", autouse=True)
def folder() -> Iterator[Path]:
    """The demo's folder, removed at the end."""
    yield FOLDER
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def house() -> AsyncIterator[House]:
    """A running demo home."""
    async with demo_home(print) as running:
        yield running


@pytest.fixture
def speak(tmp_path: Path) -> Callable[..., Path]:
    """Speak a sentence with espeak-ng into a WAV file."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")

    def spoken(text: str, *, voice: str = "en-us", speed: int = 150) -> Path:
        path = tmp_path / f"{abs(hash((text, voice, speed)))}.wav"
        subprocess.run(["espeak-ng", "-v", voice, "-s", str(speed), "-w", str(path), text], check=True)
        return path

    return spoken
