"""The function table: what it says, and that the page made from it is current."""

from pathlib import Path

import pytest

from wyoming_server.catalogue import Kind, catalogue
from wyoming_server.catalogue_page import markdown

REPOSITORY = Path(__file__).parents[2]


def test_every_function_says_what_it_is_for() -> None:
    functions = catalogue()
    assert len(functions) == 77
    for function in functions.values():
        assert function.purpose
        assert function.skill in {
            *("media", "weather", "math", "news", "time", "timers", "lists", "home", "chance", "talk"),
        }


def test_groups_are_expanded_in_place() -> None:
    start_timer = catalogue()["start_timer"]
    assert list(start_timer.parameters) == ["hours", "minutes", "seconds", "name"]
    assert start_timer.parameters["minutes"].kind is Kind.NUMBER


def test_stars_and_types() -> None:
    parameters = catalogue()["seek"].parameters
    assert parameters["seconds"].required
    assert parameters["seconds"].kind is Kind.INTEGER
    assert catalogue()["repeat"].parameters["mode"].choices == ("one", "all", "off")


@pytest.mark.parametrize("name", ["play_music", "play_favorite", "pause", "stop", "turn_off", "lock", "start_vacuum"])
def test_actions_can_be_delayed(name: str) -> None:
    assert {"in_hours", "in_minutes", "in_seconds"} <= set(catalogue()[name].parameters)


def test_signature_reads_as_python() -> None:
    assert catalogue()["rate_song"].signature == "rate_song(liked: bool)"


def test_page_is_current() -> None:
    page = REPOSITORY / "docs" / "catalogue.md"
    assert page.read_text(encoding="utf-8") == markdown(), "run: python -m wyoming_server.catalogue_page"
