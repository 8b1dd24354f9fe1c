"""From spoken names to exposed entities: Home Assistant's matcher, and help for mishearings."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import (
    area_registry as ar,
    entity_registry as er,
    floor_registry as fr,
    intent,
)

from ..places import area_of_entity
from ..turn import Option, SkillError, Turn, Unclear

EVERYWHERE: Final = "everywhere"
"""The area that means the whole house, in every language."""

CLOSE_ENOUGH: Final = 80
"""Percent: "kitchin lamp" is "kitchen lamp" (92); "bed light" is not "desk light" (74)."""

DEFINITE_ENDINGS: Final = frozenset({"en", "et", "n", "t", "ene", "erne", "ne"})
"""The article is the end of the word in Danish: "badet" is the "Bad"."""

TOSS_UP: Final = 4
"""Names whose closeness differs by less are asked about."""

KINDS: Final[Mapping[str, tuple[str | None, str | None]]] = {
    "alarm": ("alarm_control_panel", None),
    "blind": (None, "blind"),
    "curtain": (None, "curtain"),
    "door": (None, "door"),
    "garage": (None, "garage"),
    "gate": (None, "gate"),
    "heating": ("climate", None),
    "mower": ("lawn_mower", None),
    "outlet": ("switch", "outlet"),
    "plug": ("switch", "outlet"),
    "shade": (None, "shade"),
    "shutter": (None, "shutter"),
    "speaker": ("media_player", None),
    "thermostat": ("climate", None),
    "tv": ("media_player", "tv"),
    "window": (None, "window"),
}
"""Kinds that are no domain of Home Assistant: their domain and device class.

Doors and windows are covers to open, and sensors to ask about.
"""

SENSED_AS: Final[Mapping[str, str]] = {"garage": "garage_door"}
"""Device classes that sensors call otherwise than covers."""

COVERINGS: Final = frozenset({"awning", "blind", "curtain", "shade", "shutter"})
"""What people mix up, and installers do: "the blinds" are shutters here and shades there."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The target words of a call, as far as they are said."""

    name: str | None = None
    area: str | None = None
    floor: str | None = None
    domain: str | None = None
    device_class: str | None = None

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> Wanted:
        """Read the target words of a call."""
        domain: str | None = args.get("domain")
        device_class: str | None = args.get("device_class")
        if domain is not None and domain in KINDS:
            domain, kind = KINDS[domain]
            device_class = device_class or kind
        return cls(
            name=args.get("name"),
            area=args.get("area"),
            floor=args.get("floor"),
            domain=domain,
            device_class=device_class,
        )

    @property
    def nothing(self) -> bool:
        """Return whether no target was said at all."""
        return self == Wanted()


def find_targets(
    turn: Turn,
    args: Mapping[str, Any],
    *,
    domains: Collection[str] | None = None,
    default: Collection[str] | None = None,
    usable: Callable[[State], bool] | None = None,
) -> list[State]:
    """Return the exposed entities that a call means, at least one.

    `domains` are those that the function works on, `usable` says on which of their
    entities; `default` are those that are meant where only a place is said. Raises SkillError where nothing fits and Unclear where several
    things do.
    """
    hass = turn.hass
    if turn.entity_ids:
        settled = [hass.states.get(entity_id) for entity_id in turn.entity_ids]
        if not (there := [state for state in settled if state is not None]):
            raise SkillError("home.nothing_such")
        return there
    wanted = Wanted.of(args)
    exposed = [
        state
        for state in hass.states.async_all()
        if (domains is None or state.domain in domains)
        and (usable is None or usable(state))
        and async_should_expose(hass, turn.assistant, state.entity_id)
    ]
    area = None
    if wanted.area and wanted.area.casefold() != EVERYWHERE:
        area = find_area(hass, wanted.area)
    floor = _find_floor(hass, wanted.floor) if wanted.floor else None
    fitting = _of_kind(exposed, wanted)
    if wanted.name and (
        named := _named(turn, wanted.name, fitting, exposed, area, floor)
    ):
        return named
    if default and not wanted.domain and not wanted.device_class:
        fitting = [state for state in fitting if state.domain in default]
    if wanted.name:
        return _there(turn, fitting, _room(turn, wanted.name, area), floor)
    if area or floor:
        return _there(turn, fitting, area, floor)
    if not fitting:
        raise SkillError("home.nothing_such")
    if wanted.area:
        return fitting
    return _here(turn, fitting)


