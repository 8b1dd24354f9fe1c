"""Time: the time here and elsewhere, and dates."""

from datetime import date
from functools import cache
import re
from typing import Any, Final
import zoneinfo

import probatio
from rapidfuzz import fuzz, process

from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..speech import words
from ..turn import Answer, SkillError, Turn
from .cities import ZONES
from .skill import READS, function
from .spoken_when import spoken_clock, spoken_month, understood

CLOSE_ENOUGH: Final = 85
"""Percent: "Amsterdam" for "Amsterdamm"; York is not New York."""


@function(
    title="Get time",
    description="Say the time, here or in another place.",
    arguments={probatio.Optional("location", description="City"): cv.string},
    annotations=READS,
)
async def get_time(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say the time."""
    if (location := args.get("location")) is None:
        now = dt_util.now()
        return turn.answer(
            "time.now",
            time=spoken_clock(turn, now),
            count=now.hour,
            data={"time": now.isoformat()},
        )
    name = await turn.hass.async_add_executor_job(_zone_of, location)
    zone = name and await dt_util.async_get_time_zone(name)
    if not zone:
        raise SkillError("time.no_place", place=location)
    there = dt_util.utcnow().astimezone(zone)
    return turn.answer(
        "time.there",
        place=location,
        time=spoken_clock(turn, there),
        count=there.hour,
        data={"time": there.isoformat()},
    )


@function(
    title="Get date",
    description="Say the date of today or of another day.",
    arguments={
        probatio.Optional("when", description="Such as 'tomorrow', 'Friday'"): cv.string
    },
    annotations=READS,
)
async def get_date(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say a date."""
    now = dt_util.now()
    if (when := args.get("when")) is None:
        return turn.answer("time.today", date=spoken_date(turn, now.date()))
    day = understood(turn, when, now).day
    key = "time.past_day" if day < now.date() else "time.day"
    return turn.answer(key, date=spoken_date(turn, day), data={"date": str(day)})


def spoken_date(turn: Turn, day: date) -> str:
    """Return a date as it is said, such as "Tuesday, November 24"."""
    return turn.say(
        "time.date",
        weekday=words(turn.language, "time.weekdays")[day.weekday()],
        month=spoken_month(turn, day),
        day=day.day,
        count=day.day,
        year=str(day.year),
    )


@cache
def _cities() -> dict[str, str]:
    """Time zones by city, in lower case; reads the zone files' names."""
    cities = {
        name.rsplit("/", 1)[-1].replace("_", " ").casefold(): name
        for name in sorted(zoneinfo.available_timezones())
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))
    }
    return cities | {city: zone for zone, names in ZONES.items() for city in names}


def _zone_of(location: str) -> str | None:
    """The time zone of a place; "Boston Massachusetts" is found by "Boston"."""
    cities = _cities()
    said = re.sub(r"[^\w ]", " ", location.casefold()).split()
    for length in range(len(said), 0, -1):
        if zone := cities.get(" ".join(said[:length])):
            return zone
    closest = process.extractOne(
        " ".join(said), list(cities), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH
    )
    return cities[closest[0]] if closest else None


FUNCTIONS = (get_time, get_date)
