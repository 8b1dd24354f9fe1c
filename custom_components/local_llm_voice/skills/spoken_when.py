"""Ranges of time as they are said: "tomorrow morning", "on Saturday", "at 5:00 PM"."""

from datetime import date, datetime, timedelta

from ..speech import closest, time_ahead, words
from ..spoken_time import Kind, NotUnderstood, Part, TimeRange, parse
from ..turn import SkillError, Turn


def understood(turn: Turn, when: str, now: datetime) -> TimeRange:
    """Return the range of spoken words; raises SkillError that names what is not one."""
    try:
        return parse(when, turn.language, now)
    except NotUnderstood as err:
        raise SkillError("when.not_understood", part=err.part or when) from err


def spoken_range(turn: Turn, wanted: TimeRange, now: datetime) -> str:
    """Return how a range is said within a sentence."""
    ahead = (wanted.day - now.date()).days
    weeks = _week(wanted.day) - _week(now.date())
    match wanted.kind:
        case Kind.NOW:
            return turn.say("when.now")
        case Kind.MOMENT:
            time, hour = spoken_clock(turn, wanted.start), wanted.start.hour
            if not ahead:
                return turn.say("when.at", time=time, count=hour)
            day = spoken_day(turn, wanted.day, now)
            return turn.say("when.day_at", day=day, time=time, count=hour)
        case Kind.HOURS:
            # Not their difference: within one time zone it leaves out the hour that is
            # skipped or repeated when the clocks change.
            seconds = wanted.end.timestamp() - wanted.start.timestamp()
            spoken = time_ahead(turn.language, seconds)
            return turn.say("when.hours", duration=spoken)
        case Kind.PART:
            return _spoken_part(turn, wanted, now)
        case Kind.DAYS:
            return turn.say("when.days")
        case Kind.WEEKEND:
            return turn.say("when.next_weekend" if weeks else "when.weekend")
        case Kind.WEEK:
            return turn.say("when.next_week" if weeks else "when.week")
        case Kind.MONTH:
            return turn.say("when.month", month=spoken_month(turn, wanted.day))
    return spoken_day(turn, wanted.day, now)


def spoken_day(turn: Turn, day: date, now: datetime) -> str:
    """Return how a day is said, by its name where it is near."""
    ahead = (day - now.date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow", 2: "after_tomorrow"}
    if ahead in near:
        return turn.say(f"when.{near[ahead]}")
    weekday = words(turn.language, "time.weekdays")[day.weekday()]
    if 0 < ahead < 7:
        return turn.say("when.weekday", weekday=weekday)
    month = spoken_month(turn, day)
    return turn.say(
        "when.date", weekday=weekday, month=month, day=day.day, count=day.day
    )


def spoken_month(turn: Turn, day: date) -> str:
    """Return the name of a day's month, the first where there are several."""
    return words(turn.language, "time.months")[day.month - 1].split("/")[0]


def spoken_clock(turn: Turn, moment: datetime) -> str:
    """Return a time as it is said: twelve hours in English, else twenty-four."""
    if closest(turn.language) == "en":
        return f"{moment.hour % 12 or 12}:{moment:%M} {moment:%p}"
    return turn.say(
        "time.clock", hour=moment.hour, minute=f"{moment:%M}", count=moment.minute
    )


def _spoken_part(turn: Turn, wanted: TimeRange, now: datetime) -> str:
    # The rest of a night that began yesterday is tonight.
    ahead = (wanted.day - now.date()).days
    if ahead in (0, 1):
        return turn.say(f"when.{('today', 'tomorrow')[ahead]}_{wanted.part}")
    if wanted.part and not -1 <= ahead < 7:
        # Of a date there is no "December 1 morning".
        part = words(turn.language, "time.parts")[list(Part).index(wanted.part)]
        day = spoken_day(turn, wanted.day, now)
        return turn.say("when.date_part", day=day, part=part)
    return turn.say(f"when.day_{wanted.part}", day=spoken_day(turn, wanted.day, now))


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())
