"""Whether an utterance may be about what opens the house, whatever an agent makes of it.

The skills ask for a yes, or the PIN, before they unlock, open or disarm. Another agent does
not, so it is not given what may be about that. To be wrong costs an answer, not the house.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz import fuzz

from homeassistant.components.conversation import DOMAIN as CONVERSATION
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.core import HomeAssistant, callback

from .skills.act import opens_the_house
from .skills.targets import names_of
from .speech import words
from .speech.mention import folded, mentions

CLOSE_ENOUGH: Final = 74
"""Percent; Home Assistant's agent acts on a name that is misheard by less than a quarter:
"frunt dor" is "front door" (84)."""


@callback
def may_open_the_house(
    hass: HomeAssistant, language: str, texts: Iterable[str]
) -> bool:
    """Return whether one of the texts may be about a lock, a door or an alarm.

    It is where it names an exposed one, or says a word for such a thing in `language`.
    """
    said = [text for text in map(folded, texts) if text]
    patterns = words(language, "opens_the_house")
    names = set(_names(hass))
    return any(
        mentions(text, patterns) or any(_named(text, name) for name in names)
        for text in said
    )


def _names(hass: HomeAssistant) -> Iterator[str]:
    """The names of everything exposed that opens the house."""
    for state in hass.states.async_all():
        if opens_the_house(state) and async_should_expose(
            hass, CONVERSATION, state.entity_id
        ):
            names = map(folded, (state.name, *names_of(hass, state)))
            yield from filter(None, names)


def _named(text: str, name: str) -> bool:
    parts = name.split()
    if {parts[0], parts[-1]} <= set(text.split()):
        # "Front lock" is "front door lock" to Home Assistant's agent.
        return True
    # A name is found in the text, or most of it: "on" is no part of "front door".
    return len(text) * 2 >= len(name) and fuzz.partial_ratio(name, text) >= CLOSE_ENOUGH
