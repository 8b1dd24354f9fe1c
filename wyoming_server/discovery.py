"""Zeroconf, by which Home Assistant finds the server by itself."""

import contextlib
import socket
from collections.abc import AsyncIterator

from zeroconf import Error as ZeroconfError
from zeroconf import IPVersion
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from .failure import Failure

SERVICE = "_wyoming._tcp.local."
ANYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104  (an address that is never announced)


@contextlib.asynccontextmanager
async def discoverable(name: str, host: str, port: int) -> AsyncIterator[None]:
    """Announce the server, and take the announcement back at the end; raises Failure.

    `name` is that of this machine where it is empty; it must be unique in the network and stay the same, because Home
    Assistant knows the server by it. A server that listens on every address is announced with the address that leads
    out: Home Assistant drops 0.0.0.0.
    """
    name = (name or socket.gethostname()).replace(".", "-")
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


def _outside_address() -> str:
    """The IPv4 address of this machine as others in the network see it; raises OSError where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("224.0.0.251", 5353))
        return str(probe.getsockname()[0])
