"""A fine-tuning run's folder: settings, the adapter's checkpoint, figures."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ..translator.folder import Folder


@dataclass(frozen=True)
class Settings:
    """What a run is made from."""

    base: str
    """A folder, or a name on the Hugging Face hub."""
    minutes: float
    revision: str | None = None
    """The base's commit on the hub; None for a folder."""
    four_bit: bool = False
    """The base is held in 4 bits while its adapter is trained (QLoRA)."""
    rank: int = 16
    """Rank of the adapter's matrices."""
    lora_rate: float = 2e-4
    """Highest learning rate."""
    rows: int = 32
    """Rows that share one reading of the catalogue."""
    accumulate: int = 1
    """How many times `rows` make one step."""
    precision: str = "bf16"
    """On a GPU; a CPU computes in fp32."""
    seed: int = 1


class FinetuneRun(Folder):
    """The folder of one run."""

    @staticmethod
    def is_at(folder: Path) -> bool:
        """Whether a run of this kind is there."""
        return (folder / "finetune.json").exists()

    def save_settings(self, settings: Settings) -> None:
        """Write what the run is made from."""
        self._file.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")

    @property
    def settings(self) -> Settings:
        """The settings on disk."""
        return Settings(**json.loads(self._file.read_text(encoding="utf-8")))

    @property
    def adapter(self) -> Path:
        """Where the finished adapter is, in the format of peft."""
        return self.folder / "adapter"

    @property
    def _file(self) -> Path:
        return self.folder / "finetune.json"
