"""The timers of the house: Home Assistant's on satellites that have them, else our own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from homeassistant.components.intent import TimerInfo
from homeassistant.components.intent.const import TIMER_DATA
from homeassistant.components.intent.timers import TimerManager

from ..places import area_of_device
from ..speech import duration
from ..turn import Option, SkillError, Turn, Unclear
from .schema import seconds_of
from .targets import closeness

if TYPE_CHECKING:
    # The schedule runs the skills: at run time it is the one that imports.
    from ..schedule import Scheduled

CLOSE_ENOUGH: Final = 75


@dataclass(frozen=True, kw_only=True)
class HouseTimer:
    """A timer that runs or is paused, whoever keeps it."""

    id: str
    name: str | None
    seconds: float
    """As it was set."""
    left: float
    active: bool
    device_id: str | None
    area: str | None
    own: Scheduled | None
    """Ours; None where Home Assistant keeps it."""


def house_timers(turn: Turn) -> list[HouseTimer]:
    """Return every timer of the house, the one that is due first in front."""
    timers = [
        _of_home_assistant(turn, timer) for timer in manager(turn).timers.values()
    ]
    timers += [_of_schedule(turn, own) for own in turn.runtime.schedule.timers]
    return sorted(timers, key=lambda timer: timer.left)


def manager(turn: Turn) -> TimerManager:
    """Return what keeps Home Assistant's timers; by its intents no id can be named."""
    timers: TimerManager = turn.hass.data[TIMER_DATA]
    return timers


def _of_home_assistant(turn: Turn, timer: TimerInfo) -> HouseTimer:
    area = area_of_device(turn.hass, timer.device_id)
    return HouseTimer(
        id=timer.id,
        name=timer.name,
        seconds=(timer.start_hours or 0) * 3600
        + (timer.start_minutes or 0) * 60
        + (timer.start_seconds or 0),
        left=timer.seconds_left,
        active=timer.is_active,
        device_id=timer.device_id,
        area=area.name if area else None,
        own=None,
    )


def _of_schedule(turn: Turn, own: Scheduled) -> HouseTimer:
    area = area_of_device(turn.hass, own.device_id)
    return HouseTimer(
        id=own.id,
        name=own.name,
        seconds=own.started,
        left=own.seconds_left,
        active=own.due is not None,
        device_id=own.device_id,
        area=area.name if area else None,
        own=own,
    )


def start_on_device(
    turn: Turn, device_id: str, seconds: float, name: str | None
) -> str:
    """Start one of Home Assistant's timers, which count whole seconds; return its id."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return manager(turn).start_timer(
        device_id, hours or None, minutes or None, rest or None, turn.language, name
    )


def select(
    turn: Turn, timers: Sequence[HouseTimer], args: Mapping[str, Any]
) -> list[HouseTimer]:
    """Return the timers that WHICH fits: by name, area and how they were set."""
    if turn.entity_ids:
        return [timer for timer in timers if timer.id in turn.entity_ids]
    found = list(timers)
    if name := args.get("name"):
        found = [t for t in found if t.name and closeness(name, t.name) >= CLOSE_ENOUGH]
    if area := args.get("area"):
        found = [t for t in found if t.area and closeness(area, t.area) >= CLOSE_ENOUGH]
    if started := seconds_of(args, "start_"):
        found = [t for t in found if t.seconds == started]
    return found


def find(turn: Turn, args: Mapping[str, Any]) -> HouseTimer:
    """Return the one timer that is meant; asks where there are several."""
    timers = house_timers(turn)
    if not timers:
        raise SkillError("timer.none")
    found = select(turn, timers, args)
    if not found:
        raise SkillError("timer.not_found")
    if len(found) > 1 and (here := [t for t in found if t.device_id == turn.device_id]):
        found = here
    labels = _labels(turn, found)
    if len(set(labels)) > 1:
        raise Unclear(
            "timer.which",
            [
                Option(
                    label=told,
                    names=tuple(name for name in _names(turn, timer) if name),
                    entity_ids=(timer.id,),
                )
                for timer, told in zip(found, labels, strict=True)
            ],
        )
    # Nothing tells them apart, and so it does not matter which of them it is.
    return found[0]


def _labels(turn: Turn, timers: Sequence[HouseTimer]) -> list[str]:
    """Name timers so that they can be told apart, as far as anything tells them apart."""
    labels = [label(turn, timer) for timer in timers]
    for place in range(len(_names(turn, timers[0]))):
        shared = {told for told in labels if labels.count(told) > 1}
        labels = [
            (_names(turn, timer)[place] or told) if told in shared else told
            for timer, told in zip(timers, labels, strict=True)
        ]
    return labels


def _names(turn: Turn, timer: HouseTimer) -> list[str | None]:
    """How a timer may be called besides its label: as it was set, where, and by what is left."""
    return [
        timer.name,
        duration(turn.language, timer.seconds),
        timer.area,
        duration(turn.language, timer.left),
    ]


def label(turn: Turn, timer: HouseTimer) -> str:
    """Name a timer by its name, else by its duration."""
    return timer.name or duration(turn.language, timer.seconds)
