"""Saying something unasked: on satellites, else on players, else as a notification."""

from collections.abc import Callable
import logging

from homeassistant.components import persistent_notification
from homeassistant.components.assist_pipeline import async_get_pipeline
from homeassistant.components.assist_satellite import (
    DOMAIN as SATELLITE,
    AssistSatelliteEntityFeature,
)
from homeassistant.components.conversation import DOMAIN as CONVERSATION
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.media_player import (
    DOMAIN as PLAYER,
    MediaPlayerEntityFeature,
)
from homeassistant.components.tts import DOMAIN as TTS
from homeassistant.const import ATTR_ENTITY_ID, ATTR_SUPPORTED_FEATURES
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN
from .places import area_of_entity

_LOGGER = logging.getLogger(__name__)


async def async_announce(
    hass: HomeAssistant,
    text: str,
    *,
    context: Context,
    area_id: str | None = None,
    device_id: str | None = None,
) -> None:
    """Say a text where a device stands, else in its area, else leave a notification."""
    registry = er.async_get(hass)

    def on_device(state: State) -> bool:
        entry = registry.async_get(state.entity_id)
        return entry is not None and entry.device_id == device_id

    if device_id and await async_say(hass, text, context, on_device):
        return
    if area_id and await async_say(hass, text, context, in_area(hass, area_id)):
        return
    persistent_notification.async_create(hass, text, "Local LLM Voice", DOMAIN)


def in_area(hass: HomeAssistant, area_id: str) -> Callable[[State], bool]:
    """Return whether something stands in an area."""

    def wanted(state: State) -> bool:
        area = area_of_entity(hass, state.entity_id)
        return area is not None and area.id == area_id

    return wanted


async def async_say(
    hass: HomeAssistant,
    text: str,
    context: Context,
    wanted: Callable[[State], bool],
) -> bool:
    """Say a text on the wanted satellites, else players; whether there was one."""
    satellites = [
        state.entity_id
        for state in hass.states.async_all(SATELLITE)
        if _supports(state, AssistSatelliteEntityFeature.ANNOUNCE) and wanted(state)
    ]
    try:
        if satellites:
            await hass.services.async_call(
                SATELLITE,
                "announce",
                {ATTR_ENTITY_ID: satellites, "message": text},
                blocking=True,
                context=context,
            )
            return True
        players = [
            state.entity_id
            for state in hass.states.async_all(PLAYER)
            if _supports(state, MediaPlayerEntityFeature.PLAY_MEDIA)
            and async_should_expose(hass, CONVERSATION, state.entity_id)
            and wanted(state)
        ]
        engine = _voice(hass)
        if not players or engine is None:
            return False
        await hass.services.async_call(
            TTS,
            "speak",
            {
                ATTR_ENTITY_ID: engine,
                "media_player_entity_id": players,
                "message": text,
            },
            blocking=True,
            context=context,
        )
    except HomeAssistantError as err:
        _LOGGER.warning("Could not announce: %s", err)
        return False
    return True


def _voice(hass: HomeAssistant) -> str | None:
    """The speech engine of the preferred pipeline, else any."""
    if "assist_pipeline" in hass.config.components:
        engine = async_get_pipeline(hass).tts_engine
        if engine and hass.states.get(engine):
            return engine
    return next(iter(hass.states.async_entity_ids(TTS)), None)


def _supports(state: State, feature: int) -> bool:
    return bool(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0) & feature)
