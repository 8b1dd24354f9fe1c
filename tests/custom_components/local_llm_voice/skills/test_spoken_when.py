"""Ranges of time as they are said back."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from custom_components.local_llm_voice.skills.spoken_when import spoken_range
from custom_components.local_llm_voice.spoken_time import parse
from custom_components.local_llm_voice.turn import Turn
from tests.custom_components.local_llm_voice.household import Household

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 11, 24, 15, tzinfo=BERLIN)


def said(household: Household, language: str, when: str, now: datetime = TUESDAY) -> str:
    """How words for a time are said back."""
    context = household.llm_context()
    context.language = language
    return spoken_range(Turn.from_context(household.hass, context), parse(when, language, now), now)


@pytest.mark.parametrize(
    ("language", "when", "spoken"),
    [
        ("en", "next hour", "in the next hour"),
        ("de", "in der nächsten Stunde", "in der nächsten Stunde"),
        ("es", "próximos 30 minutos", "en los próximos 30 minutos"),
        ("it", "prossimi 30 minuti", "nei prossimi 30 minuti"),
        ("fr", "prochaines 30 minutes", "dans les 30 prochaines minutes"),
        ("de", "1. Dezember", "am Dienstag, dem 1. Dezember"),
        ("fr", "1 décembre", "le mardi 1er décembre"),
        ("it", "1 dicembre", "martedì 1º dicembre"),
        ("zh", "12月1日", "12月1日星期二"),
        ("zh", "十二月", "12月"),
        ("it", "aprile", "in aprile"),
        ("en", "Saturday morning", "on Saturday morning"),
        ("en", "December 3 in the morning", "on Thursday, December 3, in the morning"),
        ("nl", "3 december avond", "op donderdag 3 december 's avonds"),
        ("ja", "12月3日の朝", "12月3日、木曜日の朝"),
    ],
)
async def test_a_range_is_said_as_the_language_does(
    household: Household, language: str, when: str, spoken: str
) -> None:
    assert said(household, language, when) == spoken


async def test_the_next_hours_are_counted_across_a_change_of_the_clocks(household: Household) -> None:
    evening_before = datetime(2026, 10, 24, 20, tzinfo=BERLIN)
    assert said(household, "en", "next 24 hours", evening_before) == "in the next 24 hours"
