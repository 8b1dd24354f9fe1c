"""The timers of the house: Home Assistant's on satellites that have them, else our own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from homeassistant.components.intent import async_device_supports_timers
from homeassistant.helpers import intent

from ..const import DOMAIN
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
    started: tuple[float, float, float]
    """Hours, minutes and seconds as it was set."""
    left: float
    active: bool
    device_id: str | None
    area: str | None
    own: Scheduled | None
    """Ours; None where Home Assistant keeps it."""

    @property
    def seconds(self) -> float:
        """Return the seconds that it was set to."""
        hours, minutes, seconds = self.started
        return hours * 3600 + minutes * 60 + seconds


async def async_timers(turn: Turn) -> list[HouseTimer]:
    """Return every timer of the house, the one that is due first in front."""
    response = await async_timer_intent(turn, intent.INTENT_TIMER_STATUS)
    timers = [
        HouseTimer(
            id=status["id"],
            name=status["name"] or None,
            started=(
                status["start_hours"],
                status["start_minutes"],
                status["start_seconds"],
            ),
            left=status["total_seconds_left"],
            active=status["is_active"],
            device_id=status["device_id"] or None,
            area=area.name
            if (area := area_of_device(turn.hass, status["device_id"]))
            else None,
            own=None,
        )
        for status in response.speech_slots.get("timers", ())
    ]
    for own in turn.runtime.schedule.timers:
        area = area_of_device(turn.hass, own.device_id)
        timers.append(
            HouseTimer(
                id=own.id,
                name=own.name,
                started=(own.hours, own.minutes, own.only_seconds),
                left=own.seconds_left,
                active=own.due is not None,
                device_id=own.device_id,
                area=area.name if area else None,
                own=own,
            )
        )
    return sorted(timers, key=lambda timer: timer.left)


def supports_timers(turn: Turn) -> bool:
    """Return whether the speaking device keeps timers itself."""
    return bool(
        turn.device_id and async_device_supports_timers(turn.hass, turn.device_id)
    )


async def async_timer_intent(
    turn: Turn,
    intent_type: str,
    slots: Mapping[str, Any] | None = None,
    device_id: str | None = None,
) -> intent.IntentResponse:
    """Handle one of Home Assistant's timer intents."""
    return await intent.async_handle(
        turn.hass,
        DOMAIN,
        intent_type,
        {key: {"value": value} for key, value in (slots or {}).items()},
        context=turn.context,
        language=turn.language,
        assistant=turn.assistant,
        device_id=device_id or turn.device_id,
        satellite_id=turn.satellite_id,
    )


async def async_start(
    turn: Turn, seconds: float, name: str | None, device_id: str | None = None
) -> None:
    """Start one of Home Assistant's timers; it counts in whole numbers."""
    slots: dict[str, Any] = whole_parts(seconds)
    if name:
        slots["name"] = name
    await async_timer_intent(turn, intent.INTENT_START_TIMER, slots, device_id)


def whole_parts(seconds: float) -> dict[str, int]:
    """Split seconds into the slots of Home Assistant's timer intents."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = {"hours": hours, "minutes": minutes, "seconds": rest}
    return {key: value for key, value in parts.items() if value} or {"seconds": 0}


def which_slots(timer: HouseTimer) -> dict[str, Any]:
    """Return the slots by which Home Assistant's intents find a timer again."""
    slots: dict[str, Any] = {"name": timer.name} if timer.name else {}
    for unit, value in zip(("hours", "minutes", "seconds"), timer.started, strict=True):
        if value:
            slots[f"start_{unit}"] = int(value)
    return slots


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


async def async_find(turn: Turn, args: Mapping[str, Any]) -> HouseTimer:
    """Return the one timer that is meant; asks where there are several."""
    timers = await async_timers(turn)
    if not timers:
        raise SkillError("timer.none")
    found = select(turn, timers, args)
    if not found:
        raise SkillError("timer.not_found")
    if len(found) > 1 and (here := [t for t in found if t.device_id == turn.device_id]):
        found = here
    if len(found) > 1:
        raise Unclear(
            "timer.which",
            [
                Option(
                    label=label(turn, timer),
                    names=(timer.area,) if timer.area else (),
                    entity_ids=(timer.id,),
                )
                for timer in found
            ],
        )
    return found[0]


def label(turn: Turn, timer: HouseTimer) -> str:
    """Name a timer by its name, else by its duration."""
    return timer.name or duration(turn.language, timer.seconds)
