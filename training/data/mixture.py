"""How much of what goes into the training rows: the one place to turn the knobs."""

from collections.abc import Sequence

LANGUAGES = {"en": 13, "de": 3, "fr": 3, "es": 3, "it": 3, "nl": 3, "ja": 3, "zh": 3, "da": 3}
"""Languages and their shares of the generated rows."""

SOURCES = {"templates": 70, "swapped": 8, "ha-templates": 14, "public": 8}
"""Sources and their shares. Public rows come as they are."""

REPEATS = {"massive-1.1": 5.0, "snips-2017": 3.0, "topv2-en": 6.0, "clinc150": 8.0}
"""How much oftener training draws a row of these sources than one of a generated source."""

FUNCTIONS = {
    "unknown": 14,
    "play_music": 12,
    "get_weather": 8,
    "calculate": 16,
    "play_favorite": 5,
    "turn_on": 4,
    "turn_off": 5,
    "start_timer": 4,
    "set_light": 4,
    "get_news": 3,
    "get_state": 3,
    "convert": 9,
    "add_item": 3,
    "set_volume": 2,
    "set_temperature": 2,
    "whats_favorite": 2,
    "play_radio": 2,
    "play_podcast": 2,
    "add_to_queue": 2,
    "timer_status": 2,
    "seek": 2,
    "help": 2,
    "get_date": 2,
    "rate_song": 2,
    "volume_up": 2,
    "volume_down": 2,
}
"""Weights of functions among the template rows of a language; 1 where not named. So no function is drowned."""

UNASKED = 3.5
"""How much oftener training draws a row where nothing is to be done: acting on what nobody asked is the worst error."""

SEVERAL = 18
"""Weight of all utterances with several commands in one breath, together."""

JOINED = 0.05
"""Share of the rows that are made by joining two or three single commands at random, besides what templates join."""

FOLLOW_UPS = 12
"""Weight of all utterances that need the previous call, together."""

PREVIOUS = 0.12
"""Share of the other rows that get a previous call all the same, so that a model does not lean on it."""

HELD_OUT = 0.015
"""Share of the rows that are held out of training, by a hash of the text."""


def group(functions: Sequence[str], follows: bool) -> str:
    """What a template counts as in the mixture: its function, "several" or "follow-up"."""
    if follows:
        return "follow-up"
    return "several" if len(functions) > 1 else functions[0]


def weight(name: str) -> float:
    """The weight of a group."""
    return {"several": SEVERAL, "follow-up": FOLLOW_UPS}.get(name, FUNCTIONS.get(name, 1))
