"""What is due later: timers of devices that have none, and commands put off.

Kept in Home Assistant's storage, so that a restart loses nothing.
"""

import asyncio
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
import logging
from typing import Any, Final

from homeassistant.components import conversation
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.llm import ToolInput
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util, ulid as ulid_util

from .announce import async_announce
from .const import DOMAIN
from .memory import Call
from .skills import FUNCTIONS
from .speech import duration, say
from .turn import Answer, SkillError, Turn, TurnContext

_LOGGER = logging.getLogger(__name__)

EVENT_TIMER_FINISHED: Final = f"{DOMAIN}_timer_finished"

LATE_CALL_SECONDS: Final = 60
"""A light that should have gone on an hour ago, while Home Assistant was off, stays off."""

LATE_TIMER_SECONDS: Final = 3600
RING_TIMES: Final = 3
RING_SECONDS: Final = 20

MAX_ENTRIES: Final = 100


@dataclass(frozen=True, kw_only=True)
class Scheduled:
    """A timer, or where `call` is set, a command put off."""

    id: str
    seconds: float
    """In all, as it was set and changed."""
    started: float
    """Seconds as it was set: "the ten minute timer"."""
    due: float | None
    """UTC timestamp; None while it is paused."""
    left: float
    """Seconds left while it is paused."""
    language: str
    name: str | None = None
    device_id: str | None = None
    satellite_id: str | None = None
    area_id: str | None = None
    user_id: str | None = None
    call: Call | None = None
    entity_ids: tuple[str, ...] = ()
    """What the answer to a question settled; the call's words are then not resolved again."""
    confirmed: bool = False

    @property
    def seconds_left(self) -> float:
        """Return the seconds until it is due."""
        if self.due is None:
            return self.left
        return max(0.0, self.due - dt_util.utcnow().timestamp())


