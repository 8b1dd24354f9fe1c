"""A home with players in its rooms, and people who listen."""

from dataclasses import dataclass
from typing import override

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import State
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from tests.custom_components.local_llm_voice.devices import Satellite
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.players import Stereo

ROOMS = ("Kitchen", "Living Room", "Bedroom", "Hall")


@dataclass
class MusicHome(Home):
    """A stereo in the kitchen, the living room and the bedroom; the hall has only a satellite."""

    @override
    async def furnish(self) -> None:
        """Set the players up."""
        hass = self.hass
        for room in ROOMS[:3]:
            self.add("media_player", room, Stereo(f"{room} Stereo"))
        for room in ROOMS:
            self.add("assist_satellite", room, Satellite(f"{room} Satellite"))
        rooms = {name: ar.async_get(hass).async_create(name).id for name in ROOMS}
        await self._set_up()
        await hass.async_block_till_done()
        for platform, where, device, _ in self.placed:
            assert where is not None
            self.devices[device.entity_id] = device
            if platform == "assist_satellite":
                assert device.device_entry is not None
                dr.async_get(hass).async_update_device(device.device_entry.id, area_id=rooms[where])
            else:
                er.async_get(hass).async_update_entity(device.entity_id, area_id=rooms[where])
                async_expose_entity(hass, "conversation", device.entity_id, True)
        await hass.async_block_till_done()

    def stereo(self, room: str) -> Stereo:
        """The player of a room: "kitchen", "living_room"."""
        stereo = self.devices[f"media_player.{room}_stereo"]
        assert isinstance(stereo, Stereo)
        return stereo

    def player(self, room: str) -> State:
        """The state of a room's player."""
        return self.state(f"media_player.{room}_stereo")

    def title(self, room: str) -> str | None:
        """What plays in a room; None where nothing does."""
        state = self.player(room)
        title: str | None = state.attributes.get("media_title") if state.state == "playing" else None
        return title

    def put_on(self, room: str, *songs: str) -> None:
        """Play songs, as somebody would with an app."""
        stereo = self.stereo(room)
        stereo.queue = [*songs]
        stereo.play()
