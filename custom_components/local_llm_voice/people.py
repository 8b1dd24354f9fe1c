"""The people of the house: how they are called, and which plays are theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz, process

from homeassistant.components.person import DOMAIN as PERSON
from homeassistant.core import HomeAssistant

from .const import SUBENTRY_PERSON
from .models import LocalLlmVoiceConfigEntry
from .plays.history import Scope

CONF_ALIASES: Final = "aliases"
CONF_PERSON: Final = "person"
CONF_AREAS: Final = "areas"
CONF_SATELLITES: Final = "satellites"

_SOUNDS_LIKE: Final = 80.0
"""Of 100: "Mathilda" is Matilda, "Martin" is not Marlene."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who has favorites."""

    name: str
    aliases: tuple[str, ...] = ()
    user_id: str | None = None
    areas: frozenset[str] = frozenset()
    """Their own rooms: what is played there, they listen to."""

    devices: frozenset[str] = frozenset()
    """Satellites that only they talk to."""

    @property
    def scope(self) -> Scope:
        """Return whose plays count for this person."""
        by = {f"device:{device}" for device in self.devices}
        if self.user_id:
            by.add(f"user:{self.user_id}")
        return Scope(self.areas, frozenset(by))


def people(hass: HomeAssistant, entry: LocalLlmVoiceConfigEntry) -> Iterator[Person]:
    """Yield the people set up here, then those that Home Assistant knows."""
    linked = set()
    for subentry in entry.subentries.values():
        if subentry.subentry_type != SUBENTRY_PERSON:
            continue
        data: dict[str, Any] = dict(subentry.data)
        linked.add(data.get(CONF_PERSON))
        yield Person(
            name=subentry.title,
            aliases=tuple(data.get(CONF_ALIASES, ())),
            user_id=_user_of(hass, data.get(CONF_PERSON)),
            areas=frozenset(data.get(CONF_AREAS, ())),
            devices=frozenset(data.get(CONF_SATELLITES, ())),
        )
    for state in hass.states.async_all(PERSON):
        if state.entity_id not in linked:
            yield Person(name=state.name, user_id=state.attributes.get("user_id"))


def person_named(
    hass: HomeAssistant, entry: LocalLlmVoiceConfigEntry, name: str
) -> Person | None:
    """Return the person that goes by a spoken name, misheard or not."""
    known = {
        spoken.casefold(): person
        for person in people(hass, entry)
        for spoken in (person.name, *person.aliases)
    }
    if (wanted := name.casefold()) in known:
        return known[wanted]
    closest = process.extractOne(
        wanted, list(known), scorer=fuzz.ratio, score_cutoff=_SOUNDS_LIKE
    )
    return known[closest[0]] if closest else None


def person_speaking(
    hass: HomeAssistant,
    entry: LocalLlmVoiceConfigEntry,
    *,
    user_id: str | None,
    device_id: str | None,
    area_id: str | None,
) -> Person | None:
    """Return who speaks: the user, else the owner of the satellite, else of the room."""
    everybody = list(people(hass, entry))
    for owns in (
        lambda person: bool(user_id) and person.user_id == user_id,
        lambda person: device_id in person.devices,
        lambda person: area_id in person.areas,
    ):
        owners = [person for person in everybody if owns(person)]
        if len(owners) == 1:
            return owners[0]
    return None


def _user_of(hass: HomeAssistant, person: str | None) -> str | None:
    state = hass.states.get(person) if person else None
    return state.attributes.get("user_id") if state else None
