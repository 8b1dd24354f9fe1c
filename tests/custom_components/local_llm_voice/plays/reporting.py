"""A player whose reports are written down in a test."""

import json

from custom_components.local_llm_voice.plays.play import Activity, Observation, play_from_dict
from custom_components.local_llm_voice.plays.progress import Counted, Progress, Rule, Skipped
from custom_components.local_llm_voice.plays.track import Track

SONG = Track("Baby Shark", "Pinkfong", "Best of", "shark.mp3", 96.0)
OTHER = Track("Let It Go", "Idina Menzel", "Frozen", "go.mp3", 224.0)
PLAYING, PAUSED, STOPPED, GONE = (
    Activity.PLAYING,
    Activity.PAUSED,
    Activity.STOPPED,
    Activity.GONE,
)


class Player:
    """A player whose reports are fed to a Progress."""

    def __init__(self, rule: Rule | None = None) -> None:
        self.progress = Progress(rule or Rule())
        self.outcomes: list[Counted | Skipped] = []
        self.sees(0, STOPPED)

    def sees(self, at: float, activity: Activity, track: Track | None = None, position: float | None = None) -> None:
        self.outcomes += self.progress.observe(Observation(at, activity, track, position))

    def restart(self, down: float, at: float) -> None:
        """Another process takes over; its clock says `at`, and `down` seconds passed."""
        assert self.progress.play
        saved = json.loads(json.dumps(self.progress.play.as_dict()))
        self.progress = Progress(Rule(), play_from_dict(saved, at - down))

    @property
    def counted(self) -> list[str]:
        return [o.track.title for o in self.outcomes if isinstance(o, Counted)]

    @property
    def skipped(self) -> list[str]:
        return [o.track.title for o in self.outcomes if isinstance(o, Skipped)]
