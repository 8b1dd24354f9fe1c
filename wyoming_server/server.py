"""Where clients connect: TCP, a unix socket or standard input and output; and how the server stops."""

import asyncio
import contextlib
import logging
import os
import signal
import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from wyoming.error import Error
from wyoming.event import async_write_event

from .address import Address
from .discovery import discoverable
from .failure import Failure
from .handler import Connection, Services
from .wire import MAX_HEADER

LOGGER = logging.getLogger(__name__)


async def serve(address: Address, services: Services, most: int, name: str | None = None) -> None:
    """Serve clients until SIGTERM or SIGINT; raises Failure where the address cannot be used.

    `most` is how many clients may be connected at once, `name` the one under which Home Assistant discovers the server,
    empty for the machine's, None for none.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if address.path is None and address.port is None:
        await _serve_stdio(services, stop)
        return
    clients = _Clients(services, most)
    async with _listening(address, clients) as server, contextlib.AsyncExitStack() as stack:
        if name is not None and address.host is not None:
            port = server.sockets[0].getsockname()[1]
            await stack.enter_async_context(discoverable(name, address.host, port))
        LOGGER.info("Ready on %s", ", ".join(_where(socket.getsockname()) for socket in server.sockets))
        await stop.wait()
        LOGGER.info("Stopping")
    await clients.close()


def _where(name: object) -> str:
    """The name of a socket as an address."""
    return f"tcp://{name[0]}:{name[1]}" if isinstance(name, tuple) else f"unix://{name}"


class _Clients:
    """The connections there are now."""

    def __init__(self, services: Services, most: int) -> None:
        self._services = services
        self._most = most
        self._tasks: set[asyncio.Task[None]] = set()

    async def welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one more client, or tell it that there are too many."""
        if len(self._tasks) >= self._most:
            LOGGER.warning("Turned a client away: %d are connected", self._most)
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(5):
                    await async_write_event(
                        Error("Too many clients are connected.", "too-many-clients").event(), writer
                    )
            writer.close()
            return
        task = asyncio.create_task(Connection(self._services, reader, writer).run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def close(self) -> None:
        """Disconnect everybody."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def _listening(address: Address, clients: _Clients) -> AsyncIterator[asyncio.Server]:
    try:
        if address.path is not None:
            await _free(address.path)
            server = await asyncio.start_unix_server(clients.welcome, str(address.path), limit=MAX_HEADER)
        else:
            server = await asyncio.start_server(clients.welcome, address.host, address.port, limit=MAX_HEADER)
    except (OSError, OverflowError) as error:
        where = str(address.path or f"{address.host}:{address.port}")
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise Failure(f"Cannot listen on {where}: {reason}.") from error
    try:
        yield server
    finally:
        server.close()
        if address.path is not None:
            address.path.unlink(missing_ok=True)


async def _free(path: Path) -> None:
    """Remove a socket that nobody answers on any more; raises OSError where somebody does, or where it is no socket."""
    if not path.exists():
        return
    if not stat.S_ISSOCK(path.stat().st_mode):
        raise FileExistsError(17, os.strerror(17))
    try:
        _, writer = await asyncio.open_unix_connection(str(path))
    except OSError:
        path.unlink()
    else:
        writer.close()
        raise OSError(98, os.strerror(98))


async def _serve_stdio(services: Services, stop: asyncio.Event) -> None:
    """Serve the one client on standard input and output until it closes its end."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=MAX_HEADER)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, sys.stdout)
    writer = asyncio.StreamWriter(transport, protocol, None, loop)
    running = asyncio.create_task(Connection(services, reader, writer, patient=True).run())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    for task in (running, stopping):
        task.cancel()
    await asyncio.gather(running, stopping, return_exceptions=True)
