"""Weather: now and ahead, at home and elsewhere, answered as it was asked."""

from datetime import timedelta
from typing import Any, Final

import probatio

from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.llm import ToolAnnotations

from ..const import CONF_WEATHER_ELSEWHERE
from ..outlook import Outlook, async_elsewhere, async_home_outlook
from ..outlook.home import weather_entities
from ..speech import closest, words
from ..spoken_time import Kind, TimeRange
from ..turn import Answer, SkillError, Turn
from .skill import function
from .spoken_when import understood
from .targets import closeness, names_of
from .weather_answers import (
    PRESENCE,
    TEMPERATURES,
    Asking,
    general,
    measured,
    presence,
    sun_event,
    temperatures,
)
from .weather_asked import Asked, asked

CLOSE_ENOUGH: Final = 85

SOON: Final = timedelta(hours=12)
"""How far "will it rain?" looks ahead where no time is said."""


@function(
    title="Get weather",
    description="Answer a question on the weather, now or ahead, here or elsewhere.",
    arguments={
        probatio.Optional("location", description="City; left out at home"): cv.string,
        probatio.Optional(
            "when", description="Such as 'tomorrow morning', 'weekend'"
        ): cv.string,
        probatio.Optional(
            "condition",
            description="What is asked about, such as 'rain', 'cold', 'sunset'",
        ): cv.string,
    },
    annotations=ToolAnnotations(
        read_only=True, destructive=False, idempotent=True, open_world=True
    ),
)
async def get_weather(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say the weather, or answer the question on it with a yes or no."""
    outlook = await _async_outlook(turn, args.get("location"))
    when: str | None = args.get("when")
    wanted = understood(turn, when, outlook.now) if when else None
    if wanted is not None and wanted.end <= outlook.now:
        raise SkillError("weather.past")
    asking = Asking(turn, outlook)
    condition: str | None = args.get("condition")
    if not condition:
        return _general(asking, wanted)
    about = asked(turn.language, condition)
    if about is None:
        answer = _general(asking, wanted)
        unknown = turn.say("weather.condition_not_known", condition=condition)
        return Answer(speech=f"{unknown} {answer.speech}", data=answer.data)
    return _about(asking, about, wanted)


def _about(asking: Asking, about: Asked, wanted: TimeRange | None) -> Answer:
    """Answer what was asked."""
    if about in (Asked.SUNRISE, Asked.SUNSET):
        return sun_event(asking, about, wanted)
    now = asking.now
    if about not in PRESENCE:
        summary = asking.summary(wanted or now)
        tell = temperatures if about in TEMPERATURES else measured
        return tell(asking, about, wanted or now, summary)
    if wanted is not None:
        return presence(asking, about, wanted, asking.summary(wanted))
    return _soon(asking, about)


def _soon(asking: Asking, about: Asked) -> Answer:
    """Without a time, "will it rain?" and "is it raining?" sound the same: now, else soon."""
    now, outlook = asking.now, asking.outlook
    current = asking.summary(now)
    if PRESENCE[about].holds(current):
        return presence(asking, about, now, current)
    soon = TimeRange(start=outlook.now, end=outlook.now + SOON, kind=Kind.HOURS)
    if outlook.hours and outlook.slots(soon):
        return presence(asking, about, soon, asking.summary(soon), later=True)
    today = asking.today
    if outlook.slots(today):
        return presence(asking, about, today, asking.summary(today))
    return presence(asking, about, now, current)


def _general(asking: Asking, wanted: TimeRange | None) -> Answer:
    """The weather as a whole: of a time, else now and what is left of today."""
    if wanted is not None:
        return general(asking, [(wanted, asking.summary(wanted))])
    told = [(asking.now, asking.summary(asking.now))]
    today = asking.today
    if asking.outlook.slots(today):
        told.append((today, asking.summary(today)))
    return general(asking, told)


async def _async_outlook(turn: Turn, location: str | None) -> Outlook:
    """The outlook at home, of a weather entity by its name, or for a place elsewhere."""
    entities = weather_entities(turn)
    if location and not _is_here(turn, location):
        for entity in entities:
            names = names_of(turn.hass, entity)
            if any(closeness(location, name) >= CLOSE_ENOUGH for name in names):
                return await async_home_outlook(turn, entity)
        if not turn.options.get(CONF_WEATHER_ELSEWHERE):
            raise SkillError("weather.elsewhere_off")
        return await async_elsewhere(turn.hass, location, closest(turn.language))
    if not entities:
        raise SkillError("weather.none")
    return await async_home_outlook(turn, entities[0])


def _is_here(turn: Turn, location: str) -> bool:
    said = location.casefold().strip()
    return said in words(turn.language, "weather.here") or said == (
        turn.hass.config.location_name.casefold()
    )


FUNCTIONS = (get_weather,)
