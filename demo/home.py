"""The demo home's rooms, what stands in them, and the Assist pipeline: set up once, as a person would by clicking."""

from typing import Any

from . import music, player
from .home_assistant import HomeAssistant
from .paths import HOST, PLAYER_PORTS, WYOMING_PORT
from .process import DemoError

AREAS = {
    "Kitchen": ("light.kitchen_light", "switch.coffee_machine"),
    "Living Room": ("light.living_room_light", "light.floor_lamp", "cover.living_room_blinds", "climate.thermostat"),
    "Bedroom": ("light.bed_light", "fan.bedroom_fan"),
    "Hall": ("lock.front_door", "vacuum.robot"),
    "Garage": ("cover.garage_door",),
}
ELSEWHERE = ("weather.home", "todo.shopping_list", "scene.movie_night", "script.good_night")
PAST_PLAYS = {"Baby Shark": 34, "Let It Go": 12, "Here Comes the Sun": 9, "Take Five": 4}
"""What the family has listened to before, so that there is a favorite on the first day."""


COLORED = ("light.kitchen_light", "light.living_room_light", "light.bed_light")
BEGINNING = {
    "light": ("turn_off", ["light.floor_lamp"]),
    "switch": ("turn_off", ["switch.coffee_machine"]),
    "cover": ("close_cover", ["cover.living_room_blinds", "cover.garage_door"]),
    "lock": ("lock", ["lock.front_door"]),
    "fan": ("turn_off", ["fan.bedroom_fan"]),
    "vacuum": ("return_to_base", ["vacuum.robot"]),
}
"""Template entities know their state only once they were told: the home begins dark, closed and locked."""


async def set_up(home: HomeAssistant, *, real_players: bool) -> None:
    """Bring the home into its state; safe to repeat, and quick where everything stands already."""
    entries = {entry["domain"] for entry in await home.command("config_entries/get")}
    areas = await _areas(home)
    if "shopping_list" not in entries:
        await home.add_integration("shopping_list", {})
    if "wyoming" not in entries:
        await home.add_integration("wyoming", {"host": HOST, "port": WYOMING_PORT})
    if real_players and "mpd" not in entries:
        await _add_players(home, areas)
    await _place_and_expose(home, areas)
    await _begin(home)
    if "local_llm_voice" not in entries:
        await home.add_integration("local_llm_voice", {"host": HOST, "port": WYOMING_PORT})
        await _import_plays(home)
    await _prefer_pipeline(home)


async def _areas(home: HomeAssistant) -> dict[str, str]:
    """Area ids by name; missing areas are made. The web page's own "Living room" becomes ours."""
    known = {area["name"].casefold(): area["area_id"] for area in await home.command("config/area_registry/list")}
    for name in AREAS:
        if name.casefold() not in known:
            area = await home.command("config/area_registry/create", name=name)
            known[name.casefold()] = area["area_id"]
    return {name: known[name.casefold()] for name in AREAS}


async def _add_players(home: HomeAssistant, areas: dict[str, str]) -> None:
    """One Music Player Daemon a room, through Home Assistant's own integration, named after its room."""
    for room, port in PLAYER_PORTS.items():
        entry_id = await home.add_integration("mpd", {"host": HOST, "port": port})
        devices = await home.command("config/device_registry/list")
        device = next(d for d in devices if entry_id in d["config_entries"])
        await home.command(
            "config/device_registry/update",
            device_id=device["id"],
            name_by_user=f"{room} Speaker",
            area_id=areas[room],
        )


async def _place_and_expose(home: HomeAssistant, areas: dict[str, str]) -> None:
    """Put every entity into its room, and show Assist those and the players, nothing else."""
    registry = {entity["entity_id"]: entity for entity in await home.command("config/entity_registry/list")}
    for area, entities in AREAS.items():
        for entity_id in entities:
            if registry[entity_id]["area_id"] != areas[area]:
                await home.command("config/entity_registry/update", entity_id=entity_id, area_id=areas[area])
    for room in PLAYER_PORTS:
        entity_id = f"media_player.{room.lower().replace(' ', '_')}_speaker"
        if entity_id in registry and registry[entity_id]["area_id"] != areas[room]:
            await home.command("config/entity_registry/update", entity_id=entity_id, area_id=areas[room])
    players = [entity_id for entity_id in registry if entity_id.startswith("media_player.")]
    wanted = {*ELSEWHERE, *players, *(entity_id for entities in AREAS.values() for entity_id in entities)}
    for entity_ids, exposed in ((sorted(wanted), True), (sorted(set(registry) - wanted), False)):
        await home.command(
            "homeassistant/expose_entity", assistants=["conversation"], entity_ids=entity_ids, should_expose=exposed
        )


async def _begin(home: HomeAssistant) -> None:
    """Tell the entities that do not know their state what it is."""
    states = {state["entity_id"]: state["state"] for state in await home.command("get_states")}
    for domain, (action, entities) in BEGINNING.items():
        if unsure := [entity_id for entity_id in entities if states.get(entity_id) == "unknown"]:
            await home.command("call_service", domain=domain, service=action, target={"entity_id": unsure})
    # A template light that was given no color since the start reports no brightness either.
    dark = {"entity_id": [entity_id for entity_id in COLORED if states.get(entity_id) != "on"]}
    white = {"color_temp_kelvin": 2700, "brightness": 255}
    await home.command("call_service", domain="light", service="turn_on", service_data=white, target=dark)
    await home.command("call_service", domain="light", service="turn_off", target=dark)


async def _import_plays(home: HomeAssistant) -> None:
    """Give the house a past, through the integration's own action."""
    songs = {song.title: song for song in music.SONGS}
    plays = [
        {
            "artist": songs[title].artist,
            "title": title,
            "album": songs[title].album,
            "media_id": music.file_of(songs[title]),
            "plays": count,
        }
        for title, count in PAST_PLAYS.items()
    ]
    await home.command("call_service", domain="local_llm_voice", service="import_plays", service_data={"tracks": plays})


async def _prefer_pipeline(home: HomeAssistant) -> None:
    """Make our agent and the server's ear the house's preferred Assist pipeline."""
    listed = await home.command("assist_pipeline/pipeline/list")
    if any(pipeline["name"] == "Local LLM Voice" for pipeline in listed["pipelines"]):
        return
    registry = await home.command("config/entity_registry/list")
    pipeline = await home.command(
        "assist_pipeline/pipeline/create",
        name="Local LLM Voice",
        language="en",
        conversation_engine=_entity(registry, "conversation", "local_llm_voice"),
        conversation_language="en",
        stt_engine=_entity(registry, "stt", "wyoming"),
        stt_language="en",
        tts_engine=None,
        tts_language=None,
        tts_voice=None,
        wake_word_entity=None,
        wake_word_id=None,
        prefer_local_intents=False,
    )
    await home.command("assist_pipeline/pipeline/set_preferred", pipeline_id=pipeline["id"])


def _entity(registry: list[dict[str, Any]], domain: str, platform: str) -> str:
    """The entity that an integration made in a domain."""
    for entity in registry:
        if entity["platform"] == platform and entity["entity_id"].startswith(f"{domain}."):
            entity_id: str = entity["entity_id"]
            return entity_id
    raise DemoError(f"{platform} made no {domain} entity; see .demo/log/home-assistant.log")


def players_available() -> bool:
    """Whether the real players can be had on this machine."""
    return player.available() and music.available()
