"""The demo's songs: whole, or not there, whatever interrupts their making."""

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest

from demo import music
from demo.process import DemoError

pytestmark = pytest.mark.skipif(shutil.which("sox") is None, reason="sox is not installed")


def seconds(path: Path) -> float:
    """How long a file plays, decoded to its end."""
    samples = subprocess.run(["sox", str(path), "-t", "raw", "-"], check=True, capture_output=True).stdout
    return len(samples) / 2 / 8000


async def test_an_interrupted_song_is_made_again(tmp_path: Path) -> None:
    making = asyncio.create_task(music.write_songs(tmp_path))
    while not (tmp_path / "unfinished.flac").exists():  # noqa: ASYNC110 - sox tells nobody
        await asyncio.sleep(0.01)
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making
    first = tmp_path / music.file_of(music.SONGS[0])
    assert not first.exists()

    await music.write_songs(tmp_path)
    for song in music.SONGS:
        assert seconds(tmp_path / music.file_of(song)) == pytest.approx(music.SECONDS, abs=0.1)


async def test_no_room_for_songs_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "unfinished.flac").mkdir()
    with pytest.raises(DemoError, match="sox cannot write"):
        await music.write_songs(tmp_path)
