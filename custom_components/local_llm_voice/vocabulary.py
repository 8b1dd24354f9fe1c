"""What the home offers to the voice server: functions, and the names that people say here."""

from collections.abc import Iterable, Mapping
import hashlib
import json
import logging
from typing import Any, Final

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import (
    async_listen_entity_updates,
    async_should_expose,
)
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    floor_registry as fr,
    intent,
)
from homeassistant.helpers.debounce import Debouncer
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util import dt as dt_util

from .const import SUBENTRY_PERSON
from .models import LocalLlmVoiceConfigEntry
from .places import area_of_entity
from .plays.ranking import Favorite, ranking
from .skills import FUNCTIONS

_LOGGER = logging.getLogger(__name__)

SETTLE_SECONDS: Final = 3
"""Registries change in bursts: a start, a new device, a rename with its entities."""

MAX_ENTITIES: Final = 1000
"""Of each kind; what is exposed to a voice assistant is far less in any real home."""

MOST_PLAYED: Final = 50
"""Songs, and artists, whose names help to hear and to understand."""


class Vocabulary:
    """Keeps the names of the home, and tells the server when they have changed."""

    def __init__(self, hass: HomeAssistant, entry: LocalLlmVoiceConfigEntry) -> None:
        """Prepare; nothing is collected before it is asked for."""
        self._hass = hass
        self._entry = entry
        self._home: Mapping[str, Any] | None = None
        self._debouncer = Debouncer(
            hass,
            _LOGGER,
            cooldown=SETTLE_SECONDS,
            immediate=False,
            function=self._async_push,
            background=True,
        )

    @callback
    def async_start(self) -> None:
        """Follow the registries until the entry is unloaded."""
        hass, entry = self._hass, self._entry
        for event_type in (
            ar.EVENT_AREA_REGISTRY_UPDATED,
            fr.EVENT_FLOOR_REGISTRY_UPDATED,
            er.EVENT_ENTITY_REGISTRY_UPDATED,
            dr.EVENT_DEVICE_REGISTRY_UPDATED,
        ):
            entry.async_on_unload(
                hass.bus.async_listen(event_type, self._async_registry_changed)
            )
        entry.async_on_unload(
            hass.bus.async_listen(
                EVENT_STATE_CHANGED,
                self._async_registry_changed,
                event_filter=_came_or_went,
            )
        )
        entry.async_on_unload(
            async_listen_entity_updates(hass, conversation.DOMAIN, self.async_changed)
        )
        entry.async_on_unload(
            async_dispatcher_connect(
                hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._async_entry_changed
            )
        )
        entry.async_on_unload(
            entry.runtime_data.plays.async_add_listener(self.async_changed)
        )
        entry.async_on_unload(self._debouncer.async_shutdown)

    @property
    def home(self) -> Mapping[str, Any]:
        """The data of the `home` event, with its hash."""
        if self._home is None:
            self._home = _with_hash(self._collect())
        return self._home

    @callback
    def async_changed(self) -> None:
        """Collect anew when next asked, and tell the server soon."""
        self._home = None
        self._debouncer.async_schedule_call()

    @callback
    def _async_registry_changed(self, _: Event[Any]) -> None:
        self.async_changed()

    @callback
    def _async_entry_changed(
        self, change: ConfigEntryChange, entry: ConfigEntry
    ) -> None:
        """Somebody has joined the household, or is called otherwise."""
        if entry is self._entry and change is ConfigEntryChange.UPDATED:
            self.async_changed()

    async def _async_push(self) -> None:
        await self._entry.runtime_data.client.async_warm(self.home)

    def _collect(self) -> dict[str, Any]:
        hass = self._hass
        areas = ar.async_get(hass).async_list_areas()
        exposed = [
            state
            for state in hass.states.async_all()
            if async_should_expose(hass, conversation.DOMAIN, state.entity_id)
        ]
        exposed.sort(key=lambda state: state.entity_id)
        entities = [self._described(state) for state in exposed[:MAX_ENTITIES]]
        return {
            "language": hass.config.language,
            "functions": sorted(FUNCTIONS),
            "areas": [_names(area.name, area.aliases) for area in areas],
            "floors": [
                _names(floor.name, floor.aliases)
                for floor in fr.async_get(hass).async_list_floors()
            ],
            "players": [
                {"names": entity["names"], "area": entity["area"]}
                for entity in entities
                if entity["domain"] == "media_player"
            ],
            "entities": entities,
            "lists": [
                name
                for entity in entities
                if entity["domain"] == "todo"
                for name in entity["names"]
            ],
            "people": self._people(),
            "songs": self._most_played(Favorite.SONG),
            "artists": self._most_played(Favorite.ARTIST),
        }

    def _described(self, state: State) -> dict[str, Any]:
        entry = er.async_get(self._hass).async_get(state.entity_id)
        area = area_of_entity(self._hass, state.entity_id)
        return {
            "names": intent.async_get_entity_aliases(self._hass, entry, state=state),
            "domain": state.domain,
            "area": area.name if area else None,
        }

    def _most_played(self, favorite: Favorite) -> list[str]:
        history = self._entry.runtime_data.plays.history
        ranked = ranking(history, favorite, dt_util.utcnow())
        return [best.name for best in ranked[:MOST_PLAYED]]

    def _people(self) -> list[dict[str, list[str]]]:
        configured = [
            _names(subentry.title, subentry.data.get("aliases", ()))
            for subentry in self._entry.subentries.values()
            if subentry.subentry_type == SUBENTRY_PERSON
        ]
        known = {name.casefold() for person in configured for name in person["names"]}
        return configured + [
            {"names": [state.name]}
            for state in self._hass.states.async_all("person")
            if state.name.casefold() not in known
        ]


def _names(name: str, aliases: Iterable[str]) -> dict[str, list[str]]:
    return {"names": [name, *sorted(aliases)]}


def _with_hash(home: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(home, sort_keys=True, ensure_ascii=False)
    return {"hash": hashlib.sha256(text.encode()).hexdigest()[:16], **home}


@callback
def _came_or_went(data: EventStateChangedData) -> bool:
    return data["old_state"] is None or data["new_state"] is None
