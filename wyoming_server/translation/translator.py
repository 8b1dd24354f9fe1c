"""Loads the translator that a setting names."""

from pathlib import Path

from .request import Translator
from .specialist import Specialist

EMBEDDED = Path(__file__).parent.parent / "models" / "translator.gguf"
"""The model that comes with the server."""


def load_translator(path: Path | None = None, threads: int = 2) -> Translator:
    """The translator in `path`, by default the embedded one; raises ModelError."""
    return Specialist(path or EMBEDDED, threads)
