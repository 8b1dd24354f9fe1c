"""What the favorite is: rankings, ties, periods, and a year in a family."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from custom_components.local_llm_voice.plays.history import History, Origin, Scope
from custom_components.local_llm_voice.plays.ranking import Favorite, Period, ranking
from custom_components.local_llm_voice.plays.track import Kind, Track

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
KITCHEN = Origin(("kitchen",))
BEDROOM = Origin(("bedroom",))
IN_BEDROOM = Scope(areas=frozenset({"bedroom"}))
SHARK = Track("Baby Shark", "Pinkfong", "Best of")
LET_IT_GO = Track("Let It Go", "Idina Menzel", "Frozen")
INTO = Track("Into the Unknown", "Idina Menzel", "Frozen")


def played(history: History, track: Track, times: int, origin: Origin = KITCHEN, days_ago: float = 0) -> None:
    when = NOW - timedelta(days=days_ago)
    for _ in range(times):
        history.count(track, origin, when, when.date())


def names(history: History, favorite: Favorite = Favorite.SONG, scope: Scope | None = None, **rest: Any) -> list[str]:
    return [entry.name for entry in ranking(history, favorite, NOW, scope or Scope(), **rest)]


def test_nothing_played_is_no_favorite() -> None:
    assert names(History()) == []


def test_house_and_room_differ() -> None:
    history = History()
    played(history, LET_IT_GO, 5)
    played(history, SHARK, 3, BEDROOM)
    assert names(history) == ["Let It Go", "Baby Shark"]
    assert names(history, scope=IN_BEDROOM) == ["Baby Shark"]


def test_likes_and_dislikes_weigh() -> None:
    history = History()
    played(history, LET_IT_GO, 6)
    played(history, SHARK, 3)
    history.rate(SHARK, KITCHEN, True, NOW)
    assert names(history)[0] == "Baby Shark"
    history.rate(SHARK, KITCHEN, False, NOW)
    assert names(history) == ["Let It Go"]


def test_a_like_alone_makes_a_favorite() -> None:
    history = History()
    history.rate(SHARK, KITCHEN, True, NOW)
    assert names(history) == ["Baby Shark"]


def test_a_tie_goes_to_the_one_with_more_plays_then_to_the_one_heard_last() -> None:
    history = History()
    played(history, SHARK, 1, days_ago=1)
    played(history, LET_IT_GO, 1, days_ago=1)
    played(history, SHARK, 1, days_ago=1)
    played(history, LET_IT_GO, 1, days_ago=1)
    record = history.find(SHARK)
    assert record
    record.last = NOW
    assert names(history) == ["Baby Shark", "Let It Go"]


def test_artist_and_album_add_up() -> None:
    history = History()
    played(history, SHARK, 5)
    played(history, LET_IT_GO, 3)
    played(history, INTO, 3)
    assert names(history)[0] == "Baby Shark"
    best = ranking(history, Favorite.ARTIST, NOW)[0]
    assert (best.name, best.plays) == ("Idina Menzel", 6)
    best = ranking(history, Favorite.ALBUM, NOW)[0]
    assert (best.name, best.artist, best.plays) == ("Frozen", "Idina Menzel", 6)


def test_playlists_are_counted_apart() -> None:
    history = History()
    played(history, SHARK, 1)
    played(history, Track("Party", media_id="pl:1", kind=Kind.PLAYLIST), 4)
    assert names(history) == ["Baby Shark"]
    assert names(history, Favorite.PLAYLIST) == ["Party"]


def test_in_a_period_only_its_plays_count() -> None:
    history = History()
    played(history, SHARK, 30, days_ago=20)
    played(history, LET_IT_GO, 2, days_ago=1)
    week = Period(NOW.date() - timedelta(days=6), NOW.date())
    best = ranking(history, Favorite.SONG, NOW, period=week)
    assert [(entry.name, entry.plays) for entry in best] == [("Let It Go", 2)]
    assert names(history) == ["Baby Shark", "Let It Go"]


def test_only_what_is_wanted() -> None:
    history = History()
    played(history, SHARK, 5)
    played(history, INTO, 1)
    assert names(history, wanted=lambda track: track.artist == "Idina Menzel") == ["Into the Unknown"]


@pytest.mark.parametrize("seed", range(2))
def test_a_year_in_a_family(seed: int) -> None:
    """Two parents, one child; her song changes in August, and hers is found within weeks."""
    random = Random(seed)
    history = History(limit=500)
    shelf = [Track(f"Song {n}", f"Band {n % 80}") for n in range(900)]
    hits = [random.paretovariate(1.2) for _ in shelf]
    needed = None
    start = NOW - timedelta(days=365)
    for day in range(365):
        noon = start + timedelta(days=day)
        for track in random.choices(shelf, hits, k=30):
            history.count(track, KITCHEN, noon, noon.date())
        child = SHARK if day < 250 else LET_IT_GO
        for _ in range(random.choice((2, 3, 5, 7))):
            history.count(child, BEDROOM, noon, noon.date())
            for track in random.sample(shelf, 2):
                history.count(track, BEDROOM, noon, noon.date())
        if day < 249 or needed:
            continue
        top = ranking(history, Favorite.SONG, noon, IN_BEDROOM)[0].track
        if day == 249:
            assert top == SHARK
        elif top == LET_IT_GO:
            needed = day - 250 + 1
    first, second, *_ = ranking(history, Favorite.SONG, NOW, IN_BEDROOM)
    assert first.track == LET_IT_GO
    assert second.track == SHARK
    assert needed is not None
    assert 15 <= needed <= 45  # days until a new daily song overtakes one of eight months
    assert len(history) <= 500


def test_two_plays_suffice_in_a_new_house() -> None:
    history = History()
    for n in range(20):
        played(history, Track(f"Song {n}", "X"), 1, days_ago=n / 10)
    played(history, SHARK, 2, days_ago=1)
    assert names(history)[0] == "Baby Shark"
