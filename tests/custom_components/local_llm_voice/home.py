"""A furnished home: floors, rooms, devices, exposed to the voice assistant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.light import ColorMode
from homeassistant.components.sensor import SensorEntity
from homeassistant.config_entries import ConfigFlow
from homeassistant.const import EVENT_CALL_SERVICE, Platform
from homeassistant.core import Event, HomeAssistant, State, callback
from homeassistant.helpers import (
    area_registry as ar,
)
from homeassistant.helpers import (
    device_registry as dr,
)
from homeassistant.helpers import (
    entity_registry as er,
)
from homeassistant.helpers import (
    floor_registry as fr,
)
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    MockModule,
    mock_config_flow,
    mock_integration,
    mock_platform,
    setup_test_component_platform,
)
from tests.custom_components.local_llm_voice.devices import (
    Alarm,
    Cover,
    Device,
    Fan,
    Lamp,
    Lock,
    Mower,
    Paper,
    Plug,
    Satellite,
    Speaker,
    Thermostat,
    Vacuum,
    Voice,
)


class Thermometer(Device, SensorEntity):
    """A sensor."""


class Contact(Device, BinarySensorEntity):
    """A contact."""


HIDDEN = ("assist_satellite.", "conversation.", "tts.")
"""What nobody speaks about."""

ROOMS = {
    "Kitchen": ("Ground floor", ["galley"]),
    "Living Room": ("Ground floor", ["lounge"]),
    "Hall": ("Ground floor", []),
    "Bedroom": ("Upstairs", []),
    "Garden": (None, []),
}


@dataclass
class Home:
    """The devices by the words of their entity ids, and what was asked of services."""

    hass: HomeAssistant
    devices: dict[str, Device] = field(default_factory=dict)
    services: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    events: list[Event[Any]] = field(default_factory=list)

    def add(self, platform: str, room: str | None, device: Device, aliases: tuple[str, ...] = ()) -> None:
        """Put a device in a room."""
        self.placed.append((platform, room, device, aliases))

    def __post_init__(self) -> None:
        self.placed: list[tuple[str, str | None, Device, tuple[str, ...]]] = []

    def state(self, entity_id: str) -> State:
        """The state of an entity that is there."""
        state = self.hass.states.get(entity_id)
        assert state is not None, entity_id
        return state

    def states(self, *entity_ids: str) -> list[str]:
        """The states of entities."""
        return [self.state(entity_id).state for entity_id in entity_ids]

    def become(self, entity_id: str, **attributes: Any) -> None:
        """Bring a device into a state, as somebody at its switch would."""
        self.devices[entity_id].become(**attributes)

    def shows(self, effect: Mapping[str, object]) -> str:
        """Assert states, and attributes as "light.bed_light brightness"; return them as a text."""
        for what, expected in effect.items():
            entity_id, _, attribute = what.partition(" ")
            state = self.state(entity_id)
            assert (state.attributes.get(attribute) if attribute else state.state) == expected, what
        return ", ".join(f"`{what}` is {expected}" for what, expected in effect.items())

    def satellite(self, name: str) -> Satellite:
        """A satellite."""
        satellite = self.devices[f"assist_satellite.{name}"]
        assert isinstance(satellite, Satellite)
        return satellite

    def device_id(self, name: str) -> str:
        """The id of the device of a satellite, "kitchen" or "bedroom"."""
        entry = er.async_get(self.hass).async_get(f"assist_satellite.{name}_satellite")
        assert entry is not None
        assert entry.device_id is not None
        return entry.device_id

    def rename(self, entity_id: str, name: str) -> None:
        """Give a device another name."""
        er.async_get(self.hass).async_update_entity(entity_id, name=name)

    def hide(self, *entity_ids: str) -> None:
        """Take entities away from voice assistants."""
        for entity_id in entity_ids:
            async_expose_entity(self.hass, "conversation", entity_id, False)

    async def furnish(self) -> None:
        """Set everything up."""
        hass = self.hass
        _fill(self)
        floors, areas = fr.async_get(hass), ar.async_get(hass)
        for name, alias in (("Ground floor", "downstairs"), ("Upstairs", "first floor")):
            floors.async_create(name, aliases={alias})
        rooms = {}
        for name, (floor, others) in ROOMS.items():
            entry = floors.async_get_floor_by_name(floor) if floor else None
            area = areas.async_create(name, aliases=set(others), floor_id=entry.floor_id if entry else None)
            rooms[name] = area.id
        await self._set_up()
        assert await async_setup_component(
            hass,
            "scene",
            {"scene": [{"name": "Movie Night", "entities": {"light.bed_light": {"state": "on", "brightness": 50}}}]},
        )
        assert await async_setup_component(
            hass,
            "script",
            {
                "script": {
                    "good_night": {
                        "alias": "Good Night",
                        "sequence": [{"action": "light.turn_off", "target": {"entity_id": "light.bed_light"}}],
                    }
                }
            },
        )
        assert await async_setup_component(
            hass,
            "automation",
            {
                "automation": [
                    {
                        "alias": "Wake Up",
                        "id": "wake_up",
                        "triggers": [],
                        "actions": [{"action": "light.turn_on", "target": {"entity_id": "light.bed_light"}}],
                    }
                ]
            },
        )
        await hass.async_block_till_done()
        registry = er.async_get(hass)
        for platform, room, device, aliases in self.placed:
            self.devices[device.entity_id] = device
            changes: dict[str, Any] = {"aliases": [er.COMPUTED_NAME, *aliases]}
            if platform == Platform.ASSIST_SATELLITE:
                assert device.device_entry is not None
                dr.async_get(hass).async_update_device(device.device_entry.id, area_id=rooms[room or ""])
            elif room:
                changes["area_id"] = rooms[room]
            registry.async_update_entity(device.entity_id, **changes)
        for entity_id in hass.states.async_entity_ids():
            if "local_llm_voice" not in entity_id and not entity_id.startswith(HIDDEN):
                async_expose_entity(hass, "conversation", entity_id, True)
        await hass.async_block_till_done()
        hass.bus.async_listen(EVENT_CALL_SERVICE, self._note)

    async def _set_up(self) -> None:
        hass = self.hass
        platforms = list(dict.fromkeys(platform for platform, *_ in self.placed))

        async def async_setup_entry(hass: HomeAssistant, entry: MockConfigEntry) -> bool:
            for platform in platforms:
                # One after the other: the order of states is the order in which they are named.
                await hass.config_entries.async_forward_entry_setups(entry, [platform])
            return True

        mock_integration(hass, MockModule("test", async_setup_entry=async_setup_entry))
        for platform in platforms:
            devices = [device for p, _, device, _ in self.placed if p == platform]
            setup_test_component_platform(hass, platform, devices, from_config_entry=True)
        entry = MockConfigEntry(domain="test")
        entry.add_to_hass(hass)
        mock_platform(hass, "test.config_flow", None)
        with mock_config_flow("test", ConfigFlow):
            assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()

    @callback
    def _note(self, event: Event[Any]) -> None:
        data = event.data
        self.events.append(event)
        self.services.append((f"{data['domain']}.{data['service']}", data["service_data"]))


def _fill(home: Home) -> None:
    home.add("light", "Kitchen", Lamp("Counter Light", ColorMode.BRIGHTNESS))
    home.add("light", "Kitchen", Lamp("Ceiling Light"))
    home.add("light", "Bedroom", Lamp("Bed Light"), ("night lamp",))
    home.add("light", "Living Room", Lamp("Desk Lamp", ColorMode.ONOFF))
    home.add("switch", "Kitchen", Plug("Coffee Machine"))
    home.add("cover", "Kitchen", Cover("Kitchen Blind", device_class="shade"))
    home.add("cover", "Bedroom", Cover("Bedroom Curtain", device_class="curtain"))
    home.add("cover", "Hall", Cover("Garage Door", device_class="garage"))
    home.add("lock", "Hall", Lock("Front Door"))
    home.add("lock", "Kitchen", Lock("Back Door"))
    home.add("binary_sensor", "Hall", Contact("Front Door", unique_id="contact", device_class="door", is_on=False))
    home.add("binary_sensor", "Bedroom", Contact("Bedroom Window", device_class="window", is_on=True))
    home.add("climate", "Living Room", Thermostat("Radiator", target_temperature=20.0, current_temperature=19.5))
    home.add(
        "sensor",
        "Kitchen",
        Thermometer("Fridge Temperature", device_class="temperature", native_unit_of_measurement="°C", native_value=5),
    )
    home.add(
        "sensor",
        "Kitchen",
        Thermometer("Fridge Humidity", device_class="humidity", native_unit_of_measurement="%", native_value=40),
    )
    home.add("fan", "Bedroom", Fan("Ceiling Fan"))
    home.add("vacuum", "Hall", Vacuum("Robbie"))
    home.add("lawn_mower", "Garden", Mower("Shaun"))
    home.add("alarm_control_panel", "Hall", Alarm("House Alarm"))
    home.add("todo", None, Paper("Shopping List"))
    home.add("todo", None, Paper("Chores"))
    home.add("media_player", "Living Room", Speaker("Lounge Speaker"))
    home.add("assist_satellite", "Kitchen", Satellite("Kitchen Satellite"))
    home.add("assist_satellite", "Bedroom", Satellite("Bedroom Satellite"))
    home.add("tts", None, Voice("Voice"))
