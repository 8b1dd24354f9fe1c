"""Where the demo keeps its files, and which ports it uses."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
FOLDER = Path(os.environ.get("LOCAL_LLM_VOICE_DEMO", REPOSITORY / ".demo"))
"""Everything the demo writes; deleting it starts a new home."""

_BASE = int(os.environ.get("LOCAL_LLM_VOICE_DEMO_PORT", "8123"))

HOME_ASSISTANT_PORT = _BASE
WYOMING_PORT = _BASE + 2477
"""10600, the server's default, where Home Assistant has its default 8123."""
PLAYER_PORTS = {"Kitchen": _BASE + 2478, "Living Room": _BASE + 2479}
HOST = "127.0.0.1"
