"""The sensors of the play history, over midnight."""

from datetime import timedelta

from custom_components.local_llm_voice.plays.history import Origin
from custom_components.local_llm_voice.plays.track import Track
from freezegun import freeze_time
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)

TODAY = "sensor.local_llm_voice_plays_today"


async def test_a_new_day_begins_at_nought(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    plays, now = entry.runtime_data.plays, dt_util.now()
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    for title in ("A", "A", "B"):
        plays.history.count(Track(title), Origin(), dt_util.utcnow(), now.date())
    plays.async_changed()
    state = hass.states.get(TODAY)
    assert state is not None
    assert state.state == "3"
    with freeze_time(midnight + timedelta(seconds=1)):
        async_fire_time_changed(hass, midnight + timedelta(seconds=1))
        await hass.async_block_till_done()
    state = hass.states.get(TODAY)
    assert state is not None
    assert state.state == "0"


async def test_before_the_first_play(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    for entity_id in ("sensor.local_llm_voice_favorite_song", "sensor.local_llm_voice_favorite_artist"):
        state = hass.states.get(entity_id)
        assert state is not None
        assert (state.state, "plays" in state.attributes) == ("unknown", False)
