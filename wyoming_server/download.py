"""Public models from the Hugging Face hub: fetched once, resumed after a break, verified, then used without network.

The hub's own library throws an unfinished file away (since version 2 it cannot go on where it stopped), and half a
gigabyte over a home's line deserves better. `HF_ENDPOINT` names another hub that speaks the same API.
"""

import fnmatch
import hashlib
import http.client
import json
import logging
import os
import re
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .failure import Failure

LOGGER = logging.getLogger(__name__)

HUB = "https://huggingface.co"
TIMEOUT = 30.0
"""Seconds without a byte after which a connection counts as broken."""
ATTEMPTS = 4
BLOCK = 1 << 20
SAY_EVERY = 5.0
"""Seconds between two lines of progress."""
FINISHED = "download.json"
"""Written last: what was fetched, with sizes. A folder without it is not complete."""


@dataclass(frozen=True)
class _File:
    """One file in a repository: its size in bytes and either digest that the hub gives."""

    name: str
    size: int
    sha256: str | None
    git_sha1: str | None


def models_folder() -> Path:
    """Where fetched models are kept: LOCAL_LLM_VOICE_MODELS, else the user's cache folder."""
    if chosen := os.environ.get("LOCAL_LLM_VOICE_MODELS"):
        return Path(chosen).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(cache).expanduser() / "local-llm-voice"


def fetched(repository: str) -> Path | None:
    """The folder of a repository that was fetched completely; None where it was not. Uses no network."""
    folder = _folder(repository)
    try:
        sizes = json.loads((folder / FINISHED).read_text(encoding="utf-8"))["sizes"]
        complete = all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return folder if complete else None


def fetch(repository: str, patterns: Sequence[str]) -> Path:
    """The folder with the files of a repository ("owner/name") that match, fetched where they are not there yet.

    Raises Failure with one sentence: no network, no such repository, no room, or files that stay damaged.
    """
    if (folder := fetched(repository)) is not None:
        return folder
    folder = _folder(repository)
    commit, files = _list_files(repository, patterns)
    if not files:
        raise Failure(f"{repository} holds none of {', '.join(patterns)}.")
    total = sum(file.size for file in files)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < total * 1.05:
            raise Failure(f"There is no room for the {total / 1e6:.0f} MB of {repository} in {folder}.")
        LOGGER.warning("Fetching %s (%.0f MB) into %s", repository, total / 1e6, folder)
        for file in sorted(files, key=lambda file: file.size):
            _fetch_file(
                f"{_hub()}/{repository}/resolve/{commit}/{urllib.parse.quote(file.name)}", file, folder / file.name
            )
        finished = {"repository": repository, "commit": commit, "sizes": {file.name: file.size for file in files}}
        (folder / FINISHED).write_text(json.dumps(finished, indent=1), encoding="utf-8")
    except OSError as error:
        raise Failure(f"Cannot write the model into {folder}: {error.strerror or error}.") from error
    return folder


def _folder(repository: str) -> Path:
    if not re.fullmatch(r"[\w.\-]+/[\w.\-]+", repository) or ".." in repository:
        raise Failure(f"{repository} is not the name of a repository, such as Systran/faster-whisper-base.")
    return models_folder() / repository.replace("/", "--")


def _hub() -> str:
    return (os.environ.get("HF_ENDPOINT") or HUB).rstrip("/")


def _list_files(repository: str, patterns: Sequence[str]) -> tuple[str, list[_File]]:
    """The newest commit of a repository, and its files that match."""
    url = f"{_hub()}/api/models/{repository}/revision/main?blobs=true"
    try:
        with _open(url) as answer:
            data = json.load(answer)
        files = [
            _File(
                name=str(one["rfilename"]),
                size=int(one["size"]),
                sha256=(one.get("lfs") or {}).get("sha256"),
                git_sha1=one.get("blobId"),
            )
            for one in data["siblings"]
            if any(fnmatch.fnmatch(one["rfilename"], pattern) for pattern in patterns)
        ]
        commit = str(data["sha"])
    except urllib.error.HTTPError as error:
        reason = "there is no such model" if error.code in (401, 404) else f"it answers {error.code} {error.reason}"
        raise Failure(f"Cannot fetch {repository} from {_hub()}: {reason}.") from error
    except (OSError, http.client.HTTPException) as error:
        raise Failure(f"Cannot reach {_hub()} to fetch {repository}: {_reason(error)}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Failure(f"{_hub()} does not answer like the Hugging Face hub.") from error
    if any(".." in file.name or file.name.startswith("/") or file.size < 0 for file in files):
        raise Failure(f"{repository} has files with strange names.")
    return commit, files


def _fetch_file(url: str, file: _File, target: Path) -> None:
    """Fetch one file, going on where an earlier attempt stopped, and verify it."""
    if target.is_file() and _is_intact(target, file):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    trouble = ""
    for attempt in range(ATTEMPTS):
        if attempt:
            LOGGER.warning("%s; trying again", trouble)
            time.sleep(attempt)
        try:
            _continue(url, file, part)
        except urllib.error.HTTPError as error:
            part.unlink(missing_ok=True)
            trouble = f"{file.name}: the hub answers {error.code}"
            continue
        except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
            trouble = f"{file.name}: the connection broke ({_reason(error)})"
            continue
        if _is_intact(part, file):
            part.replace(target)
            return
        part.unlink()
        trouble = f"{file.name} arrived damaged"
    raise Failure(f"{trouble}. What was fetched is kept; start again to go on.")


def _continue(url: str, file: _File, part: Path) -> None:
    """Append what is missing of a file; where the hub cannot go on in the middle, begin anew."""
    have = part.stat().st_size if part.exists() else 0
    if have > file.size:
        part.unlink()
        have = 0
    if have == file.size and have:
        return
    with _open(url, {"Range": f"bytes={have}-"} if have else {}) as answer:
        if answer.status != 206:
            have = 0
        said = time.monotonic()
        with part.open("ab" if have else "wb") as out:
            while block := answer.read(BLOCK):
                out.write(block)
                have += len(block)
                if time.monotonic() - said > SAY_EVERY:
                    said = time.monotonic()
                    LOGGER.warning("%s: %.0f of %.0f MB", file.name, have / 1e6, file.size / 1e6)
    if have < file.size:
        raise ConnectionError("it ended early")


def _is_intact(path: Path, file: _File) -> bool:
    """Whether a file is what the hub says it is: SHA-256 of large files, git's SHA-1 of small ones."""
    if path.stat().st_size != file.size:
        return False
    digest = hashlib.sha256() if file.sha256 else hashlib.sha1(f"blob {file.size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as data:
        while block := data.read(BLOCK):
            digest.update(block)
    expected = file.sha256 or file.git_sha1
    return expected is None or digest.hexdigest() == expected


def _open(url: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise Failure(f"{url} is not a web address.")
    request = urllib.request.Request(url, headers={"User-Agent": "local-llm-voice", **(headers or {})})  # noqa: S310
    answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=TIMEOUT)  # noqa: S310
    return answer


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return str(getattr(reason, "strerror", None) or reason) or type(error).__name__
