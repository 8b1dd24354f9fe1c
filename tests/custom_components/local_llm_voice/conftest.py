"""A real Home Assistant with the integration, and a real TCP server that speaks Wyoming by script."""

from collections.abc import AsyncGenerator

import pytest
from custom_components.local_llm_voice.const import CONF_FALLBACK_AGENT, DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.household import Household
from tests.custom_components.local_llm_voice.voice_server import VoiceServer


@pytest.fixture(autouse=True)
def custom_integrations(enable_custom_integrations: None) -> None:
    """Let Home Assistant load what is not its own."""


@pytest.fixture
async def server(socket_enabled: None) -> AsyncGenerator[VoiceServer]:
    """A running scripted voice server."""
    server = VoiceServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def entry(hass: HomeAssistant, server: VoiceServer) -> MockConfigEntry:
    """The integration, set up with the scripted server and without a fallback agent."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Local LLM Voice",
        data={"host": "127.0.0.1", "port": server.port},
        options={CONF_FALLBACK_AGENT: ""},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


@pytest.fixture
def household(hass: HomeAssistant, entry: MockConfigEntry, server: VoiceServer) -> Household:
    """A home to speak to."""
    return Household(hass, server)
