"""A real server process on a real port, with scripted models unless a test asks for others."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from wyoming.client import AsyncTcpClient

ROOT = Path(__file__).parent.parent.parent
SCRIPTED = str(Path(__file__).parent / "scripted_server.py")
SPEECH = Path(__file__).parent / "audio" / "turn_on_the_kitchen_light.wav"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    log_path: Path

    def client(self, timeout: float = 10) -> AsyncTcpClient:
        return AsyncTcpClient("127.0.0.1", self.port, connect_timeout=5, read_timeout=timeout)

    def log(self) -> str:
        return self.log_path.read_text()

    async def wait_for_log(self, text: str, seconds: float = 10) -> None:
        end = time.monotonic() + seconds
        while text not in self.log():
            assert time.monotonic() < end, f"{text!r} is not in the log:\n{self.log()}"
            await asyncio.sleep(0.02)


StartServer = Callable[..., Server]


@pytest.fixture(scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Start servers with arguments and variables of the environment; they end with the module."""
    servers: list[Server] = []

    def start(*arguments: str, script: tuple[str, ...] = (SCRIPTED,), **environment: str) -> Server:
        port = free_port()
        log_path = tmp_path_factory.mktemp("server") / "log"
        command = [sys.executable, *script, "serve", "--uri", f"tcp://127.0.0.1:{port}", *arguments]
        with log_path.open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stderr=log)
        server = Server(port, process, log_path)
        servers.append(server)
        end = time.monotonic() + 60
        while "Ready on" not in server.log():
            assert process.poll() is None, server.log()
            assert time.monotonic() < end, server.log()
            time.sleep(0.05)
        return server

    yield start
    for server in servers:
        server.process.terminate()
    for server in servers:
        server.process.wait(10)


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Server:
    """One server with scripted models, shared by the tests of a module."""
    return start_server()
