"""Home Assistant's kind of look-up finds the server, at an address that it can reach."""

import asyncio
import fnmatch
import ipaddress
import json
from pathlib import Path

import pytest
from zeroconf import Zeroconf

from wyoming_server.discovery import SERVICE, announced_name, discoverable
from wyoming_server.failure import Failure


def look_up(name: str) -> tuple[list[str], int | None] | None:
    zeroconf = Zeroconf()
    try:
        info = zeroconf.get_service_info(SERVICE, f"{name}.{SERVICE}", 3000)
        return (info.parsed_addresses(), info.port) if info is not None else None
    finally:
        zeroconf.close()


async def test_a_server_on_every_address_is_announced_with_one_that_leads_here() -> None:
    try:
        async with discoverable("local-llm-voice-test", "0.0.0.0", 10600):
            found = await asyncio.to_thread(look_up, "local-llm-voice-test")
    except Failure as failure:
        pytest.skip(f"no network for multicast: {failure}")
    assert found is not None
    (address,), port = found
    assert port == 10600
    assert not ipaddress.ip_address(address).is_unspecified


@pytest.mark.parametrize("name", ["", "kitchen", "local-llm-voice", "my.board", "x" * 80])
def test_the_integration_takes_every_announced_name_for_its_own(name: str) -> None:
    manifest = Path(__file__).parents[2] / "custom_components" / "local_llm_voice" / "manifest.json"
    (matcher,) = json.loads(manifest.read_text(encoding="utf-8"))["zeroconf"]
    announced = announced_name(name)
    assert matcher["type"] == SERVICE
    assert fnmatch.fnmatch(f"{announced}.{SERVICE}".lower(), matcher["name"])
    assert "." not in announced
    assert len(announced) <= 63


async def test_an_address_that_is_none_is_one_sentence() -> None:
    with pytest.raises(Failure, match="no network to be discovered in"):
        async with discoverable("x", "no.such.host.invalid", 1):
            pass
