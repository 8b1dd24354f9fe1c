"""Which ear listens: the embedded one, a folder, or a public Whisper model by name."""

import logging
from pathlib import Path

from faster_whisper.utils import _MODELS as PUBLIC

from ..download import fetch
from ..failure import Failure
from ..machine import Machine
from .ear import Ear

LOGGER = logging.getLogger(__name__)

EMBEDDED = "embedded"
AUTO = "auto"
EMBEDDED_FOLDER = Path(__file__).parent.parent / "models" / "ear"
FILES = ("config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*")


def load_ear(choice: str, *, threads: int, language: str | None = None) -> Ear:
    """Load an ear: "embedded", "auto" (a public model that fits the machine), a folder, or a public model's name.

    A public model is fetched once. Raises Failure.
    """
    if choice == EMBEDDED:
        if not (EMBEDDED_FOLDER / "model.bin").is_file():
            raise Failure("The embedded ear is not in this installation; choose one with --ear NAME or --ear PATH.")
        machine = Machine.here()
        LOGGER.info(
            "The embedded ear was made on synthetic speech. For real voices: --ear auto (%s)",
            recommend(machine, language)[1],
        )
        return _load(EMBEDDED_FOLDER, EMBEDDED, threads)
    choice = _named(choice, language)
    folder = Path(choice).expanduser()
    if folder.is_dir():
        return _load(folder, folder.resolve().name, threads)
    return _load(fetch(repository(choice), FILES), choice.rsplit("/", 1)[-1], threads)


def fetch_ear(choice: str, language: str | None) -> Path:
    """The folder of a public model by name or "auto", fetched where it is not there yet; raises Failure."""
    return fetch(repository(_named(choice, language)), FILES)


def _named(choice: str, language: str | None) -> str:
    """The choice, where it is "auto" the name of the model that fits the machine."""
    if choice != AUTO:
        return choice
    name, reason = recommend(Machine.here(), language)
    LOGGER.info("Ear: %s", reason)
    return name


def repository(name: str) -> str:
    """The hub's repository of a public model, such as "base" or "Systran/faster-whisper-base"; raises Failure."""
    if name in PUBLIC:
        return str(PUBLIC[name])
    if name.count("/") == 1 and not name.startswith((".", "/", "~")):
        return name
    raise Failure(f"{name} is no folder and no public model; known are {', '.join(PUBLIC)}.")


def recommend(machine: Machine, language: str | None) -> tuple[str, str]:
    """The public model for a machine, and the reason in one sentence.

    A command of 3 s should be transcribed within the 0.7 s of silence that Home Assistant waits. Measured on commands
    of 2 s on one core at 2.45 GHz, all in all: tiny 0.2 s, base 0.4 s; small takes about 3 times as much as base. A
    core of the RK3588 needs about twice as long, and there are four.
    """
    if machine.gpus:
        size, why = "large-v3-turbo", "there is a GPU"
    elif machine.cores >= 8 and machine.memory >= 6:
        size, why = "small", "8 or more fast cores"
    elif machine.cores >= 2 and machine.memory >= 1.5:
        size, why = "base", "2 or more fast cores"
    else:
        size, why = "tiny", "the machine is small"
    if language == "en" and size in ("tiny", "base", "small"):
        size += ".en"
    return size, f"{size}, because {why} ({machine})"


def _load(folder: Path, name: str, threads: int) -> Ear:
    if not (folder / "tokenizer.json").is_file():
        raise Failure(f"{folder} holds no tokenizer.json, so it is no complete model.")
    from .whisper import WhisperEar  # noqa: PLC0415  (a second that other commands need not wait)

    return WhisperEar(folder, name, threads=threads)
