"""Ranges of time as they are said: "tomorrow morning", "on Saturday", "at 5:00 PM"."""

from datetime import date, datetime, timedelta

from ..speech import closest, duration, words
from ..spoken_time import Kind, NotUnderstood, TimeRange, parse
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
            seconds = (wanted.end - wanted.start).total_seconds()
            spoken = duration(turn.language, seconds, after_in=True)
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
            months = words(turn.language, "time.months")
            return turn.say("when.month", month=months[wanted.day.month - 1])
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
    month = words(turn.language, "time.months")[day.month - 1]
    return turn.say("when.date", weekday=weekday, month=month, day=day.day)


def spoken_clock(turn: Turn, moment: datetime) -> str:
    """Return a time as it is said: twelve hours in English, else twenty-four."""
    if closest(turn.language) == "en":
        return f"{moment.hour % 12 or 12}:{moment:%M} {moment:%p}"
    return turn.say("time.clock", hour=moment.hour, minute=f"{moment:%M}")


def _spoken_part(turn: Turn, wanted: TimeRange, now: datetime) -> str:
    # The rest of a night that began yesterday is tonight.
    ahead = (wanted.day - now.date()).days
    if ahead in (0, 1):
        return turn.say(f"when.{('today', 'tomorrow')[ahead]}_{wanted.part}")
    return turn.say(f"when.day_{wanted.part}", day=spoken_day(turn, wanted.day, now))


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())
