"""Loads the translator that a setting names."""

from pathlib import Path

from .instruct import Instruct
from .llama import ModelError, read_metadata
from .request import Translator
from .specialist import TOKENIZER_KEY, Specialist

EMBEDDED = Path(__file__).parent.parent / "models" / "translator.gguf"
"""The model that comes with the server."""


def load_translator(path: Path | None = None, threads: int = 2) -> Translator:
    """The translator in a file, by default the embedded one; raises ModelError.

    `path` may also be OWNER/REPOSITORY/FILE.gguf on the Hugging Face hub, which is downloaded once. A file made by
    `training` is run as a specialist, on one thread whatever `threads` says; any other as an instruct model.
    """
    file = _local(path or EMBEDDED)
    return Specialist(file) if read_metadata(file, TOKENIZER_KEY) else Instruct(file, threads)


def _local(path: Path) -> Path:
    if path.exists() or path.is_absolute() or len(path.parts) != 3 or path.suffix != ".gguf":
        return path
    from huggingface_hub import hf_hub_download  # noqa: PLC0415  (a home with the embedded model never needs it)
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError  # noqa: PLC0415

    owner, repository, name = path.parts
    try:
        return Path(hf_hub_download(f"{owner}/{repository}", name))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise ModelError(f"{path} can be neither read nor downloaded: {error}") from error
