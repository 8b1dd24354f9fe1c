"""A handful of short tagged songs, made with sox: enough for a player to find, play and count them."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

from .process import DemoError

SECONDS = 75
"""Longer than 30 s, so that a play can count; short enough to hear one end."""


@dataclass(frozen=True)
class Song:
    """What the tags of one file say."""

    artist: str
    title: str
    album: str
    genre: str
    year: int


SONGS = (
    Song("Pinkfong", "Baby Shark", "Baby Shark", "Children", 2016),
    Song("The Beatles", "Yellow Submarine", "Revolver", "Rock", 1966),
    Song("The Beatles", "Here Comes the Sun", "Abbey Road", "Rock", 1969),
    Song("Miles Davis", "So What", "Kind of Blue", "Jazz", 1959),
    Song("Dave Brubeck", "Take Five", "Time Out", "Jazz", 1959),
    Song("Idina Menzel", "Let It Go", "Frozen", "Soundtrack", 2013),
    Song("Glenn Gould", "Goldberg Variations Aria", "Goldberg Variations", "Classical", 1981),
)


def available() -> bool:
    """Whether this machine can make the files."""
    return shutil.which("sox") is not None


def file_of(song: Song) -> str:
    """The path of a song inside the music folder."""
    return f"{song.artist}/{song.album}/{song.title}.flac"


async def write_songs(folder: Path) -> None:
    """Write every song that is not there yet, about 200 KB each. A song bears its name only when it is whole."""
    for number, song in enumerate(SONGS):
        path = folder / file_of(song)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = folder / "unfinished.flac"
            await _make(song, 220 + 40 * number, unfinished)
            unfinished.rename(path)


async def _make(song: Song, tone: int, path: Path) -> None:
    """Let sox write one song; raises DemoError with its last words where it cannot."""
    tags = {
        "Title": song.title,
        "Artist": song.artist,
        "Album": song.album,
        "Genre": song.genre,
        "Date": str(song.year),
    }
    comments = [part for key, value in tags.items() for part in ("--add-comment", f"{key}={value}")]
    command = ["sox", "-n", "-r", "8000", "-c", "1", "-b", "16", *comments, str(path)]
    effects = ["synth", str(SECONDS), "pluck", str(tone), "tremolo", "2", "60", "gain", "-12"]
    sox = await asyncio.create_subprocess_exec(
        *command,
        *effects,
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, complaint = await sox.communicate()
    except asyncio.CancelledError:
        sox.kill()
        await sox.wait()
        raise
    if sox.returncode:
        raise DemoError(f"sox cannot write {path}: {complaint.decode(errors='replace').strip()}")
