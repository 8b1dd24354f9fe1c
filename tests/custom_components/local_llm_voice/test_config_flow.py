"""Setting up, changing the address, being found, and the options."""

import socket
from ipaddress import ip_address
from typing import Any
from unittest.mock import patch

import pytest
from custom_components.local_llm_voice.const import CONF_FALLBACK_AGENT, CONF_PIN, DOMAIN
from homeassistant.config_entries import SOURCE_USER, SOURCE_ZEROCONF, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.voice_server import VoiceServer


@pytest.fixture(autouse=True)
async def components(hass: HomeAssistant) -> None:
    """What every Home Assistant has."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})


def found(port: int | None, host: str = "127.0.0.1") -> ZeroconfServiceInfo:
    """A server that announces itself."""
    return ZeroconfServiceInfo(
        ip_address=ip_address(host),
        ip_addresses=[ip_address(host)],
        port=port,
        hostname="board.local.",
        type="_wyoming._tcp.local.",
        name="local-llm-voice-board._wyoming._tcp.local.",
        properties={},
    )


async def start(hass: HomeAssistant, source: str, data: Any = None) -> Any:
    """Begin a flow."""
    return await hass.config_entries.flow.async_init(DOMAIN, context={"source": source}, data=data)


async def test_by_hand(hass: HomeAssistant, server: VoiceServer) -> None:
    flow = await start(hass, SOURCE_USER)
    assert (flow["type"], flow["errors"]) == (FlowResultType.FORM, {})
    address = {"host": "127.0.0.1", "port": server.port}
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], address)
    await hass.async_block_till_done()
    assert (flow["type"], flow["title"], flow["data"]) == (FlowResultType.CREATE_ENTRY, "Local LLM Voice", address)
    assert flow["options"] == {CONF_FALLBACK_AGENT: "conversation.home_assistant"}
    assert flow["result"].state is ConfigEntryState.LOADED
    flow = await start(hass, SOURCE_USER)
    assert (flow["type"], flow["reason"]) == (FlowResultType.ABORT, "single_instance_allowed")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"program": "somebody-else"}, "not_our_server"),
        ({"raw": b"HTTP/1.1 400 Bad Request\r\n\r\n"}, "cannot_connect"),
        ({"raw": b'{"type": "info", "data": {"asr": 5}}\n'}, "not_our_server"),
        ({"port": 9}, "cannot_connect"),
        ({"raw": b""}, "cannot_connect"),
    ],
)
async def test_what_is_no_server_of_ours(
    hass: HomeAssistant, server: VoiceServer, fault: dict[str, Any], error: str
) -> None:
    for key, value in fault.items():
        setattr(server, key, value)
    flow = await start(hass, SOURCE_USER)
    address = {"host": "127.0.0.1", "port": server.port}
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], address)
    assert (flow["type"], flow["errors"]) == (FlowResultType.FORM, {"base": error})
    flow = await start(hass, SOURCE_ZEROCONF, found(server.port))
    assert (flow["type"], flow["reason"]) == (FlowResultType.ABORT, error)


async def test_a_host_that_does_not_exist(hass: HomeAssistant, caplog: pytest.LogCaptureFixture) -> None:
    flow = await start(hass, SOURCE_USER)
    address = {"host": "no-such-host.invalid", "port": 10600}
    with patch("asyncio.open_connection", side_effect=socket.gaierror(-2, "Name or service not known")):
        flow = await hass.config_entries.flow.async_configure(flow["flow_id"], address)
    assert (flow["type"], flow["errors"]) == (FlowResultType.FORM, {"base": "cannot_connect"})
    assert caplog.text.count("does not answer") == 1


async def test_a_mistake_can_be_mended(hass: HomeAssistant, server: VoiceServer) -> None:
    flow = await start(hass, SOURCE_USER)
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], {"host": "127.0.0.1", "port": 9})
    assert flow["errors"] == {"base": "cannot_connect"}
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], {"host": "127.0.0.1", "port": server.port})
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()


async def test_found_on_the_network(hass: HomeAssistant, server: VoiceServer) -> None:
    flow = await start(hass, SOURCE_ZEROCONF, found(server.port))
    assert (flow["type"], flow["step_id"]) == (FlowResultType.FORM, "zeroconf_confirm")
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert flow["data"] == {"host": "127.0.0.1", "port": server.port}
    flow = await start(hass, SOURCE_ZEROCONF, found(None))
    assert flow["reason"] == "not_our_server"


async def test_a_server_that_moved_is_followed(hass: HomeAssistant, server: VoiceServer) -> None:
    entry = MockConfigEntry(
        domain=DOMAIN, data={"host": "192.0.2.1", "port": 10600}, unique_id=found(1).name, options={}
    )
    entry.add_to_hass(hass)
    flow = await start(hass, SOURCE_ZEROCONF, found(server.port))
    await hass.async_block_till_done()
    assert flow["reason"] == "already_configured"
    assert entry.data == {"host": "127.0.0.1", "port": server.port}


async def test_a_second_server_is_not_offered(hass: HomeAssistant, entry: MockConfigEntry, server: VoiceServer) -> None:
    flow = await start(hass, SOURCE_ZEROCONF, found(server.port))
    assert flow["reason"] == "single_instance_allowed"


async def test_a_new_address(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    other = VoiceServer()
    await other.start()
    flow = await entry.start_reconfigure_flow(hass)
    assert flow["step_id"] == "reconfigure"
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], {"host": "127.0.0.1", "port": 9})
    assert flow["errors"] == {"base": "cannot_connect"}
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], {"host": "127.0.0.1", "port": other.port})
    await hass.async_block_till_done()
    assert (flow["type"], flow["reason"]) == (FlowResultType.ABORT, "reconfigure_successful")
    assert entry.data["port"] == other.port
    assert entry.state is ConfigEntryState.LOADED
    await hass.config_entries.async_unload(entry.entry_id)
    await other.stop()


@pytest.mark.parametrize("pin", ["letmein", "12a4", "", "１２"])
async def test_options(hass: HomeAssistant, entry: MockConfigEntry, pin: str) -> None:
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    assert flow["type"] is FlowResultType.FORM
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], {CONF_PIN: pin})
    assert flow["errors"] == {CONF_PIN: "pin_not_digits"}
    flow = await hass.config_entries.options.async_configure(flow["flow_id"], {CONF_PIN: "0471"})
    await hass.async_block_till_done()
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options[CONF_PIN] == "0471"
    assert entry.state is ConfigEntryState.LOADED
