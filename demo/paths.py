"""Where the demo keeps its files, and which ports it uses."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
_USUAL = 8123
_FURTHEST = 2479
"""The last port's distance from the first."""


def _base() -> int:
    wanted = os.environ.get("LOCAL_LLM_VOICE_DEMO_PORT", str(_USUAL))
    highest = 65535 - _FURTHEST
    if not wanted.isascii() or not wanted.isdigit() or not 1 <= int(wanted) <= highest:
        raise SystemExit(f"LOCAL_LLM_VOICE_DEMO_PORT must be a number from 1 to {highest}, not {wanted!r}.")
    return int(wanted)


_BASE = _base()

_HOME = REPOSITORY / ".demo"
FOLDER = Path(os.environ.get("LOCAL_LLM_VOICE_DEMO", _HOME if _BASE == _USUAL else _HOME / str(_BASE)))
"""Everything the demo writes; deleting it starts a new home. Home Assistant stores ports: other ports, another home."""

HOME_ASSISTANT_PORT = _BASE
WYOMING_PORT = _BASE + 2477
"""10600, the server's default, where Home Assistant has its default 8123."""
PLAYER_PORTS = {"Kitchen": _BASE + 2478, "Living Room": _BASE + _FURTHEST}
HOST = "127.0.0.1"