class Schedule:
    """Keeps what is due later, does it, and survives a restart."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare an empty schedule."""
        self._hass = hass
        self._entries: dict[str, Scheduled] = {}
        self._alarms: dict[str, CALLBACK_TYPE] = {}
        self._ringing: dict[str, tuple[Scheduled, asyncio.Task[None]]] = {}
        self._store: Store[list[dict[str, Any]]] = Store(
            hass, 1, f"{DOMAIN}.schedule", atomic_writes=True, private=True
        )

    async def async_load(self) -> CALLBACK_TYPE:
        """Take up what an earlier run left; return what stops everything."""
        stored: Any = await self._store.async_load() or []
        try:
            entries = [_from_dict(item) for item in stored]
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as err:
            # It is written anew with the next timer.
            _LOGGER.warning(
                "Dropped the timers, their file is damaged: %s", type(err).__name__
            )
            entries = []
        self._entries = {entry.id: entry for entry in entries}
        stop_waiting = async_at_started(self._hass, self._async_started)

        @callback
        def stop() -> None:
            stop_waiting()
            for cancel in self._alarms.values():
                cancel()
            for _, ringing in self._ringing.values():
                ringing.cancel()

        return stop

    @property
    def count(self) -> int:
        """The number of timers and commands put off."""
        return len(self._entries)

    @property
    def timers(self) -> list[Scheduled]:
        """The timers, the one that is due first in front."""
        timers = [entry for entry in self._entries.values() if entry.call is None]
        return sorted(timers, key=lambda timer: timer.seconds_left)

    async def async_add_timer(
        self, turn: Turn, seconds: float, name: str | None
    ) -> Scheduled:
        """Start a timer."""
        entry = replace(self._made(turn, seconds), name=name)
        await self._async_put(entry)
        return entry

    async def async_add_call(self, turn: Turn, call: Call, seconds: float) -> Answer:
        """Put a command off; the answer says so, and its undo takes it back."""
        entry = replace(
            self._made(turn, seconds),
            call=call,
            entity_ids=turn.entity_ids,
            confirmed=turn.confirmed,
        )
        await self._async_put(entry)

        async def undo() -> None:
            await self.async_cancel(entry.id)

        spoken = duration(turn.language, seconds, after_in=True)
        return turn.answer("delayed", duration=spoken, undo=undo)

    async def async_cancel(self, entry_id: str) -> None:
        """Forget a timer or a command put off."""
        self._entries.pop(entry_id, None)
        self._disarm(entry_id)
        await self._async_save()

    async def async_pause(self, timer: Scheduled) -> None:
        """Stop a timer for now."""
        await self._async_put(replace(timer, left=timer.seconds_left, due=None))

    async def async_resume(self, timer: Scheduled) -> None:
        """Let a paused timer go on."""
        await self._async_put(replace(timer, due=_now() + timer.left))

    async def async_change(self, timer: Scheduled, seconds: float) -> None:
        """Add seconds to a timer, or take them off."""
        left = max(0.0, timer.seconds_left + seconds)
        total = max(0.0, timer.seconds + seconds)
        due = None if timer.due is None else _now() + left
        await self._async_put(replace(timer, seconds=total, left=left, due=due))

    async def async_restart(self, timer: Scheduled) -> None:
        """Start a timer over, with what it was set to."""
        seconds = timer.started
        await self._async_put(
            replace(timer, seconds=seconds, due=_now() + seconds, left=seconds)
        )

    @callback
    def async_silence(self) -> bool:
        """Stop what rings; return whether something did."""
        ringing, self._ringing = self._ringing, {}
        for _, task in ringing.values():
            task.cancel()
        return bool(ringing)

    def _made(self, turn: Turn, seconds: float) -> Scheduled:
        return Scheduled(
            id=ulid_util.ulid_now(),
            seconds=seconds,
            started=seconds,
            due=_now() + seconds,
            left=seconds,
            language=turn.language,
            device_id=turn.device_id,
            satellite_id=turn.satellite_id,
            area_id=turn.area.id if turn.area else None,
            user_id=turn.context.user_id,
        )

    async def _async_started(self, _: HomeAssistant) -> None:
        for entry in list(self._entries.values()):
            late = _now() - entry.due if entry.due is not None else 0
            if late > (LATE_CALL_SECONDS if entry.call else LATE_TIMER_SECONDS):
                _LOGGER.warning(
                    "Dropped what was due %s while Home Assistant was not running",
                    dt_util.utc_from_timestamp(entry.due or 0),
                )
                await self.async_cancel(entry.id)
            else:
                self._arm(entry)

    async def _async_put(self, entry: Scheduled) -> None:
        if entry.id not in self._entries and len(self._entries) >= MAX_ENTRIES:
            raise SkillError("timer.too_many")
        self._entries[entry.id] = entry
        self._arm(entry)
        await self._async_save()

    async def _async_save(self) -> None:
        """Write at once: a timer must survive a power cut in the next second."""
        await self._store.async_save([asdict(e) for e in self._entries.values()])

    def _arm(self, entry: Scheduled) -> None:
        self._disarm(entry.id)
        if entry.due is None:
            return

        async def due(_: datetime) -> None:
            self._alarms.pop(entry.id, None)
            self._entries.pop(entry.id, None)
            await self._async_save()
            if entry.call is None:
                self._finish(entry)
            else:
                await self._async_run(entry, entry.call)

        when = dt_util.utcnow() + timedelta(seconds=entry.seconds_left)
        self._alarms[entry.id] = async_track_point_in_utc_time(self._hass, due, when)

    def _disarm(self, entry_id: str) -> None:
        if cancel := self._alarms.pop(entry_id, None):
            cancel()

    @callback
    def _finish(self, timer: Scheduled) -> None:
        """Tell automations and people that a timer is up."""
        self._hass.bus.async_fire(
            EVENT_TIMER_FINISHED,
            {
                "id": timer.id,
                "name": timer.name,
                "seconds": timer.seconds,
                "device_id": timer.device_id,
                "area_id": timer.area_id,
            },
        )
        task = self._hass.async_create_background_task(
            self._async_ring(timer), f"{DOMAIN} timer {timer.id} rings"
        )
        self._ringing[timer.id] = (timer, task)

    async def _async_ring(self, timer: Scheduled) -> None:
        if timer.name:
            text = say(timer.language, "timer.finished_name", name=timer.name)
        else:
            spoken = duration(timer.language, timer.seconds)
            text = say(timer.language, "timer.finished", duration=spoken)
        for _ in range(RING_TIMES):
            await async_announce(
                self._hass,
                text,
                context=Context(),
                area_id=timer.area_id,
                device_id=timer.device_id,
            )
            await asyncio.sleep(RING_SECONDS)
        self._ringing.pop(timer.id, None)

    async def _async_run(self, entry: Scheduled, call: Call) -> None:
        """Carry a command out that was put off; say only what went wrong."""
        context = TurnContext(
            platform=DOMAIN,
            context=Context(user_id=entry.user_id),
            language=entry.language,
            assistant=conversation.DOMAIN,
            device_id=entry.device_id,
            satellite_id=entry.satellite_id,
            entity_ids=entry.entity_ids,
            confirmed=entry.confirmed,
        )
        if (function := FUNCTIONS.get(call.name)) is None:
            _LOGGER.warning("Dropped a command that no longer exists: %s", call.name)
            return
        tool_input = ToolInput(function.name, dict(call.args))
        await function.async_call(self._hass, tool_input, context)
        answer = context.answers[tool_input.id]
        if answer.failed or answer.question:
            await async_announce(
                self._hass,
                answer.speech,
                context=Context(),
                area_id=entry.area_id,
                device_id=entry.device_id,
            )


def _from_dict(stored: dict[str, Any]) -> Scheduled:
    """The inverse of `asdict`; raises what data of another shape raises."""
    call, due = stored["call"], stored["due"]
    if due is not None:
        dt_util.utc_from_timestamp(due)
    return Scheduled(
        **{
            **stored,
            "call": Call(call["name"], dict(call["args"])) if call else None,
            "entity_ids": tuple(stored.get("entity_ids", ())),
        }
    )


def _now() -> float:
    return dt_util.utcnow().timestamp()
