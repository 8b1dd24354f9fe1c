"""What Home Assistant's graphs have to plot: a real recorder, and the hours that it adds up, over midnight."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from custom_components.local_llm_voice.plays.history import Origin
from custom_components.local_llm_voice.plays.track import Track
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder, get_instance, history
from homeassistant.components.recorder.statistics import list_statistic_ids, statistics_during_period
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.components.recorder.common import (  # type: ignore[import-untyped]
    async_wait_recording_done,
    do_adhoc_statistics,
)

TODAY = "sensor.local_llm_voice_plays_today"
SONG = "sensor.local_llm_voice_favorite_song"

PERIOD = timedelta(minutes=5)


@pytest.fixture
def mock_recorder_before_hass(async_test_recorder: Callable[..., Any]) -> None:
    """Open the database before Home Assistant starts."""


@pytest.fixture
def enable_statistics() -> bool:
    """Have statistics."""
    return True


@pytest.fixture
def evening() -> datetime:
    """Two hours before midnight, as the house has it."""
    return (dt_util.now() + timedelta(days=1)).replace(hour=22, minute=0, second=0, microsecond=0)


@pytest.fixture
def clock(hass: HomeAssistant, recorder_mock: Recorder, entry: MockConfigEntry) -> Iterator[FrozenDateTimeFactory]:
    """A clock that stands until it is moved."""
    with freeze_time(dt_util.utcnow()) as clock:
        assert isinstance(clock, FrozenDateTimeFactory)
        yield clock


def _play(entry: MockConfigEntry, titles: str) -> None:
    """Count songs that have one letter each."""
    for title in titles:
        entry.runtime_data.plays.history.count(Track(title), Origin(), dt_util.utcnow(), dt_util.now().date())
    if titles:
        entry.runtime_data.plays.async_changed()


async def test_every_hour_is_added_up(
    hass: HomeAssistant, clock: FrozenDateTimeFactory, entry: MockConfigEntry, evening: datetime
) -> None:
    played = {2: "AAB", 15: "BB", 38: "C"}
    for period in range(48):
        moment = evening + period * PERIOD
        clock.move_to(moment)
        async_fire_time_changed(hass, moment)
        await hass.async_block_till_done()
        clock.move_to(moment + PERIOD / 2)
        _play(entry, played.get(period, ""))
        if period == 20:
            entry.runtime_data.plays.history.forget(lambda record, origin: record.track.title == "A")
            entry.runtime_data.plays.async_changed()
        await async_wait_recording_done(hass)
        clock.move_to(moment + PERIOD)
        do_adhoc_statistics(hass, start=dt_util.as_utc(moment))
        await async_wait_recording_done(hass)

    (about,) = await get_instance(hass).async_add_executor_job(list_statistic_ids, hass, {TODAY})
    state = hass.states.get(TODAY)
    assert state is not None
    midnight = (evening + timedelta(hours=2)).isoformat()
    assert (state.attributes["state_class"], state.attributes["last_reset"]) == ("total", midnight)
    assert (about["has_sum"], about["statistics_unit_of_measurement"]) == (True, "plays")
    found = await get_instance(hass).async_add_executor_job(
        statistics_during_period,
        hass,
        dt_util.as_utc(evening),
        None,
        {TODAY},
        "hour",
        None,
        {"state", "sum", "change"},
    )
    rows = [(row["state"], row["sum"], row["change"]) for row in found[TODAY]]
    assert rows == [(3, 3, 3), (3, 3, 0), (0, 3, 0), (1, 4, 1)]


async def test_favorites_are_a_line_of_names(
    hass: HomeAssistant, clock: FrozenDateTimeFactory, entry: MockConfigEntry, evening: datetime
) -> None:
    for minutes, titles in ((1, "A"), (2, "BB"), (3, "B")):
        clock.move_to(evening + timedelta(minutes=minutes))
        _play(entry, titles)
        await async_wait_recording_done(hass)
    states = await get_instance(hass).async_add_executor_job(
        history.get_significant_states, hass, dt_util.as_utc(evening), None, [SONG]
    )
    named = [state.state for state in states[SONG] if not isinstance(state, dict)]
    assert named[-2:] == ["A", "B"]
    known = await get_instance(hass).async_add_executor_job(list_statistic_ids, hass, {SONG})
    assert known == []