def find_area(hass: HomeAssistant, spoken: str) -> ar.AreaEntry:
    """Return the area of a spoken name; raises SkillError where none is close."""
    registry = ar.async_get(hass)
    if exact := next(iter(intent.find_areas(spoken, registry)), None):
        return exact
    areas = registry.async_list_areas()
    scored = [(_closest_place(spoken, [a.name, *a.aliases]), a) for a in areas]
    score, area = max(scored, key=lambda item: item[0], default=(0.0, None))
    if area is None or score < CLOSE_ENOUGH:
        raise SkillError("home.no_area", area=spoken)
    return area


def names_of(hass: HomeAssistant, state: State) -> list[str]:
    """Return the names of an entity that people may say: its own and its aliases."""
    entry = er.async_get(hass).async_get(state.entity_id)
    return intent.async_get_entity_aliases(hass, entry, state=state)


def closeness(spoken: str, name: str) -> float:
    """Return how much a name sounds like what was said, in percent, whatever the order."""
    spoken, name = spoken.casefold(), name.casefold()
    if not spoken.strip():
        return 0.0
    score = fuzz.token_sort_ratio(spoken, name)
    if set(spoken.split()) <= set(name.split()):
        # "ceiling" for "ceiling light": right, unless another one fits better.
        return max(score, CLOSE_ENOUGH + 10)
    return score


def which(turn: Turn, states: Iterable[State]) -> Unclear:
    """Return the question which of several entities is meant."""
    options = []
    for state in states:
        area = area_of_entity(turn.hass, state.entity_id)
        places = [area.name, *area.aliases] if area else []
        names = [state.name, *names_of(turn.hass, state), *places]
        options.append(
            Option(
                label=state.name,
                names=tuple(dict.fromkeys(names)),
                entity_ids=(state.entity_id,),
            )
        )
    labels = {option.label.casefold() for option in options}
    if len(labels) < len(options):
        # Namesakes are told apart by their rooms.
        options = [
            Option(
                label=area.name if (area := _area(turn, option)) else option.label,
                names=option.names,
                entity_ids=option.entity_ids,
            )
            for option in options
        ]
    return Unclear("home.which", options)


def _area(turn: Turn, option: Option) -> ar.AreaEntry | None:
    return area_of_entity(turn.hass, option.entity_ids[0])


def _find_floor(hass: HomeAssistant, spoken: str) -> fr.FloorEntry:
    registry = fr.async_get(hass)
    if exact := next(iter(intent.find_floors(spoken, registry)), None):
        return exact
    floors = registry.async_list_floors()
    scored = [(_closest_place(spoken, [f.name, *f.aliases]), f) for f in floors]
    score, floor = max(scored, key=lambda item: item[0], default=(0.0, None))
    if floor is None or score < CLOSE_ENOUGH:
        raise SkillError("home.no_floor", floor=spoken)
    return floor


def _of_kind(states: list[State], wanted: Wanted) -> list[State]:
    """The states of the domain and device class that were said."""
    if wanted.domain:
        states = [state for state in states if state.domain == wanted.domain]
    if kind := wanted.device_class:
        if exact := _of_class(states, {kind, SENSED_AS.get(kind, kind)}):
            return exact
        return _of_class(states, COVERINGS) if kind in COVERINGS else []
    return states


def _of_class(states: list[State], classes: Collection[str]) -> list[State]:
    return [s for s in states if s.attributes.get("device_class") in classes]


def _there(
    turn: Turn,
    states: list[State],
    area: ar.AreaEntry | None,
    floor: fr.FloorEntry | None,
) -> list[State]:
    found = _matched(turn, states, area=area, floor=floor).states if states else []
    if not found:
        place = area.name if area else floor.name if floor else ""
        raise SkillError("home.nothing_there", area=place)
    return found


def _here(turn: Turn, states: list[State]) -> list[State]:
    """Only a kind is said: what is in the speaker's room, else the only room, else ask."""
    by_area: dict[str | None, list[State]] = {}
    for state in states:
        area = area_of_entity(turn.hass, state.entity_id)
        by_area.setdefault(area.id if area else None, []).append(state)
    if turn.area and (here := by_area.get(turn.area.id)):
        return here
    if len(states) == 1 or (len(by_area) == 1 and None not in by_area):
        return states
    registry = ar.async_get(turn.hass)
    areas = [a for i in by_area if i and (a := registry.async_get_area(i))]
    if len(areas) < len(by_area):
        raise which(turn, states)
    raise Unclear(
        "home.which_area",
        [
            Option(label=area.name, names=tuple(area.aliases), args={"area": area.name})
            for area in areas
        ],
    )


