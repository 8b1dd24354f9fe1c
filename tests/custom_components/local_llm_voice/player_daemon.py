"""A real Music Player Daemon with a few real songs, for tests; without sound."""

import asyncio
import shutil
import socket
import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = """\
music_directory "{folder}/music"
playlist_directory "{folder}/playlists"
db_file "{folder}/database"
state_file "{folder}/state"
log_file "{folder}/log"
bind_to_address "127.0.0.1"
port "{port}"
audio_output {{
    type "null"
    name "silence"
    mixer_type "null"
}}
"""

SONGS = (
    ("Pinkfong", "Best of Baby Shark", "Baby Shark", "Children", 2016),
    ("Dave Brubeck", "Time Out", "Take Five", "Jazz", 1959),
    ("Dave Brubeck", "Time Out", "Blue Rondo", "Jazz", 1959),
    ("The Beatles", "Abbey Road", "Here Comes the Sun", "Rock", 1969),
    ("Wham", "Make It Big", "Careless Whisper", "Pop", 1984),
)


def available() -> bool:
    """Whether this machine has the daemon, and sox to write tags."""
    return shutil.which("mpd") is not None and shutil.which("sox") is not None


@dataclass
class Daemon:
    """A running daemon."""

    port: int
    process: asyncio.subprocess.Process

    async def stop(self) -> None:
        """End it."""
        if self.process.returncode is None:
            self.process.terminate()
        await self.process.wait()


async def start(folder: Path, seconds: float = 40) -> Daemon:
    """Write the songs and start the daemon; returns when it has read them."""
    write_songs(folder / "music", seconds)
    (folder / "playlists").mkdir()
    (folder / "playlists" / "Party.m3u").write_text("Dave Brubeck/Time Out/Take Five.flac\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configuration = folder / "mpd.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port))
    process = await asyncio.create_subprocess_exec("mpd", "--no-daemon", str(configuration))
    for _ in range(200):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        await reader.readline()
        writer.write(b"setvol 60\nupdate\nidle update\n")
        for _ in range(4):
            if (await reader.readline()) == b"changed: update\n":
                break
        writer.close()
        return Daemon(port, process)
    raise TimeoutError("the daemon does not answer")


def write_songs(folder: Path, seconds: float) -> None:
    """Write tagged files of silence."""
    for artist, album, title, genre, year in SONGS:
        path = folder / artist / album / f"{title}.flac"
        path.parent.mkdir(parents=True, exist_ok=True)
        silence = folder / "silence.wav"
        with wave.open(str(silence), "wb") as wav:
            wav.setnchannels(1)
            wav.setsampwidth(2)
            wav.setframerate(8000)
            wav.writeframes(b"\0\0" * int(8000 * seconds))
        tags = {"Artist": artist, "Album": album, "Title": title, "Genre": genre, "Date": str(year)}
        comments = [part for key, value in tags.items() for part in ("--add-comment", f"{key}={value}")]
        subprocess.run(["sox", str(silence), *comments, str(path)], check=True)
        silence.unlink()
