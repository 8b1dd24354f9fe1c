"""Diagnostics and the system's health: helpful, and without anybody's words."""

import json

from custom_components.local_llm_voice.const import CONF_FALLBACK_AGENT, CONF_PIN
from custom_components.local_llm_voice.diagnostics import async_get_config_entry_diagnostics
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    get_system_health_info,
)
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household
from tests.custom_components.local_llm_voice.voice_server import VoiceServer


async def test_no_words_and_no_secrets(
    hass: HomeAssistant, home: Home, kitchen: Household, entry: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(entry, options={CONF_FALLBACK_AGENT: "", CONF_PIN: "4711"})
    await kitchen.say("write caviar down", [("add_item", {"item": "caviar"})])
    await kitchen.do("start_timer", minutes=5, name="anniversary")
    await kitchen.do("wrong")
    found = await async_get_config_entry_diagnostics(hass, entry)
    text = json.dumps(found)
    for secret in ("caviar", "anniversary", "4711", "127.0.0.1", "Shopping"):
        assert secret not in text
    assert found["data"] == {"host": "**REDACTED**", "port": entry.data["port"]}
    assert found["options"][CONF_PIN] == "**REDACTED**"
    assert found["server_available"] is True
    assert found["home"]["areas"] == 5
    assert found["scheduled"] == 0, "it was taken back"
    assert [turn["calls"] for turn in found["turns"]] == [
        [{"name": "add_item", "args": ["item"]}],
        [{"name": "start_timer", "args": ["minutes", "name"]}],
        [{"name": "wrong", "args": []}],
    ]
    assert [turn["wrong"] for turn in found["turns"]] == [False, True, False]
    assert found["turns"][0]["stages"]["translate"] == 12.5


async def test_system_health(hass: HomeAssistant, entry: MockConfigEntry, server: VoiceServer) -> None:
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()
    info = await get_system_health_info(hass, "local_llm_voice")
    assert await info["voice_server"] == "ok"
    await server.stop()
    info = await get_system_health_info(hass, "local_llm_voice")
    assert await info["voice_server"] == {"type": "failed", "error": "unreachable"}
    await hass.config_entries.async_unload(entry.entry_id)
    assert await get_system_health_info(hass, "local_llm_voice") == {}
