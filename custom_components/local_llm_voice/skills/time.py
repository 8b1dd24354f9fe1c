"""Time: the time here and elsewhere, and dates."""

from datetime import date, datetime, timedelta
from functools import cache
import re
from typing import Any, Final
import zoneinfo

import probatio

from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..speech import closest, words
from ..turn import Answer, SkillError, Turn
from .cities import ZONES
from .skill import READS, function
from .targets import closeness

CLOSE_ENOUGH: Final = 85


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
            "time.now", time=_clock(turn, now), data={"time": now.isoformat()}
        )
    name = await turn.hass.async_add_executor_job(_zone_of, location)
    zone = name and await dt_util.async_get_time_zone(name)
    if not zone:
        raise SkillError("time.no_place", place=location)
    there = dt_util.utcnow().astimezone(zone)
    return turn.answer(
        "time.there",
        place=location,
        time=_clock(turn, there),
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
    today = dt_util.now().date()
    when = args.get("when")
    if when is None:
        return turn.answer("time.today", date=spoken_date(turn, today))
    if (day := day_of(turn, when, today)) is None:
        raise SkillError("time.no_day", when=when)
    return turn.answer(
        "time.day", date=spoken_date(turn, day), data={"date": str(day)}
    )


def day_of(turn: Turn, when: str, today: date) -> date | None:
    """Return the day of spoken words: today and its neighbors, weekdays, "in 3 days"."""
    said = when.casefold().strip()
    for offset, key in ((0, "today"), (1, "tomorrow"), (2, "after_tomorrow")):
        if said in words(turn.language, f"time.words_{key}"):
            return today + timedelta(days=offset)
    if said in words(turn.language, "time.words_yesterday"):
        return today - timedelta(days=1)
    for weekday, name in enumerate(words(turn.language, "time.weekdays")):
        if name.casefold() in said:
            return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
    if number := re.search(r"\d+", said):
        in_days = words(turn.language, "time.words_days")
        if any(word in said for word in in_days):
            return today + timedelta(days=min(int(number[0]), 36525))
    return None


def spoken_date(turn: Turn, day: date) -> str:
    """Return a date as it is said, such as "Tuesday, November 24"."""
    return turn.say(
        "time.date",
        weekday=words(turn.language, "time.weekdays")[day.weekday()],
        month=words(turn.language, "time.months")[day.month - 1],
        day=day.day,
        year=str(day.year),
    )


def _clock(turn: Turn, moment: datetime) -> str:
    """A time as it is said: twelve hours in English, else twenty-four."""
    if closest(turn.language) == "en":
        return f"{moment.hour % 12 or 12}:{moment:%M} {moment:%p}"
    return turn.say("time.clock", hour=moment.hour, minute=f"{moment:%M}")


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
    score, zone = max(
        (closeness(" ".join(said), city), zone) for city, zone in cities.items()
    )
    return zone if score >= CLOSE_ENOUGH and said else None


FUNCTIONS = (get_time, get_date)
