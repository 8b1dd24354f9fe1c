"""docs/skills.md: what the tests have seen every function do, and what a household speaker is asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.custom_components.local_llm_voice.household import Heard
from wyoming_server.catalogue import UNKNOWN, catalogue

TESTS: Final = Path(__file__).parent
PAGE: Final = TESTS.parents[2] / "docs" / "skills.md"

HEAD: Final = """# Skills

Made by `.venv/bin/pytest tests/custom_components`, from what the tests assert in a real Home Assistant; not written by
hand. Each line is one utterance: the function that the voice server makes of it, the effect that the test has checked,
and the sentence that is spoken.
"""

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "Play a song, an artist, an album": ("play_music",),
    "Play a genre, a decade, a mood": ("play_music",),
    "Play the favorite song, ours or of a person": ("play_favorite",),
    "Ask what the favorite is": ("whats_favorite",),
    "Radio": ("play_radio",),
    "Podcasts": ("play_podcast",),
    "Audiobooks": ("play_audiobook",),
    "Pause, go on, stop": ("pause", "resume", "stop"),
    "Skip, go back, play again, jump": ("next_track", "previous_track", "restart_track", "seek"),
    "Shuffle and repeat": ("shuffle", "repeat"),
    "Louder, quieter, mute": ("set_volume", "volume_up", "volume_down", "mute", "unmute"),
    "Ask what is playing": ("whats_playing",),
    "Like and dislike": ("rate_song",),
    "Take the music to another room": ("move_music", "join_music"),
    "Play it next, or later": ("add_to_queue",),
    "Weather here and elsewhere": ("get_weather",),
    "News": ("get_news",),
    "Arithmetic": ("calculate",),
    "Units": ("convert",),
    "Time, here and elsewhere": ("get_time",),
    "Date": ("get_date",),
    "Start a timer": ("start_timer",),
    "Change, stop and ask about timers": (
        "extend_timer",
        "shorten_timer",
        "cancel_timer",
        "cancel_all_timers",
        "pause_timer",
        "resume_timer",
        "restart_timer",
        "timer_status",
    ),
    "Shopping list and other lists": ("add_item", "complete_item", "remove_item", "list_items"),
    "Lights and devices on and off": ("turn_on", "turn_off", "toggle"),
    "Brightness and color": ("set_light", "brighten", "dim"),
    "Blinds, curtains, garage": ("open", "close", "set_position"),
    "Locks": ("lock", "unlock"),
    "Heating": ("set_temperature", "warmer", "cooler", "get_temperature"),
    "Fans, vacuum cleaners, mowers": ("set_fan_speed", "start_vacuum", "dock_vacuum", "start_mower", "dock_mower"),
    "Ask about doors, lights, devices": ("get_state",),
    "Scenes and routines": ("run_scene", "run_script"),
    "Tell it to the other rooms": ("broadcast",),
    "Coin, dice, a number": ("flip_coin", "roll_dice", "random_number"),
    "Help, say it again, that was wrong": ("help", "repeat_answer", "wrong", "nevermind"),
    "Alarms and reminders": (),
    "Calendar": (),
    "Calls, messages, shopping": (),
}
"""The utterance families of a household speaker, and the functions that answer them; none where none does."""


@dataclass(frozen=True, order=True)
class Row:
    """What one utterance did in a test."""

    place: int
    """Of the first function in the catalogue."""
    functions: str
    said: str
    effect: str
    speech: str


class SkillsPage:
    """Collects rows while the tests run; rows that are the same in every run."""

    def __init__(self) -> None:
        self.rows: set[Row] = set()
        self.carried_out: set[str] = set()

    def show(self, heard: Heard, effect: str) -> None:
        """Note what was heard, and the effect that the test has just asserted."""
        order = [*catalogue()]
        functions = heard.calls or (UNKNOWN,)
        row = Row(order.index(functions[0]), ", ".join(functions), heard.text, effect, heard.speech)
        self.rows.add(row)
        if not heard.failed:
            self.carried_out.update(functions)

    def text(self) -> str:
        """The page."""
        parts = [HEAD, "## What is asked of a household speaker\n", self._families()]
        for skill in dict.fromkeys(function.skill for function in catalogue().values()):
            functions = [*catalogue()]
            rows = sorted(row for row in self.rows if catalogue()[functions[row.place]].skill == skill)
            if rows:
                lines = ((f"`{row.functions}`", row.said, row.effect, row.speech) for row in rows)
                parts += [f"## {skill.capitalize()}\n", _table(("function", "said", "effect", "spoken"), lines)]
        return "\n".join(parts)

    def _families(self) -> str:
        lines = (
            (str(number), family, "yes" if functions and self.carried_out.issuperset(functions) else "no")
            for number, (family, functions) in enumerate(FAMILIES.items(), 1)
        )
        return _table(("", "family", "answered"), lines)


def _table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    cells = [[*head], *([cell.replace("|", "\\|") for cell in line] for line in lines)]
    rows = [f"| {' | '.join(line)} |" for line in cells]
    rows.insert(1, "|" + " --- |" * len(cells[0]))
    return "\n".join(rows) + "\n"
