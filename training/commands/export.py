"""`python -m training export`: write a trained translator as GGUF."""

import argparse
import json
import logging
from pathlib import Path

_LOG = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("run", type=Path, help="the run's folder")
    parser.add_argument(
        "--out",
        type=Path,
        help="default: the server's own wyoming_server/models/translator.gguf; RUN/model.gguf after --base",
    )
    parser.add_argument("--type", choices=("q8_0", "q5_0", "q4_0", "f16", "f32"), default="q8_0", dest="kind")
    parser.add_argument("--version", default="1")


def run(arguments: argparse.Namespace) -> int:
    """Export."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if (arguments.run / "finetune.json").exists():
        return _export_finetuned(arguments.run, arguments.out or arguments.run / "model.gguf", arguments)
    return _export_specialist(arguments.out or Path("wyoming_server/models/translator.gguf"), arguments)


def _export_specialist(out: Path, arguments: argparse.Namespace) -> int:
    from ..translator.export import Labels, export
    from ..translator.run import Run

    trained = Run(arguments.run)
    measured = trained.folder / "confidence.json"
    confidence = json.loads(measured.read_text(encoding="utf-8")) if measured.exists() else {}
    out.parent.mkdir(parents=True, exist_ok=True)
    export(trained.model(), trained.tokenizer_json, out, Labels(arguments.version, confidence), arguments.kind)
    _LOG.info("%s: %.2f MB", out, out.stat().st_size / 1e6)
    return 0


def _export_finetuned(run: Path, out: Path, arguments: argparse.Namespace) -> int:
    from ..finetune.export import export
    from ..finetune.run import FinetuneRun

    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        export(FinetuneRun(run), out, arguments.version, arguments.kind)
    except (ValueError, OSError) as error:
        _LOG.error("%s", error)
        return 2
    _LOG.info("%s: %.2f MB", out, out.stat().st_size / 1e6)
    return 0
