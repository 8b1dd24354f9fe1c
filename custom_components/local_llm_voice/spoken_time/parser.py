"""From words for a time to a range of time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from dateutil.easter import easter  # type: ignore[import-untyped]

from .time_range import (
    Kind,
    Part,
    TimeRange,
    midnight,
    of_day,
    of_days,
    of_hour,
    of_part,
)
from .words import Word, Words, words_of

_OFFSETS: Final[Mapping[str, int]] = {
    "before_yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "after_tomorrow": 2,
}

FEW: Final = 3
"""Of "the next few days"."""

MOST_DAYS: Final = 36525

_WEEK: Final = timedelta(days=7)


class NotUnderstood(ValueError):
    """Some of the words are not known as a time; `part` holds them."""

    def __init__(self, part: str) -> None:
        """Remember the words that were not understood."""
        super().__init__(part)
        self.part = part


def parse(text: str, language: str | None, now: datetime) -> TimeRange:
    """Return the range of time that words mean.

    `now` is the present in the time zone of the place that is asked about. What lies
    ahead is preferred, but "yesterday" and "this morning" may well be over. Raises
    NotUnderstood with the words that were not understood.
    """
    words = words_of(language)
    said = list(words.cut(text))
    if unknown := [word.text for word in said if word.kind == "unknown"]:
        raise NotUnderstood(" ".join(unknown))
    sense = _Sense(words=words, now=now)
    try:
        for index, word in enumerate(said):
            sense.take(word, said[index + 1 :])
        found = sense.resolve()
    except (OverflowError, ValueError) as err:
        part = err.part if isinstance(err, NotUnderstood) else text
        raise NotUnderstood(part) from err
    if found is None:
        raise NotUnderstood(text)
    return found


@dataclass
class _Sense:
    """What the words have said so far."""

    words: Words
    now: datetime
    marks: set[str] = field(default_factory=set)
    """Kinds of words that were said: next, this, last, delta, weekend, pm..."""

    said: dict[str, Any] = field(default_factory=dict)
    """What is named once: days, weekdays, parts, months, holidays, units."""

    numbers: list[int] = field(default_factory=list)
    clock: tuple[int, int] | None = None

    def take(self, word: Word, rest: list[Word]) -> None:
        """Add one word, knowing those that follow."""
        match word.kind:
            case "ignored":
                pass
            case "number":
                self.numbers.append(word.value)
            case "few":
                self.numbers.append(FEW)
            case "clock":
                self.clock = word.value
            case "both":
                day, part = word.value
                self._name("days", day, word)
                self._name("parts", part, word)
            case "units" if word.text in self.words.hours and not self._is_duration(
                rest
            ):
                self.marks.add("oclock")
            case "days" | "weekdays" | "parts" | "months" | "holidays" | "units":
                self._name(word.kind, word.value, word)
            case _:
                self.marks.add(word.kind)

    def _name(self, kind: str, value: Any, word: Word) -> None:
        """Name a day, a part...; a second one of a kind is more than one range."""
        if self.said.get(kind, value) != value:
            raise NotUnderstood(word.text)
        self.said[kind] = value

    def _is_duration(self, rest: list[Word]) -> bool:
        """Whether "5 heures" is how long, not when."""
        signs = {"delta", "next", "last", "before", "after"}
        return bool(signs & (self.marks | {word.kind for word in rest}))

    def resolve(self) -> TimeRange | None:
        """Return what the words mean together; None where they mean nothing."""
        if "weekdays" in self.said and self.said.get("days") == "tomorrow":
            # "samstag morgen", "jueves mañana": the word for tomorrow also is the morning's.
            del self.said["days"]
            self.said.setdefault("parts", Part.MORNING)
        if (number := self._duration()) is not None:
            return number
        day = self._day()
        if (hour := self._hour()) is not None:
            return self._at_hour(day, *hour)
        if (part := self._part()) is not None:
            return self._in_part(day, part)
        if day is not None:
            return of_day(day, self.now)
        return self._span()

    def _duration(self) -> TimeRange | None:
        """The range of "in three hours", "the next two days", "five days ago"."""
        unit = self.said.get("units")
        forward = "next" in self.marks
        if unit is None or "months" in self.said:
            # In "12月24日" the last word is that of a day.
            return None
        if not self.numbers and (
            unit == "week" or not (forward or "last" in self.marks)
        ):
            return None
        count = self.numbers[0] if self.numbers else FEW if unit == "day" else 1
        now = self.now
        if unit in ("hour", "minute"):
            span = timedelta(**{f"{unit}s": count})
            if "half" in self.marks:
                span += timedelta(minutes=30)
            if "before" in self.marks:
                span = -span
            moment = (now.astimezone(UTC) + span).astimezone(now.tzinfo)
            if forward:
                return TimeRange(start=now, end=moment, kind=Kind.HOURS)
            return of_hour(moment)
        days = count * (7 if unit == "week" else 1)
        if days > MOST_DAYS:
            raise NotUnderstood(str(count))
        today = now.date()
        if "last" in self.marks:
            first = today - timedelta(days=days)
            return TimeRange(start=midnight(first, now), end=now, kind=Kind.DAYS)
        if {"delta", "after"} & self.marks and not forward:
            day = today + timedelta(days=days)
            part = self._part()
            return of_part(day, part, now) if part else of_day(day, now)
        if "before" in self.marks:
            return of_day(today - timedelta(days=days), now)
        return of_days(today, today + timedelta(days=days), now, Kind.DAYS)

    def _day(self) -> date | None:
        today = self.now.date()
        if "holidays" in self.said:
            return _holiday(self.said["holidays"], today)
        if "months" in self.said and self.numbers:
            day = date(today.year, self.said["months"] + 1, self.numbers.pop(0))
            return day if day >= today else day.replace(year=today.year + 1)
        if "weekdays" in self.said:
            return self._weekday(self.said["weekdays"], today)
        if "days" in self.said:
            return today + timedelta(days=_OFFSETS[self.said["days"]])
        return None

    def _weekday(self, weekday: int, today: date) -> date:
        ahead = (weekday - today.weekday()) % 7
        monday = today - timedelta(days=today.weekday())
        next_week = "next" in self.marks and (
            self.said.get("units") == "week" or self.words.next_is_next_week
        )
        if next_week:
            return monday + _WEEK + timedelta(days=weekday)
        if "last" in self.marks:
            return today - timedelta(days=(-ahead) % 7 or 7)
        if ahead or "this" in self.marks:
            return today + timedelta(days=ahead)
        return today + _WEEK

    def _hour(self) -> tuple[int, int] | None:
        """Hour and minute of the day that were said."""
        if self.clock is not None:
            hour, minute = self.clock
        elif self.numbers:
            hour, *rest = self.numbers
            minute = rest[0] if rest else 0
        else:
            return None
        if "half" in self.marks and not minute:
            # "halb acht" is half past seven.
            hour, minute = (hour - 1) % 24, 30
        if hour > 24 or minute > 59:
            raise NotUnderstood(f"{hour}:{minute:02}" if minute else str(hour))
        if "pm" in self.marks and hour < 12:
            hour += 12
        elif "am" in self.marks and hour == 12:
            hour = 0
        elif hour < 12 and self.said.get("parts") in ("afternoon", "evening", "night"):
            hour += 12
        return hour % 24, minute

    def _at_hour(self, day: date | None, hour: int, minute: int) -> TimeRange:
        moment = midnight(day or self.now.date(), self.now) + timedelta(
            hours=hour, minutes=minute
        )
        if day is not None and day != self.now.date():
            return of_hour(moment)
        settled = {"am", "pm"} & self.marks or "parts" in self.said or hour > 12
        while moment <= self.now - timedelta(minutes=30):
            moment += timedelta(hours=24 if settled else 12)
        return of_hour(moment)

    def _part(self) -> Part | None:
        if "parts" in self.said:
            return Part(self.said["parts"])
        if self.marks & {"am", "pm"}:
            return Part.AFTERNOON if "pm" in self.marks else Part.MORNING
        return None

    def _in_part(self, day: date | None, part: Part) -> TimeRange:
        now = self.now
        today = now.date()
        if part is Part.NIGHT and now.hour < 6 and day in (None, today):
            # Still the night that began yesterday.
            return of_part(today - timedelta(days=1), part, now)
        if "last" in self.marks and day is None:
            return of_part(today - timedelta(days=1), part, now)
        found = of_part(day or today, part, now)
        if day is None and found.end <= now and "this" not in self.marks:
            return of_part(today + timedelta(days=1), part, now)
        return found

    def _span(self) -> TimeRange | None:
        """The range of "this weekend", "next week", "now"."""
        now, marks = self.now, self.marks
        today = now.date()
        monday = today - timedelta(days=today.weekday())
        step = _WEEK * (("next" in marks) - ("last" in marks))
        if "weekend" in marks:
            saturday = monday + timedelta(days=5) + step
            return of_days(saturday, saturday + timedelta(days=1), now, Kind.WEEKEND)
        if self.said.get("units") == "week":
            first = monday + step
            return of_days(first, first + timedelta(days=6), now, Kind.WEEK)
        if "month" in marks or "months" in self.said:
            return self._month(today)
        if "now" in marks:
            return TimeRange(start=now, end=now + timedelta(hours=1), kind=Kind.NOW)
        if "later" in marks:
            return of_day(today, now)
        return None

    def _month(self, today: date) -> TimeRange:
        index = today.year * 12 + today.month - 1
        if "months" in self.said:
            index += (self.said["months"] - today.month + 1) % 12
        else:
            index += ("next" in self.marks) - ("last" in self.marks)
        first = date(index // 12, index % 12 + 1, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return of_days(first, last, self.now, Kind.MONTH)


def _holiday(name: str, today: date) -> date:
    """The next day of a holiday: "12-25", or "easter+49", so many days after Easter."""
    feast, _, days = name.partition("+")
    for year in (today.year, today.year + 1):
        if feast == "easter":
            day: date = easter(year) + timedelta(days=int(days or 0))
        else:
            day = date.fromisoformat(f"{year}-{feast}")
        if day >= today:
            break
    return day
