"""Which ear listens: the embedded one, a folder, or a public model by name."""

from pathlib import Path

from ..failure import Failure
from .ear import Ear

EMBEDDED = Path(__file__).parent.parent / "models" / "ear"


def load_ear(choice: str, *, threads: int) -> Ear:
    """Load an ear by "embedded", a path or the name of a public model; raises Failure."""
    from .whisper import WhisperEar  # noqa: PLC0415  (half a second that `translate` need not wait)

    if choice == "embedded":
        if not (EMBEDDED / "model.bin").is_file():
            raise Failure("The embedded ear is not in this installation; choose one with --ear NAME or --ear PATH.")
        return WhisperEar(EMBEDDED, "embedded", threads=threads)
    folder = Path(choice).expanduser()
    if folder.is_dir():
        return WhisperEar(folder, folder.resolve().name, threads=threads)
    raise Failure(f"There is no folder {choice}.")
