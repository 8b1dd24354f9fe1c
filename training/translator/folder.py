"""A training run's folder on disk: the newest checkpoint, the figures."""

import json
from pathlib import Path
from typing import Any

import torch


class Folder:
    """What every kind of run keeps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def checkpoint(self) -> Path:
        """Where the newest weights are."""
        return self.folder / "checkpoint.pt"

    def save(self, state: dict[str, Any]) -> None:
        """Write a checkpoint; the one before stays until this one is whole."""
        part = self.checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.checkpoint)

    def load(self) -> dict[str, Any]:
        """The newest checkpoint."""
        state: dict[str, Any] = torch.load(self.checkpoint, map_location="cpu", weights_only=True)
        return state

    def log(self, **figures: float) -> None:
        """Add a line of figures."""
        with (self.folder / "figures.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(figures) + "\n")
