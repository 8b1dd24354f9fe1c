"""Time and dates."""

from typing import Any

import pytest
from tests.custom_components.local_llm_voice.household import Household, Show

NOW = "2026-11-24 15:05:00-08:00"
"""A Tuesday; the home of the tests is in Los Angeles time."""


@pytest.fixture(autouse=True)
def now(freezer: Any) -> None:
    """Stop the clock."""
    freezer.move_to(NOW)


@pytest.mark.parametrize(
    ("said", "function", "args", "speech"),
    [
        ("what time is it", "get_time", {}, "It is 3:05 PM."),
        ("what time is it in Tokyo", "get_time", {"location": "Tokyo"}, "In Tokyo it is 8:05 AM."),
        ("what time is it in Boston Massachusetts", "get_time", {"location": "Boston Massachusetts"},
         "In Boston Massachusetts it is 6:05 PM."),
        ("what time is it in New York City", "get_time", {"location": "New York City"},
         "In New York City it is 6:05 PM."),
        ("what time is it in Amsterdamm", "get_time", {"location": "Amsterdamm"}, "In Amsterdamm it is 12:05 AM."),
        ("what time is it in Gondolin", "get_time", {"location": "Gondolin"}, "I don't know the time in Gondolin."),
        ("what day is it", "get_date", {}, "Today is Tuesday, November 24, 2026."),
        ("what is the date tomorrow", "get_date", {"when": "tomorrow"}, "That is Wednesday, November 25, 2026."),
        ("what is the date on Friday", "get_date", {"when": "Friday"}, "That is Friday, November 27, 2026."),
        ("what is the date today", "get_date", {"when": "today"}, "That is Tuesday, November 24, 2026."),
        ("what was yesterday", "get_date", {"when": "yesterday"}, "That was Monday, November 23, 2026."),
        ("what day is it in three days", "get_date", {"when": "in three days"},
         "That is Friday, November 27, 2026."),
        ("what day was it three days ago", "get_date", {"when": "three days ago"},
         "That was Saturday, November 21, 2026."),
        ("what is the date at the ides of March", "get_date", {"when": "ides"}, "I don't know which time ides is."),
    ],
)  # fmt: skip
async def test_time_and_date(
    household: Household, show: Show, said: str, function: str, args: dict[str, Any], speech: str
) -> None:
    heard = await household.say(said, [(function, args)])
    assert heard.speech == speech
    show(heard, "said (the clock stands at Tuesday, November 24, 3:05 PM)")


async def test_in_other_languages(household: Household) -> None:
    heard = await household.say("q", [("get_time", {})], language="de")
    assert heard.speech == "Es ist 15:05 Uhr."
    heard = await household.say("q", [("get_date", {"when": "übermorgen"})], language="de")
    assert "Donnerstag" in heard.speech


@pytest.mark.parametrize(
    ("language", "yesterday", "speech"),
    [
        ("da", "i går", "Det var mandag den 23. november 2026."),
        ("de", "gestern", "Das war Montag, der 23. November 2026."),
        ("es", "ayer", "Fue lunes, 23 de noviembre de 2026."),
        ("fr", "hier", "C'était le lundi 23 novembre 2026."),
        ("it", "ieri", "Era lunedì 23 novembre 2026."),
        ("ja", "昨日", "2026年11月23日、月曜日でした。"),
        ("nl", "gisteren", "Dat was maandag 23 november 2026."),
        ("zh", "昨天", "那是2026年11月23日，星期一。"),
    ],
)
async def test_what_is_over_was(household: Household, language: str, yesterday: str, speech: str) -> None:
    heard = await household.say("?", [("get_date", {"when": yesterday})], language=language)
    assert heard.speech == speech


@pytest.mark.parametrize(
    ("language", "when", "speech"),
    [
        ("en", "December 1", "That is Tuesday, December 1, 2026."),
        ("fr", "1 décembre", "C'est le mardi 1er décembre 2026."),
        ("it", "1 dicembre", "È martedì 1º dicembre 2026."),
    ],
)
async def test_the_first_of_a_month(household: Household, language: str, when: str, speech: str) -> None:
    assert (await household.say("?", [("get_date", {"when": when})], language=language)).speech == speech


@pytest.mark.parametrize(
    ("language", "on_the_hour", "past_it"),
    [
        ("de", "Es ist 15:00 Uhr.", "Es ist 15:05 Uhr."),
        ("fr", "Il est 15 h.", "Il est 15 h 05."),
        ("ja", "15時です。", "15時5分です。"),
        ("zh", "现在是15点。", "现在是15点05分。"),
    ],
)
async def test_on_the_hour(household: Household, freezer: Any, language: str, on_the_hour: str, past_it: str) -> None:
    for minute, speech in ((0, on_the_hour), (5, past_it)):
        freezer.move_to(f"2026-11-24 15:0{minute}:00-08:00")
        assert (await household.say("?", [("get_time", {})], language=language)).speech == speech


@pytest.mark.parametrize("place", ["York", "", "!!", "new"])
async def test_a_part_of_a_name_is_not_the_place(household: Household, place: str) -> None:
    assert (await household.do("get_time", location=place)).failed


@pytest.mark.parametrize(
    ("language", "one", "three"),
    [
        ("es", "Es la 1:05.", "Son las 3:05."),
        ("it", "È l'1:05.", "Sono le 3:05."),
        ("en", "It is 1:05 AM.", "It is 3:05 AM."),
    ],
)
async def test_one_oclock_is_one(household: Household, freezer: Any, language: str, one: str, three: str) -> None:
    for hour, speech in ((1, one), (3, three)):
        freezer.move_to(f"2026-11-24 0{hour}:05:00-08:00")
        assert (await household.say("?", [("get_time", {})], language=language)).speech == speech
