"""Zeroconf, by which Home Assistant finds the server by itself."""

import contextlib
import socket
from collections.abc import AsyncIterator

from zeroconf import Error as ZeroconfError
from zeroconf import IPVersion
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from .failure import Failure

SERVICE = "_wyoming._tcp.local."
PREFIX = "local-llm-voice"
"""Our integration takes only servers whose name begins so for its own, see its manifest."""
LONGEST_NAME = 63
"""Bytes of one label in DNS."""
ANYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104  (an address that is never announced)


@contextlib.asynccontextmanager
async def discoverable(name: str, host: str, port: int) -> AsyncIterator[None]:
    """Announce the server, and take the announcement back at the end; raises Failure.

    `announced_name` says what becomes of `name`. A server that listens on every address is announced with the address
    that leads out: Home Assistant drops 0.0.0.0.
    """
    name = announced_name(name)
    try:
        address = _outside_address() if host in ANYWHERE else socket.gethostbyname(host)
        zeroconf = AsyncZeroconf(ip_version=IPVersion.V4Only)
    except OSError as error:
        raise Failure(f"There is no network to be discovered in: {error}.") from error
    info = AsyncServiceInfo(SERVICE, f"{name}.{SERVICE}", addresses=[socket.inet_aton(address)], port=port)
    try:
        try:
            await zeroconf.async_register_service(info)
        except (ZeroconfError, OSError) as error:
            raise Failure(f"Cannot be discovered as {name}: {error or 'the name is taken'}.") from error
        yield
        await zeroconf.async_unregister_service(info)
    finally:
        await zeroconf.async_close()


def announced_name(name: str) -> str:
    """The name in the network: `name`, or that of this machine where it is empty, behind the prefix.

    It must be unique and stay the same, because Home Assistant knows the server by it.
    """
    name = (name or socket.gethostname()).replace(".", "-")
    name = name if name.startswith(PREFIX) else f"{PREFIX}-{name}"
    return name.encode()[:LONGEST_NAME].decode(errors="ignore")


def _outside_address() -> str:
    """The IPv4 address of this machine as others in the network see it; raises OSError where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("224.0.0.251", 5353))
        return str(probe.getsockname()[0])
