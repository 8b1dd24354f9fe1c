"""What the config entry holds while it is loaded."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from homeassistant.config_entries import ConfigEntry

if TYPE_CHECKING:
    from .client import Client
    from .feeds import Feeds
    from .memory import Call, Memory
    from .music.find import MusicFinder
    from .plays.tracker import PlayTracker
    from .schedule import Schedule
    from .vocabulary import Vocabulary

type LocalLlmVoiceConfigEntry = ConfigEntry[RuntimeData]


@dataclass(kw_only=True)
class TurnTrace:
    """What became of one utterance; it holds words of the user in the calls."""

    calls: tuple[Call, ...]
    confidence: float | None
    stages: Mapping[str, float]
    """Milliseconds: those of the server, "request" with the network, "total" in all."""

    wrong: bool = False
    """The user said afterwards that this was not what was asked for."""

    def as_dict(self) -> dict[str, Any]:
        """Return the trace as JSON data."""
        return {
            "calls": [{"name": c.name, "args": dict(c.args)} for c in self.calls],
            "confidence": self.confidence,
            "stages": dict(self.stages),
            "wrong": self.wrong,
        }


@dataclass(kw_only=True)
class RuntimeData:
    """The parts of a loaded config entry."""

    client: Client
    memory: Memory
    schedule: Schedule
    vocabulary: Vocabulary
    feeds: Feeds
    plays: PlayTracker
    music: MusicFinder
    traces: deque[TurnTrace] = field(default_factory=lambda: deque(maxlen=50))
    """The last utterances; in memory only."""
