"""What a run depended on and is easily forgotten: code, packages, machine, files."""

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
"""The repository's root."""
GENERATED = ("training/experiments", "docs")
"""Folders that runs write themselves: a change there does not make the code another."""
PACKAGES = [
    "torch",
    "numpy",
    "scikit-learn",
    "tokenizers",
    "gguf",
    "transformers",
    "peft",
    "llama-cpp-python",
    "faster-whisper",
    "ctranslate2",
    "homeassistant",
    "hassil",
    "home-assistant-intents",
    "gazetteer-matcher",
]


def code() -> dict[str, Any]:
    """The commit, whether files differ from it, and a hash of how; the commit is None outside of a git checkout."""
    commit = _git("rev-parse", "HEAD")
    if commit is None:
        return {"commit": None, "dirty": None}
    others = [f":!{folder}" for folder in GENERATED]
    status = _git("status", "--porcelain", "--", ".", *others) or ""
    found: dict[str, Any] = {"commit": commit, "dirty": bool(status)}
    if status:
        difference = _git("diff", "HEAD", "--", ".", *others) or ""
        found["changes"] = hashlib.sha256((status + difference).encode()).hexdigest()[:12]
    return found


def versions() -> dict[str, str]:
    """Python's version and those of the packages that shape a result, as far as they are installed."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, Any]:
    """Processor, cores that may be used, memory in GiB, and the GPU where PyTorch is loaded and sees one."""
    found: dict[str, Any] = {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
    }
    if hasattr(os, "sysconf"):
        found["memory_gib"] = round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    torch = sys.modules.get("torch")  # never imported for this alone: it takes seconds
    if torch is not None and torch.cuda.is_available():
        found["gpu"] = torch.cuda.get_device_name()
    return found


def command() -> list[str]:
    """What was typed, without the interpreter, with paths from the repository's root: `["training", "train", ...]`."""
    program = Path(sys.argv[0])
    name = program.parent.name if program.name == "__main__.py" else relative(program)
    return [name, *(relative(Path(a)) if a.startswith("/") else a for a in sys.argv[1:])]


def relative(path: Path) -> str:
    """The path from the repository's root, so that records say nothing of this machine's folders."""
    return os.path.relpath(path, ROOT) if path.is_absolute() else str(path)


def hashes(files: Mapping[str, Path]) -> dict[str, dict[str, Any]]:
    """Name, size and hash of every file, or folder of files; a missing one is None under its hash."""
    return {name: {"path": relative(path), **_hash(path)} for name, path in files.items()}


def _hash(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {"sha256": None, "bytes": 0}
    digest, size = hashlib.sha256(), 0
    for file in sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts) or [path]:
        if file.is_dir():
            continue
        with file.open("rb") as stream:
            for block in iter(lambda: stream.read(1 << 20), b""):  # read at once, not later
                digest.update(block)
        size += file.stat().st_size
    return {"sha256": digest.hexdigest()[:16], "bytes": size}


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(ROOT), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith(("model name", "Model")):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown"