def _named(
    turn: Turn,
    name: str,
    fitting: list[State],
    exposed: list[State],
    area: ar.AreaEntry | None,
    floor: fr.FloorEntry | None,
) -> list[State]:
    """The one with that name: of the kind that was said, else of any; else a close one.

    Empty where nothing is close, and where a room has the name.
    """
    for states in (fitting, exposed):
        if not states:
            continue
        match = _matched(turn, states, name=name, area=area, floor=floor)
        if match.is_match:
            return match.states
        if match.no_match_reason is intent.MatchFailedReason.DUPLICATE_NAME:
            return _told_apart(turn, _namesakes(turn, states, name, area, floor))
    if any(intent.find_areas(name, ar.async_get(turn.hass))):
        return []
    return _close(turn, name, fitting, area)


def _room(turn: Turn, name: str, area: ar.AreaEntry | None) -> ar.AreaEntry:
    """The room that was taken for a device's name: "kitchen" is what is in there."""
    rooms = intent.find_areas(name, ar.async_get(turn.hass))
    if (room := next(iter(rooms), None)) is None or area not in (None, room):
        raise SkillError("home.no_name", name=name)
    return room


def _close(
    turn: Turn, name: str, states: list[State], area: ar.AreaEntry | None
) -> list[State]:
    """The entity with the closest name; asks where two are as close."""
    scored = []
    for state in states:
        names = names_of(turn.hass, state)
        score = _closest(name, names)
        place = area_of_entity(turn.hass, state.entity_id)
        if area:
            if place is None or place.id != area.id:
                score -= CLOSE_ENOUGH / 2
            else:
                score = max(score, _closest(f"{area.name} {name}", names))
        elif turn.area and place and place.id == turn.area.id:
            # Of two that are equally close, the one here.
            score += TOSS_UP
        scored.append((score, state))
    best = max((score for score, _ in scored), default=0.0)
    if best < CLOSE_ENOUGH:
        return []
    close = [state for score, state in scored if score > best - TOSS_UP]
    return _told_apart(turn, close) if len(close) > 1 else close


def _told_apart(turn: Turn, states: list[State]) -> list[State]:
    """Ask which one; all of them where neither name nor room tells them apart."""
    areas = [area_of_entity(turn.hass, state.entity_id) for state in states]
    told = {(s.name, a and a.id) for s, a in zip(states, areas, strict=True)}
    if len(told) > 1:
        raise which(turn, states)
    return states


def _namesakes(
    turn: Turn,
    states: list[State],
    name: str,
    area: ar.AreaEntry | None,
    floor: fr.FloorEntry | None,
) -> list[State]:
    return _matched(
        turn, states, name=name, area=area, floor=floor, allow_duplicates=True
    ).states


def _matched(
    turn: Turn,
    states: list[State],
    *,
    name: str | None = None,
    area: ar.AreaEntry | None = None,
    floor: fr.FloorEntry | None = None,
    allow_duplicates: bool = False,
) -> intent.MatchTargetsResult:
    return intent.async_match_targets(
        turn.hass,
        intent.MatchTargetsConstraints(
            name=name,
            area_name=area.id if area else None,
            floor_name=floor.floor_id if floor else None,
            assistant=turn.assistant,
            allow_duplicate_names=allow_duplicates,
        ),
        turn.preferences,
        states=states,
    )


def _closest_place(spoken: str, names: Iterable[str]) -> float:
    """Like `_closest`, whatever the article: "badet" and "das Bad" are the place "Bad"."""
    names = list(names)
    said = spoken.casefold()
    for name in (name.casefold() for name in names if name):
        ending = said.removeprefix(name)
        if said.split()[1:] == name.split() or (
            len(name) >= 3 and ending in DEFINITE_ENDINGS
        ):
            return max(CLOSE_ENOUGH, _closest(spoken, names))
    return _closest(spoken, names)


def _closest(spoken: str, names: Iterable[str]) -> float:
    return max((closeness(spoken, name) for name in names), default=0.0)
