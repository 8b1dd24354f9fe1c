"""A handful of short tagged songs, made with sox: enough for a player to find, play and count them."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

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


def write_songs(folder: Path) -> None:
    """Write every song that is not there yet, about 200 KB each."""
    for number, song in enumerate(SONGS):
        path = folder / file_of(song)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        tags = {
            "Title": song.title,
            "Artist": song.artist,
            "Album": song.album,
            "Genre": song.genre,
            "Date": str(song.year),
        }
        comments = [part for key, value in tags.items() for part in ("--add-comment", f"{key}={value}")]
        tone = str(220 + 40 * number)
        command = ["sox", "-n", "-r", "8000", "-c", "1", "-b", "16", *comments, str(path)]
        effects = ["synth", str(SECONDS), "pluck", tone, "tremolo", "2", "60", "gain", "-12"]
        subprocess.run([*command, *effects], check=True, capture_output=True)  # noqa: S603
