"""Counts: per origin, bounded, rated, forgotten, merged, and as JSON."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from custom_components.local_llm_voice.plays.as_data import history_as_dict, records_from_dict
from custom_components.local_llm_voice.plays.history import (
    HOUSE,
    MAX_BUCKETS,
    MAX_DAYS,
    Bucket,
    History,
    Origin,
    Scope,
)
from custom_components.local_llm_voice.plays.track import Track

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()
SONG = Track("Baby Shark", "Pinkfong", "Best of", "shark.mp3", 96.0)
KITCHEN = Origin(("kitchen",))
BEDROOM = Origin(("bedroom",), "user:mum")


def test_plays_are_kept_by_origin() -> None:
    history = History()
    for origin in (KITCHEN, KITCHEN, BEDROOM):
        history.count(SONG, origin, NOW, TODAY)
    record = history.find(SONG)
    assert record
    assert record.plays() == 3
    assert record.plays(Scope(areas=frozenset({"kitchen"}))) == 2
    assert record.plays(Scope(by=frozenset({"user:mum"}))) == 1
    assert record.plays(Scope(frozenset({"bedroom"}), frozenset({"user:mum"}))) == 1


def test_a_group_of_rooms_counts_once_for_the_house_and_for_each_room() -> None:
    history = History()
    history.count(SONG, Origin(("bedroom", "kitchen")), NOW, TODAY)
    record = history.find(SONG)
    assert record
    assert record.plays() == 1
    assert record.plays(Scope(areas=frozenset({"bedroom"}))) == 1
    assert record.plays(Scope(areas=frozenset({"kitchen", "bedroom"}))) == 1


def test_a_play_is_worth_half_after_a_month() -> None:
    history = History()
    record = history.count(SONG, KITCHEN, NOW, TODAY)
    assert record.value(HOUSE, NOW) == pytest.approx(1)
    assert record.value(HOUSE, NOW + timedelta(days=30)) == pytest.approx(0.5)
    history.count(SONG, KITCHEN, NOW + timedelta(days=30), TODAY)
    assert record.value(HOUSE, NOW + timedelta(days=30)) == pytest.approx(1.5)


def test_a_play_reported_late_weighs_what_it_would_have_weighed() -> None:
    early, late = NOW - timedelta(days=70), NOW
    one, other = History(), History()
    for history, order in ((one, (early, late)), (other, (late, early))):
        for when in order:
            history.count(SONG, KITCHEN, when, when.date())
    assert history_as_dict(one)[0]["counts"][0]["weight"] == pytest.approx(
        history_as_dict(other)[0]["counts"][0]["weight"]
    )


def test_a_board_that_wakes_in_1970_counts_as_of_the_last_time_seen() -> None:
    history = History()
    history.count(SONG, KITCHEN, NOW, TODAY)
    record = history.count(SONG, KITCHEN, datetime(1970, 1, 1, tzinfo=UTC), date(1970, 1, 1))
    assert record.value(HOUSE, NOW) == pytest.approx(2)
    assert record.last == NOW


def test_plays_of_a_clock_that_was_ahead_are_worth_what_they_are() -> None:
    history = History()
    history.count(Track("Once", "X"), KITCHEN, NOW + timedelta(days=20_000), TODAY)
    for _ in range(3):
        history.count(SONG, KITCHEN, NOW, TODAY)
    assert [round(record.value(HOUSE, NOW), 2) for record in history] == [1, 3]


def test_a_nameless_piece_costs_no_history() -> None:
    history = History()
    history.count(SONG, KITCHEN, NOW, TODAY)
    data = history_as_dict(history)
    nameless = {**data[0], "title": ""}
    assert [record.track for record in records_from_dict([nameless, *data])] == [SONG]


def test_a_thousand_years_are_no_overflow() -> None:
    history = History()
    far = NOW + timedelta(days=365_000)
    record = history.count(SONG, KITCHEN, NOW, TODAY)
    assert record.value(HOUSE, far) == 0
    history.count(SONG, KITCHEN, far, far.date())
    assert record.value(HOUSE, far) == pytest.approx(1)
    assert record.value(HOUSE, NOW) > 0


def test_liking_twice_is_liking_once() -> None:
    history = History()
    for _ in range(2):
        record = history.rate(SONG, KITCHEN, True, NOW)
    assert record.value(HOUSE, NOW) == 5
    history.rate(SONG, KITCHEN, False, NOW)
    assert record.value(HOUSE, NOW) == -5
    history.rate(SONG, KITCHEN, None, NOW)
    assert record.value(HOUSE, NOW) == 0


def test_the_least_valuable_are_forgotten_first() -> None:
    history = History(limit=20)
    for n in range(20):
        for _ in range(n + 1):
            history.count(Track(f"Song {n}", "X"), KITCHEN, NOW, TODAY)
    history.rate(Track("Song 0", "X"), KITCHEN, True, NOW)
    history.count(Track("New", "X"), KITCHEN, NOW, TODAY)
    assert len(history) == 19
    assert history.find(Track("Song 0", "X"))  # liked
    assert history.find(Track("New", "X"))
    assert not history.find(Track("Song 1", "X"))
    assert not history.find(Track("Song 2", "X"))


def test_a_guest_with_a_hundred_rooms_stays_bounded_and_loses_no_play() -> None:
    history = History()
    for n in range(100):
        record = history.count(SONG, Origin((f"room {n}",)), NOW, TODAY)
    assert len(record.buckets) <= MAX_BUCKETS + 1
    assert record.plays() == 100


def test_days_stay_bounded() -> None:
    bucket = Bucket()
    for n in range(MAX_DAYS + 50):
        when = NOW + timedelta(days=n)
        bucket.add_play(when, when.date())
    assert len(bucket.days) == MAX_DAYS
    assert bucket.plays == MAX_DAYS + 50
    assert min(bucket.days) == (TODAY + timedelta(days=50)).isoformat()


def test_the_newest_address_and_nothing_forgotten() -> None:
    history = History()
    history.count(SONG, KITCHEN, NOW, TODAY)
    record = history.count(Track("BABY SHARK", "Pinkfong", media_id="new.mp3"), KITCHEN, NOW, TODAY)
    assert record.track == Track("BABY SHARK", "Pinkfong", "Best of", "new.mp3", 96.0)


def test_forgetting_a_room() -> None:
    history = History()
    history.count(SONG, KITCHEN, NOW, TODAY)
    history.count(SONG, BEDROOM, NOW, TODAY)
    history.count(Track("Other", "X"), BEDROOM, NOW, TODAY)
    assert history.forget(lambda _, origin: "bedroom" in origin.areas) == 2
    assert [record.plays() for record in history] == [1]


def test_there_and_back_through_json() -> None:
    history = History()
    history.count(SONG, KITCHEN, NOW, TODAY)
    history.count(Track("さくら"), BEDROOM, NOW, TODAY)
    history.rate(SONG, BEDROOM, True, NOW)
    history.skip(SONG, KITCHEN, NOW)
    data = json.loads(json.dumps(history_as_dict(history)))
    assert history_as_dict(History(records_from_dict(data))) == data


@pytest.mark.parametrize(
    "damage",
    [
        lambda item: item.pop("title"),
        lambda item: item.update(title=5),
        lambda item: item.update(first="yesterday"),
        lambda item: item.update(counts=[{}]),
        lambda item: item.update(counts=None),
        lambda item: item["counts"][0].update(days={"x": 1}),
        lambda item: item["counts"][0].update(plays="many"),
        lambda item: item.update(kind="film"),
        lambda item: item.update(artist=5),
        lambda item: item.update(duration="NaN"),
        lambda item: item["counts"][0].update(plays=-5),
        lambda item: item["counts"][0].update(plays=1e300),
        lambda item: item["counts"][0].update(weight=float("nan")),
        lambda item: item["counts"][0].update(weight=float("inf")),
        lambda item: item["counts"][0].update(rating=50),
        lambda item: item["counts"][0].update(areas=[["kitchen"]]),
        lambda item: item["counts"][0].update(by={}),
        lambda item: item["counts"][0].update(days={"2026-01-01": -1}),
    ],
)
def test_data_of_another_shape_is_refused(damage: Callable[[dict[str, Any]], None]) -> None:
    history = History()
    history.count(SONG, KITCHEN, NOW, TODAY)
    data = history_as_dict(history)
    damage(data[0])
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        records_from_dict(data)


def test_merging_an_export_adds_up() -> None:
    one, other = History(), History()
    for history in (one, other):
        history.count(SONG, KITCHEN, NOW, TODAY)
    one.merge(other)
    record = one.find(SONG)
    assert record
    assert record.plays() == 2
    assert record.value(HOUSE, NOW) == pytest.approx(2)
