"""`python -m training export`: write a trained translator as GGUF."""

import argparse
import json
import logging
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("run", type=Path, help="the run's folder")
    parser.add_argument("--out", type=Path, default=Path("wyoming_server/models/translator.gguf"))
    parser.add_argument("--type", choices=("q8_0", "f16", "f32"), default="q8_0", dest="kind")
    parser.add_argument("--version", default="1")


def run(arguments: argparse.Namespace) -> int:
    """Export."""
    from ..translator.export import Labels, export
    from ..translator.run import Run

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    trained = Run(arguments.run)
    measured = trained.folder / "confidence.json"
    confidence = json.loads(measured.read_text(encoding="utf-8")) if measured.exists() else {}
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    export(
        trained.model(), trained.tokenizer_json, arguments.out, Labels(arguments.version, confidence), arguments.kind
    )
    logging.getLogger(__name__).info("%s: %.2f MB", arguments.out, arguments.out.stat().st_size / 1e6)
    return 0
