"""Which thermometer says how warm it is: those of rooms, not of a fridge or a processor."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

from homeassistant.components.climate import ATTR_CURRENT_TEMPERATURE, DOMAIN as CLIMATE
from homeassistant.components.sensor import DOMAIN as SENSOR, SensorDeviceClass
from homeassistant.const import ATTR_DEVICE_CLASS, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import State
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..places import area_of_entity
from ..speech import words
from ..speech.mention import folded, mentions
from ..turn import SkillError, Turn
from .targets import EVERYWHERE, Wanted, find_targets

DOMAINS: Final = frozenset({CLIMATE, SENSOR})


def thermometer(turn: Turn, args: dict[str, Any]) -> State:
    """Return what says the temperature there; somewhere in the house where no place is said.

    That is the one that the user chose for its area, else a thermostat, else a sensor of
    the air in a room. Raises SkillError where there is none.
    """
    found = _thermometers(turn, args)
    return min(
        found,
        key=lambda state: (
            not _is_chosen(turn, state),
            not _of_a_room(turn, state),
            state.domain != CLIMATE,
        ),
    )


def degrees_of(state: State) -> float | None:
    """Return the temperature that a state measures; None where it measures none."""
    if state.domain == CLIMATE:
        value: float | None = state.attributes.get(ATTR_CURRENT_TEMPERATURE)
        return value
    if state.attributes.get(ATTR_DEVICE_CLASS) != SensorDeviceClass.TEMPERATURE:
        return None
    if state.state in (STATE_UNAVAILABLE, STATE_UNKNOWN):
        return None
    return float(state.state)


def spoken_place(turn: Turn, state: State, args: dict[str, Any]) -> str:
    """Return whose temperature it is: the room's, where it is certain that it is."""
    area = area_of_entity(turn.hass, state.entity_id)
    if area is None or args.get("name"):
        return state.name
    if state.domain == CLIMATE or _is_chosen(turn, state):
        return area.name
    return state.name


def _thermometers(turn: Turn, args: dict[str, Any]) -> Sequence[State]:
    target = {key: value for key, value in args.items() if key != "domain"}
    wanted = Wanted.of(target)

    def measures(state: State) -> bool:
        if degrees_of(state) is None:
            return False
        return bool(wanted.name) or _is_chosen(turn, state) or _of_a_room(turn, state)

    find = partial(find_targets, turn, domains=DOMAINS, usable=measures)
    if not (wanted.name or wanted.area or wanted.floor):
        if turn.area:
            with suppress(SkillError):
                return find({**target, "area": turn.area.id})
        target["area"] = EVERYWHERE
    try:
        found = find(target)
    except SkillError as err:
        if err.key in ("home.nothing_there", "home.nothing_such"):
            raise SkillError("home.no_temperature") from err
        raise
    if wanted.name or wanted.area:
        return found
    # Out in the garden it is as warm as the garden is, but not in the house.
    if not (inside := [state for state in found if not _is_outside(turn, state)]):
        raise SkillError("home.no_temperature")
    return inside


def _is_chosen(turn: Turn, state: State) -> bool:
    """Whether the user chose it for its area, in Home Assistant."""
    area = area_of_entity(turn.hass, state.entity_id)
    return area is not None and area.temperature_entity_id == state.entity_id


def _of_a_room(turn: Turn, state: State) -> bool:
    """Whether it measures the air around it: no appliance, processor or setting.

    A sensor outdoors belongs to an area that is outdoors, and to no other.
    """
    thing = _Thing(turn, state)
    if thing.is_named("home.appliances"):
        return False
    if state.domain == CLIMATE:
        # A heat pump's thermostat hangs in a room.
        return True
    if thing.is_internal or thing.is_named("home.not_of_the_air"):
        return False
    return not thing.is_named("home.outdoors") or thing.stands_outdoors


def _is_outside(turn: Turn, state: State) -> bool:
    thing = _Thing(turn, state)
    return thing.is_named("home.outdoors") or thing.stands_outdoors


class _Thing:
    """What the registries say of an entity."""

    def __init__(self, turn: Turn, state: State) -> None:
        self._language = turn.language
        self._area = area_of_entity(turn.hass, state.entity_id)
        entry = er.async_get(turn.hass).async_get(state.entity_id)
        names = [state.name, state.entity_id.partition(".")[2]]
        self.is_internal = False
        if entry is not None:
            self.is_internal = entry.entity_category is not None
            names.append(entry.translation_key or "")
            if entry.device_id and (
                device := dr.async_get(turn.hass).async_get(entry.device_id)
            ):
                names.append(device.name_by_user or device.name or "")
        self._names = folded(" ".join(names).replace("_", " "))

    @property
    def stands_outdoors(self) -> bool:
        """Whether its area is a garden, a balcony..."""
        if (area := self._area) is None:
            return False
        names = folded(" ".join((area.name, *area.aliases)))
        return mentions(names, self._words("home.outdoors"))

    def is_named(self, key: str) -> bool:
        """Whether one of its names, or its device's, holds a word of the key."""
        return mentions(self._names, self._words(key))

    def _words(self, key: str) -> tuple[str, ...]:
        """Those of the language and the English ones: many devices are named so."""
        return (*words(self._language, key), *words("en", key))
