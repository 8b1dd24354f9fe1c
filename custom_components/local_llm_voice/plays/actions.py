"""Actions on the play history: list, export, import and reset it, for administrators."""

from typing import Any, Final

import probatio

from homeassistant.const import ATTR_AREA_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_register_admin_service
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..models import LocalLlmVoiceConfigEntry
from ..people import person_named
from .as_data import history_as_dict, records_from_dict
from .history import HOUSE, Origin, Record, Scope
from .ranking import Favorite, ranking
from .store import STORAGE_VERSION
from .track import Track, normalized
from .tracker import PlayTracker

ATTR_ALBUM: Final = "album"
ATTR_ARTIST: Final = "artist"
ATTR_CONFIRM: Final = "confirm"
ATTR_HISTORY: Final = "history"
ATTR_KIND: Final = "kind"
ATTR_LIMIT: Final = "limit"
ATTR_MEDIA_ID: Final = "media_id"
ATTR_PERSON: Final = "person"
ATTR_PLAYS: Final = "plays"
ATTR_REPLACE: Final = "replace"
ATTR_SONG: Final = "song"
ATTR_TITLE: Final = "title"
ATTR_TRACKS: Final = "tracks"
ATTR_VERSION: Final = "version"

MAX_PLAYS: Final = 100_000
"""Of one track that is imported; nobody hears a song more often."""

_SCOPE: Final = {
    probatio.Optional(ATTR_AREA_ID): cv.string,
    probatio.Optional(ATTR_PERSON): cv.string,
}
_LIST: Final = probatio.Schema(
    {
        **_SCOPE,
        probatio.Optional(ATTR_KIND, default=Favorite.SONG.value): probatio.Coerce(
            Favorite
        ),
        probatio.Optional(ATTR_LIMIT, default=50): cv.positive_int,
    }
)
_TRACK: Final = probatio.Schema(
    {
        probatio.Required(ATTR_TITLE): cv.string,
        probatio.Optional(ATTR_ARTIST): cv.string,
        probatio.Optional(ATTR_ALBUM): cv.string,
        probatio.Optional(ATTR_MEDIA_ID): cv.string,
        probatio.Required(ATTR_PLAYS): probatio.All(
            probatio.Coerce(int), probatio.Range(min=1, max=MAX_PLAYS)
        ),
    }
)
_IMPORT: Final = probatio.All(
    probatio.Schema(
        {
            probatio.Exclusive(ATTR_HISTORY, "source"): dict,
            probatio.Exclusive(ATTR_TRACKS, "source"): [_TRACK],
            probatio.Optional(ATTR_REPLACE, default=False): cv.boolean,
        }
    ),
    cv.has_at_least_one_key(ATTR_HISTORY, ATTR_TRACKS),
)
_RESET: Final = probatio.Schema(
    {
        **_SCOPE,
        probatio.Optional(ATTR_SONG): cv.string,
        probatio.Optional(ATTR_ARTIST): cv.string,
        probatio.Required(ATTR_CONFIRM): cv.boolean,
    }
)


@callback
def async_setup_actions(hass: HomeAssistant) -> None:
    """Register the actions."""
    for name, action, schema, response in (
        ("list_plays", _list, _LIST, SupportsResponse.ONLY),
        ("export_plays", _export, probatio.Schema({}), SupportsResponse.ONLY),
        ("import_plays", _import, _IMPORT, SupportsResponse.OPTIONAL),
        ("reset_plays", _reset, _RESET, SupportsResponse.OPTIONAL),
    ):
        async_register_admin_service(hass, DOMAIN, name, action, schema, response)


async def _list(call: ServiceCall) -> ServiceResponse:
    """Return the most played, best first."""
    entry = _entry(call.hass)
    ranked = ranking(
        entry.runtime_data.plays.history,
        call.data[ATTR_KIND],
        dt_util.utcnow(),
        _scope(entry, call),
    )
    return {
        "favorites": [
            {
                "name": best.name,
                "artist": best.artist,
                "plays": best.plays,
                "value": round(best.value, 2),
            }
            for best in ranked[: call.data[ATTR_LIMIT]]
        ]
    }


async def _export(call: ServiceCall) -> ServiceResponse:
    """Return everything that is kept."""
    records: list[Any] = history_as_dict(_entry(call.hass).runtime_data.plays.history)
    return {ATTR_HISTORY: {ATTR_VERSION: STORAGE_VERSION, "records": records}}


async def _import(call: ServiceCall) -> ServiceResponse:
    """Add an export, or what another player counted, to the history or in its place."""
    plays = _entry(call.hass).runtime_data.plays
    if ATTR_TRACKS in call.data:
        records = [_record(track) for track in call.data[ATTR_TRACKS]]
    else:
        records = _exported(call.data[ATTR_HISTORY])
    if call.data[ATTR_REPLACE]:
        plays.history.forget(lambda record, origin: True)
    plays.history.merge(records)
    plays.async_changed()
    return {"tracks": len(records)}


async def _reset(call: ServiceCall) -> ServiceResponse:
    """Forget plays: all, or those of a room, person, song or artist."""
    if not call.data[ATTR_CONFIRM]:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="not_confirmed"
        )
    entry = _entry(call.hass)
    scope = _scope(entry, call)
    song, artist = call.data.get(ATTR_SONG), call.data.get(ATTR_ARTIST)

    def chosen(record: Record, origin: Origin) -> bool:
        track = record.track
        if song is not None and normalized(song) != normalized(track.title):
            return False
        if artist is not None and normalized(artist) != normalized(track.artist or ""):
            return False
        return scope.covers(origin)

    plays: PlayTracker = entry.runtime_data.plays
    forgotten = plays.history.forget(chosen)
    plays.async_changed()
    return {"plays": forgotten}


def _exported(history: dict[str, Any]) -> list[Record]:
    try:
        if history[ATTR_VERSION] != STORAGE_VERSION:
            raise ValueError("another version")
        return records_from_dict(history["records"])
    except (KeyError, TypeError, AttributeError, ValueError) as err:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="not_an_export"
        ) from err


def _record(counted: dict[str, Any]) -> Record:
    """Return the record of a track that was counted elsewhere, as if played today."""
    track = Track(
        counted[ATTR_TITLE],
        counted.get(ATTR_ARTIST),
        counted.get(ATTR_ALBUM),
        counted.get(ATTR_MEDIA_ID),
    )
    now = dt_util.utcnow()
    record = Record(track, now, now)
    record.bucket(Origin()).add_plays(counted[ATTR_PLAYS], now)
    return record


def _entry(hass: HomeAssistant) -> LocalLlmVoiceConfigEntry:
    entries: list[LocalLlmVoiceConfigEntry] = hass.config_entries.async_loaded_entries(
        DOMAIN
    )
    if not entries:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="not_loaded"
        )
    return entries[0]


def _scope(entry: LocalLlmVoiceConfigEntry, call: ServiceCall) -> Scope:
    """Return whose plays an action is about."""
    if name := call.data.get(ATTR_PERSON):
        if (person := person_named(call.hass, entry, name)) is None:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="unknown_person",
                translation_placeholders={"name": name},
            )
        return person.scope
    if area_id := call.data.get(ATTR_AREA_ID):
        return Scope(areas=frozenset({area_id}))
    return HOUSE
