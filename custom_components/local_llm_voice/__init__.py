"""Local LLM Voice: the house understands, with a voice server that stays in the house."""

from homeassistant.const import CONF_HOST, CONF_PORT, EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.llm import async_register_api
from homeassistant.helpers.typing import ConfigType

from . import speech, spoken_time
from .api import skills_api
from .client import Client
from .const import DOMAIN
from .feeds import Feeds
from .memory import Memory
from .models import LocalLlmVoiceConfigEntry, RuntimeData
from .music.find import MusicFinder
from .plays.actions import async_setup_actions
from .plays.progress import Rule
from .plays.store import PlayStore
from .plays.tracker import PlayTracker
from .schedule import Schedule
from .vocabulary import Vocabulary

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS = (Platform.CONVERSATION, Platform.SENSOR, Platform.SWITCH)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register the actions; read what is spoken, once and outside of the event loop."""
    async_setup_actions(hass)
    await hass.async_add_executor_job(speech.load)
    await hass.async_add_executor_job(spoken_time.load)
    return True


async def async_setup_entry(
    hass: HomeAssistant, entry: LocalLlmVoiceConfigEntry
) -> bool:
    """Set up the agent and the skills.

    The server need not be there: skills work for other agents without it, and whoever
    speaks hears that it is gone.
    """
    store = PlayStore(hass)
    plays = PlayTracker(hass, store, await store.async_load(), Rule())
    entry.runtime_data = RuntimeData(
        client=Client(entry.data[CONF_HOST], entry.data[CONF_PORT]),
        memory=Memory(),
        schedule=Schedule(hass),
        vocabulary=Vocabulary(hass, entry),
        feeds=Feeds(hass, entry),
        plays=plays,
        music=MusicFinder(hass, lambda: plays.history),
    )
    entry.async_on_unload(entry.runtime_data.client.async_close)
    entry.async_on_unload(async_register_api(hass, skills_api(hass)))
    entry.runtime_data.vocabulary.async_start()
    entry.runtime_data.feeds.async_start()
    plays.async_start()

    async def stop(_: Event) -> None:
        await plays.async_stop()

    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stop))
    entry.async_on_unload(plays.async_stop)
    entry.async_on_unload(entry.runtime_data.music.succession.async_stop)
    entry.async_on_unload(await entry.runtime_data.schedule.async_load())
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    return True


async def async_unload_entry(
    hass: HomeAssistant, entry: LocalLlmVoiceConfigEntry
) -> bool:
    """Take the agent away."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
