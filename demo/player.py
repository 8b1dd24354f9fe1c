"""Players that really play: one Music Player Daemon a room, with an output that makes no sound."""

import asyncio
import shutil
from pathlib import Path

from .paths import HOST
from .process import Process

CONFIGURATION = """\
music_directory "{music}"
playlist_directory "{state}/playlists"
db_file "{state}/database"
state_file "{state}/state"
pid_file "{state}/pid"
log_file "{state}/log"
bind_to_address "{host}"
port "{port}"
auto_update "yes"
input {{
    plugin "curl"
}}
audio_output {{
    type "null"
    name "silence"
    mixer_type "null"
}}
"""


def available() -> bool:
    """Whether the Music Player Daemon is installed."""
    return shutil.which("mpd") is not None


async def start_player(room: str, port: int, music: Path, folder: Path) -> Process:
    """Start the player of one room; returns once it answers."""
    state = folder / room.lower().replace(" ", "_")
    (state / "playlists").mkdir(parents=True, exist_ok=True)
    configuration = state / "mpd.conf"
    configuration.write_text(CONFIGURATION.format(music=music, state=state, host=HOST, port=port), encoding="utf-8")
    process = await Process.start(f"player-{room}", ["mpd", "--no-daemon", str(configuration)], folder)
    await process.until_port_answers(port, seconds=15)
    reader, writer = await asyncio.open_connection(HOST, port)
    await reader.readline()
    writer.write(b"update\nsetvol 60\nclose\n")
    await writer.drain()
    writer.close()
    return process
