"""Spoken periods of the past: "this week", "last month", "2025", "in December"."""

from calendar import monthrange
from datetime import date, timedelta
import re
from typing import Final

from ..plays.ranking import Period
from ..speech import words

LATELY: Final = 30
"""Days that "lately" means."""

_UNITS: Final = ("day", "week", "month", "year")


def period_of(spoken: str, today: date, language: str) -> Period | None:
    """Return the days that a spoken period means; None where it is not understood."""
    spoken = spoken.casefold()
    if _says(spoken, language, "media.words_lately"):
        return Period(today - timedelta(days=LATELY - 1), today)
    if _says(spoken, language, "time.words_yesterday"):
        yesterday = today - timedelta(days=1)
        return Period(yesterday, yesterday)
    if _says(spoken, language, "time.words_today"):
        return Period(today, today)
    for weekday, name in enumerate(words(language, "time.weekdays")):
        if name.casefold() in spoken:
            day = today - timedelta(days=(today.weekday() - weekday) % 7)
            return Period(day, day)
    for unit in _UNITS:
        if not _says(spoken, language, f"media.words_{unit}"):
            continue
        if number := re.search(r"\d+", spoken):
            days = {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
            back = min(int(number.group()), 100) * days
            return Period(today - timedelta(days=back - 1), today)
        last = _says(spoken, language, "media.words_last")
        return _calendar(unit, today, before=last)
    if year := re.search(r"20\d\d", spoken):
        number_of_year = int(year.group())
        return Period(date(number_of_year, 1, 1), date(number_of_year, 12, 31))
    for number_of_month, names in enumerate(words(language, "time.months"), 1):
        if any(
            re.search(rf"(?<!\w){re.escape(name.casefold())}", spoken)
            for name in names.split("/")
        ):
            past = number_of_month > today.month
            return _month(today.year - past, number_of_month)
    return None


def is_ever(spoken: str, language: str) -> bool:
    """Return whether a spoken period is all the time there was."""
    return _says(spoken.casefold(), language, "media.words_ever")


def _calendar(unit: str, today: date, *, before: bool) -> Period:
    """The present or the last day, week (from Monday), month or year of the calendar."""
    match unit:
        case "day":
            day = today - timedelta(days=before)
            return Period(day, day)
        case "week":
            monday = today - timedelta(days=today.weekday() + 7 * before)
            return Period(monday, monday + timedelta(days=6))
        case "month":
            first = today.replace(day=1)
            if before:
                first = (first - timedelta(days=1)).replace(day=1)
            return _month(first.year, first.month)
        case _:
            return Period(
                date(today.year - before, 1, 1), date(today.year - before, 12, 31)
            )


def _month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _says(spoken: str, language: str, key: str) -> bool:
    return any(word and word.casefold() in spoken for word in words(language, key))
