"""What the machine has: cores worth using, memory, and graphics processors that can compute."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Machine:
    """The machine as models see it."""

    cores: int
    """Cores that are as fast as the fastest."""
    memory: float
    """Gigabytes."""
    gpus: int = 0

    @classmethod
    def here(cls) -> "Machine":
        """The machine that we run on."""
        import ctranslate2  # noqa: PLC0415  (half a second)

        return cls(fast_cores(), _memory(), ctranslate2.get_cuda_device_count())

    def __str__(self) -> str:
        """In words, e.g. "4 fast cores, 8 GB"."""
        gpus = f", {self.gpus} GPU" if self.gpus else ""
        return f"{self.cores} fast core{'s' * (self.cores != 1)}, {self.memory:.0f} GB{gpus}"


def fast_cores() -> int:
    """Cores that are as fast as the fastest, of those this process may use.

    Boards such as the Rock Pi 5 pair fast cores with slow ones; a model that spreads over both waits for the slow ones.
    """
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
    capacities = [_capacity(core) for core in cores]
    fastest = max(capacities, default=0)
    return max(1, sum(capacity == fastest for capacity in capacities))


def default_threads() -> int:
    """Threads for one model: small models gain nothing from more than four."""
    return min(4, fast_cores())


def _memory() -> float:
    """Gigabytes that this process may use: the machine's, or less in a container."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = int(Path("/sys/fs/cgroup/memory.max").read_text())
    except (OSError, ValueError):
        limit = machine
    return min(machine, limit) / 1e9


def _capacity(core: int) -> int:
    """How fast a core is among the others; 0 where the system does not say."""
    try:
        return int(Path(f"/sys/devices/system/cpu/cpu{core}/cpu_capacity").read_text())
    except (OSError, ValueError):
        return 0
