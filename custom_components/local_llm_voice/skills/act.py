"""Carrying something out on entities, and saying "done" only when their states say so."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import Event, EventStateChangedData, State, callback
from homeassistant.helpers import intent
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.helpers.state import async_reproduce_state

from ..const import DOMAIN
from ..places import area_of_entity
from ..services import async_call
from ..turn import Answer, SkillError, Turn
from .failures import FAILURES, log_failure

SETTLE_SECONDS: Final = 3.0
"""How long a device has to report back before it is said that it did not."""

NAMED: Final = 3
"""More devices than this are counted instead of named."""

UNDONE: Final = frozenset(
    {
        "climate",
        "cover",
        "fan",
        "group",
        "humidifier",
        "input_boolean",
        "light",
        "media_player",
        "remote",
        "switch",
        "vacuum",
        "water_heater",
    }
)
"""Home Assistant can bring these back to a state; locks and alarms are not, on purpose."""

SECURE_COVERS: Final = frozenset({"door", "garage", "gate"})

MOVING: Final = frozenset({"buffering", "cleaning", "closing", "opening", "returning"})
"""On the way to a state."""

type Reached = Callable[[State], bool]
type Action = Callable[[Sequence[State]], Awaitable[Any]]


async def act(
    turn: Turn,
    states: Sequence[State],
    action: Action,
    *,
    key: str,
    reached: Reached | None = None,
    **values: Any,
) -> Answer:
    """Run an action on entities and report what came of it.

    `reached` says of a state whether the action shows in it; without it, the action is
    taken to have worked when it did not raise. `key` is the sentence of success; it is
    given the entities as `names`.
    """
    usable = [state for state in states if state.state != STATE_UNAVAILABLE]
    if not usable:
        raise SkillError("home.unavailable", names=spoken(turn, states))
    waiting = _Waiting(turn, usable, reached) if reached else None
    try:
        await action(usable)
        silent = await waiting.async_silent() if waiting else []
    except SkillError:
        raise
    except FAILURES as err:
        log_failure(key, err)
        raise SkillError("home.did_not_work", names=spoken(turn, usable)) from err
    finally:
        if waiting:
            waiting.stop()
    if len(silent) == len(usable):
        raise SkillError("home.no_response", names=spoken(turn, silent))
    reacted = [state for state in usable if state not in silent]
    names = spoken(turn, reacted)
    speech = turn.say(key, names=names, count=len(reacted), **values)
    lost = [*silent, *(state for state in states if state not in usable)]
    if lost:
        speech = f"{speech} {turn.say('home.no_response', names=spoken(turn, lost))}"
    return Answer(
        speech=speech,
        undo=_undo(turn, usable),
        data={"entities": [state.entity_id for state in usable]},
    )


def opens_the_house(state: State) -> bool:
    """Return whether opening, unlocking or disarming this needs consent."""
    if state.domain == "cover":
        return state.attributes.get("device_class") in SECURE_COVERS
    return state.domain in ("lock", "alarm_control_panel")


async def async_intent(
    turn: Turn, intent_type: str, states: Sequence[State], **slots: Any
) -> None:
    """Handle an intent of Home Assistant for each of the entities, at once.

    Raises only where it failed for all of them; the states tell about the others.
    """
    preferences = turn.preferences
    common = {key: {"value": value} for key, value in slots.items()}
    if preferences.area_id:
        common["preferred_area_id"] = {"value": preferences.area_id}
    results = await asyncio.gather(
        *(
            intent.async_handle(
                turn.hass,
                DOMAIN,
                intent_type,
                # The matcher takes an entity id for a name: what it would find by the
                # spoken one is already found.
                {"name": {"value": state.entity_id}, **common},
                context=turn.context,
                language=turn.language,
                assistant=turn.assistant,
                device_id=turn.device_id,
                satellite_id=turn.satellite_id,
            )
            for state in states
        ),
        return_exceptions=True,
    )
    errors = [result for result in results if isinstance(result, BaseException)]
    if errors and len(errors) == len(states):
        raise errors[0]


async def async_service(
    turn: Turn, domain: str, service: str, states: Sequence[State], **data: Any
) -> None:
    """Call a service of Home Assistant for the entities."""
    entity_ids = [state.entity_id for state in states]
    await async_call(
        turn.hass, turn.context, domain, service, {ATTR_ENTITY_ID: entity_ids, **data}
    )


def spoken(turn: Turn, states: Sequence[State]) -> list[str] | str:
    """Name entities, or count them where naming takes too long."""
    if len(states) > NAMED:
        return turn.say("home.devices", n=len(states), count=len(states))
    names = [state.name for state in states]
    if len(set(names)) == len(names):
        return names
    placed = []
    for state in states:
        area = area_of_entity(turn.hass, state.entity_id)
        placed.append(f"{state.name} ({area.name})" if area else state.name)
    return placed


class _Waiting:
    """Watches entities from before the action until it shows in all of them."""

    def __init__(self, turn: Turn, states: Sequence[State], reached: Reached) -> None:
        self._hass = turn.hass
        self._reached = reached
        self._states = states
        self._changed = asyncio.Event()
        self.stop = async_track_state_change_event(
            self._hass, [state.entity_id for state in states], self._async_changed
        )

    @callback
    def _async_changed(self, _: Event[EventStateChangedData]) -> None:
        self._changed.set()

    async def async_silent(self) -> list[State]:
        """Wait; return the entities in which the action does not show in time."""
        try:
            async with asyncio.timeout(SETTLE_SECONDS):
                while self._unreached():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            pass
        return self._unreached()

    def _unreached(self) -> list[State]:
        current = [(s, self._hass.states.get(s.entity_id)) for s in self._states]
        return [s for s, now in current if now is None or not self._reached(now)]


def _undo(turn: Turn, before: Sequence[State]) -> Callable[[], Awaitable[None]] | None:
    states = [s for s in before if s.domain in UNDONE and not opens_the_house(s)]
    if not states:
        return None
    was = {state.entity_id: state.state for state in states}

    def back(now: State) -> bool:
        return now.state == was[now.entity_id] or now.state in MOVING

    async def undo() -> None:
        waiting = _Waiting(turn, states, back)
        try:
            await async_reproduce_state(turn.hass, states, context=turn.context)
            silent = await waiting.async_silent()
        finally:
            waiting.stop()
        if silent:
            raise SkillError("home.no_response", names=spoken(turn, silent))

    return undo
