"""What the machine has: cores worth using, and memory."""

import os
from pathlib import Path


def fast_cores() -> int:
    """Cores that are as fast as the fastest, of those this process may use.

    Boards such as the Rock Pi 5 pair fast cores with slow ones; a model that spreads over both waits for the slow ones.
    """
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
    capacities = [_number(Path(f"/sys/devices/system/cpu/cpu{core}/cpu_capacity")) for core in cores]
    fastest = max(capacities, default=0)
    return max(1, sum(capacity == fastest for capacity in capacities))


def default_threads() -> int:
    """Threads for one model: small models gain nothing from more than four."""
    return min(4, fast_cores())


def memory_gigabytes() -> float:
    """Memory of the machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _number(path: Path) -> int:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return 0
