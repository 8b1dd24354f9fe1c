"""`python -m training.evaluation.baselines.home_assistant_core ASKED ANSWERED`: ask Home Assistant's default agent.

A real Home Assistant core, in this process, with the home that the rows speak of. Every built-in intent is handled by
Home Assistant's own handler; around each stands a `Recorder` that notes what ran. Runs where Home Assistant is
installed.
"""

import asyncio
import json
import logging
import socket
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from homeassistant import bootstrap, loader
from homeassistant.components.conversation import HOME_ASSISTANT_AGENT, async_converse
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.config_entries import ConfigEntries
from homeassistant.core import Context, HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.helpers import area_registry, entity_registry, floor_registry, intent
from homeassistant.setup import async_setup_component

from .home_assistant_calls import Intent, as_calls
from .home_assistant_home import HERE, Device, House, house

COMPONENTS = (
    "homeassistant",
    "http",
    "conversation",
    "intent",
    *("light", "switch", "fan", "cover", "climate", "lock", "media_player", "vacuum", "lawn_mower", "todo", "weather"),
    *("scene", "script", "valve", "humidifier"),
)
SATELLITE = "assist_satellite.asked"
EVERY_FEATURE = 2**24 - 1


class Recorder(intent.IntentHandler):
    """Notes an intent, then has Home Assistant's own handler run it."""

    def __init__(self, handler: intent.IntentHandler, ran: list[Intent]) -> None:
        self.intent_type = handler.intent_type
        self.description = handler.description
        self.platforms = handler.platforms
        self._handler, self._ran = handler, ran

    @property
    def slot_schema(self) -> Any:
        """The handler's own."""
        return self._handler.slot_schema

    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """An intent that finds nothing in the home did not run; one whose device fails did."""
        slots = intent_obj.slots
        try:
            response = await self._handler.async_handle(intent_obj)
        except intent.MatchFailedError:
            raise
        except Exception:
            self._ran.append(_intent(intent_obj, slots))
            raise
        self._ran.append(_intent(intent_obj, slots))
        return response


def _intent(asked: intent.Intent, slots: Mapping[str, Any]) -> Intent:
    """The intent with its values and the words that each was said with."""
    values = {name: slot["value"] for name, slot in slots.items()}
    spoken = {name: str(slot.get("text") or slot["value"]) for name, slot in slots.items()}
    name = spoken.get("name", "").casefold()
    domains = {s.domain for s in asked.hass.states.async_all() if str(s.name).casefold() == name}
    return Intent(asked.intent_type, values, spoken, domains.pop() if len(domains) == 1 else "")


async def start(folder: Path, home: House) -> HomeAssistant:
    """A running core with everything in the home."""
    hass = HomeAssistant(str(folder))
    loader.async_setup(hass)
    hass.config_entries = ConfigEntries(hass, {})
    hass.config.skip_pip = True
    hass.config.safe_mode = True  # no custom integrations
    await loader.async_get_custom_components(hass)
    await bootstrap.async_load_base_functionality(hass)
    await async_process_ha_core_config(
        hass, {"name": "Home", "language": "en", "country": "US", "unit_system": "metric"}
    )
    settings: dict[str, Any] = {component: {} for component in COMPONENTS}
    settings["http"] = {"server_host": ["127.0.0.1"], "server_port": _free_port()}
    for component in COMPONENTS:
        if not await async_setup_component(hass, component, settings):
            raise RuntimeError(f"Home Assistant's {component} does not start")
    await hass.async_start()
    _furnish(hass, home)
    await hass.async_block_till_done()
    return hass


def _furnish(hass: HomeAssistant, home: House) -> None:
    areas, floors, entities = (r.async_get(hass) for r in (area_registry, floor_registry, entity_registry))
    ids = {}
    for area, floor in sorted(home.areas.items()):
        known = floors.async_get_floor_by_name(floor) or floors.async_create(floor) if floor else None
        ids[area] = areas.async_get_or_create(area).id
        if known:
            areas.async_update(ids[area], floor_id=known.floor_id)
        areas.async_update(ids[area], aliases={alias for alias, of in home.aliases.items() if of == area})
    here = Device("assist_satellite", "asked", HERE)
    for number, device in enumerate([here, *sorted(home.devices, key=str)]):
        entry = entities.async_get_or_create(
            device.domain,
            "home",
            str(number),
            suggested_object_id="asked" if device is here else f"thing_{number}",
            original_name=device.name,
        )
        entities.async_update_entity(entry.entity_id, area_id=ids.get(device.area or ""))
        async_expose_entity(hass, "conversation", entry.entity_id, device is not here)
        hass.states.async_set(entry.entity_id, *_state(device))


def _state(device: Device) -> tuple[str, dict[str, Any]]:
    attributes: dict[str, Any] = {"friendly_name": device.name, "supported_features": EVERY_FEATURE}
    if device.device_class:
        attributes["device_class"] = device.device_class
    match device.domain:
        case "light":
            return "on", attributes | {"supported_color_modes": ["rgb", "color_temp"], "brightness": 128}
        case "climate":
            return "heat", attributes | {"current_temperature": 20.0, "temperature": 21.0}
        case "cover" | "valve":
            return "open", attributes | {"current_position": 50}
        case "media_player":
            return "playing", attributes | {"volume_level": 0.5}
        case "lock":
            return "locked", attributes
        case "vacuum" | "lawn_mower":
            return "docked", attributes
    return "on", attributes


async def ask(hass: HomeAssistant, home: House, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The calls that each row's words lead to, every row in a conversation of its own."""
    ran: list[Intent] = []
    for handler in list(intent.async_get(hass)):
        intent.async_register(hass, Recorder(handler, ran))
    answers = []
    for row in rows:
        ran.clear()
        started = time.perf_counter()
        await async_converse(
            hass, row["text"], None, Context(), "en", agent_id=HOME_ASSISTANT_AGENT, satellite_id=SATELLITE
        )
        took = 1000 * (time.perf_counter() - started)
        calls = [call for one in ran for call in as_calls(one, row["text"], home)]
        answers.append({"id": row["id"], "calls": calls, "ms": round(took, 2)})
    return answers


async def answer(source: Path, target: Path) -> None:
    """Read rows, ask, write answers."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        home = house(call for row in rows for call in row["calls"])
        hass = await start(Path(folder), home)
        try:
            answers = await ask(hass, home, rows)
        finally:
            await hass.async_stop(force=True)
    target.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in answers), encoding="utf-8")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


if __name__ == "__main__":
    logging.disable(logging.ERROR)  # it logs every sentence that it does not understand
    asyncio.run(answer(Path(sys.argv[1]), Path(sys.argv[2])))
