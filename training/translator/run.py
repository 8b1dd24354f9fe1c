"""A training run's folder: settings, tokenizer, checkpoint, figures."""

import json
from dataclasses import asdict, dataclass

from tokenizers import Tokenizer

from wyoming_server.translation.vocabulary import Vocabulary

from .folder import Folder
from .model import Model, Shape


@dataclass(frozen=True)
class Settings:
    """What a run is made from."""

    minutes: float
    width: int = 256
    layers: int = 4
    heads: int = 4
    hidden: int = 640
    vocabulary: int = 4096
    optimizer: str = "muon"
    rate: float = 0.02
    """Highest learning rate of the layers' matrices."""
    rate_rest: float = 0.003
    """Highest learning rate of embeddings and norms (and of all with "adamw")."""
    tokens: int = 4096
    """Padded tokens a step."""
    precision: str = "bf16"
    seed: int = 1

    @property
    def shape(self) -> Shape:
        """The network's size."""
        return Shape(self.vocabulary, self.width, self.layers, self.heads, self.hidden)


class Run(Folder):
    """The folder of one run."""

    def save_settings(self, settings: Settings, tokenizer: Tokenizer) -> None:
        """Write what the run is made from."""
        (self.folder / "settings.json").write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
        tokenizer.save(str(self.folder / "tokenizer.json"))

    @property
    def settings(self) -> Settings:
        """The settings on disk."""
        return Settings(**json.loads((self.folder / "settings.json").read_text(encoding="utf-8")))

    @property
    def tokenizer_json(self) -> str:
        """The tokenizer file's text."""
        return (self.folder / "tokenizer.json").read_text(encoding="utf-8")

    @property
    def vocabulary(self) -> Vocabulary:
        """The run's tokens."""
        return Vocabulary.from_json(self.tokenizer_json)

    def model(self) -> Model:
        """The trained network."""
        model = Model(self.settings.shape)
        model.load_state_dict(self.load()["model"])
        return model.eval()
