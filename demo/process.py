"""A child process with its own log file, which ends with the demo."""

import asyncio
import contextlib
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from .paths import HOST

STOP_SECONDS = 30
"""The longest that a child may take to end."""


class DemoError(Exception):
    """Something the demo needs did not work; the message is for the person who runs it."""


@dataclass(frozen=True)
class Process:
    """A running child and where it writes its log."""

    name: str
    child: asyncio.subprocess.Process
    log: Path

    @classmethod
    async def start(
        cls, name: str, command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
    ) -> Self:
        """Start a command in a session of its own, so that Ctrl-C reaches only us."""
        log = folder / "log" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            child = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=environment,
                start_new_session=True,
            )
        return cls(name, child, log)

    async def until_port_answers(self, port: int, seconds: float) -> None:
        """Wait until something listens; raises DemoError where the child ends before, or the time is over.

        Where it does not come to an answer, also because we are cancelled, the child is stopped.
        """
        try:
            await self._until_port_answers(port, seconds)
        except (DemoError, asyncio.CancelledError):
            await self.stop()
            raise

    async def _until_port_answers(self, port: int, seconds: float) -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            if self.child.returncode is not None:
                raise DemoError(f"{self.name} ended at its start; the last of {self.log}:\n{self.last_lines()}")
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection(HOST, port)
                writer.close()
                return
            if asyncio.get_running_loop().time() > deadline:
                raise DemoError(f"{self.name} does not answer on port {port} after {seconds:.0f} s; see {self.log}")
            await asyncio.sleep(0.1)

    def last_lines(self, count: int = 10) -> str:
        """The end of the log."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])

    async def stop(self) -> None:
        """Ask it to end, and insist after STOP_SECONDS."""
        if self.child.returncode is not None:
            return
        self.child.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self.child.wait()
        except TimeoutError:
            self.child.kill()
            await self.child.wait()
