"""What the house likes: favorite song, favorite artist, plays of today."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, override

from homeassistant.components.sensor import (
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_track_time_change
from homeassistant.util import dt as dt_util

from .entity import PlaysEntity
from .models import LocalLlmVoiceConfigEntry
from .plays.history import HOUSE
from .plays.ranking import Favorite, Ranked, ranking
from .plays.track import Kind

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: LocalLlmVoiceConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors of the play history."""
    async_add_entities(
        [
            FavoriteSensor(entry, Favorite.SONG),
            FavoriteSensor(entry, Favorite.ARTIST),
            PlaysTodaySensor(entry),
        ]
    )


class FavoriteSensor(PlaysEntity, SensorEntity):
    """What the house plays most; the song's name, or the artist's."""

    def __init__(self, entry: LocalLlmVoiceConfigEntry, favorite: Favorite) -> None:
        """Rank songs or artists."""
        super().__init__(entry, f"favorite_{favorite}")
        self._favorite = favorite
        self._best: Ranked | None = None

    @property
    @override
    def native_value(self) -> str | None:
        """Return the name, cut to what a state can hold."""
        return self._best.name[:255] if self._best else None

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """Return how often it was played, and for a song by whom it is."""
        if self._best is None:
            return None
        attributes: dict[str, Any] = {"plays": self._best.plays}
        if self._favorite is Favorite.SONG:
            attributes["artist"] = self._best.artist
        return attributes

    @override
    def _read(self) -> None:
        best = ranking(self._plays.history, self._favorite, dt_util.utcnow())
        self._best = best[0] if best else None


class PlaysTodaySensor(PlaysEntity, SensorEntity):
    """Tracks counted since midnight, kept in Home Assistant's statistics.

    They may become fewer in the course of a day: counts can be reset.
    """

    entity_description = SensorEntityDescription(
        key="plays_today", state_class=SensorStateClass.TOTAL
    )

    def __init__(self, entry: LocalLlmVoiceConfigEntry) -> None:
        """Count what is played today."""
        super().__init__(entry, "plays_today")

    @override
    async def async_added_to_hass(self) -> None:
        """Begin anew at midnight as well."""
        await super().async_added_to_hass()

        @callback
        def midnight(_: datetime) -> None:
            self._changed()

        self.async_on_remove(
            async_track_time_change(self.hass, midnight, hour=0, minute=0, second=0)
        )

    @override
    def _read(self) -> None:
        self._attr_last_reset = dt_util.start_of_local_day()
        today = self._attr_last_reset.date()
        self._attr_native_value = sum(
            bucket.plays_between(today, today)
            for record in self._plays.history
            if record.track.kind is Kind.SONG
            for bucket in record.within(HOUSE)
        )
