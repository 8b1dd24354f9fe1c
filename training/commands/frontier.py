"""`python -m training frontier RUN...`: what size and type of weights cost and bring, through the shipped server."""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from ..evaluation.measure import Measured, measure
from ..evaluation.predict import ask_server
from ..evaluation.rows import load_rows
from ..evaluation.tiers import OWN, Views, public_rows
from ..tracking.run import record_run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("runs", type=Path, nargs="+", help="folders of trained and calibrated runs")
    parser.add_argument("--types", nargs="+", default=["q8_0"], help="of the weights: q8_0, q5_0, q4_0, f16, f32")
    parser.add_argument("--rows", type=Path, nargs="+", help="files of rows instead of the public sets and our own")


def run(arguments: argparse.Namespace) -> int:
    """Export every run in every type, ask all rows, and leave one record."""
    from ..translator.run import Run

    given = load_rows(arguments.rows) if arguments.rows else None
    views: Views = {
        "dev": public_rows() if given is None else given,
        "own": load_rows([OWN]) if given is None else given,
    }
    with (
        record_run(
            "frontier", inputs={r.name: Run(r).checkpoint for r in arguments.runs}, config=vars(arguments)
        ) as made,
        tempfile.TemporaryDirectory() as folder,
    ):
        models = made.metrics["models"] = []
        for trained in arguments.runs:
            for kind in arguments.types:
                models.append(_measured(trained, kind, Path(folder) / "model.gguf", views))
                sys.stdout.write(_line(models[-1]))
    return 0


def _measured(folder: Path, kind: str, file: Path, views: Views) -> dict[str, Any]:
    from ..translator.export import Labels, export
    from ..translator.run import Run

    trained = Run(folder)
    confidence = json.loads((folder / "confidence.json").read_text(encoding="utf-8"))
    model = trained.model()
    export(model, trained.tokenizer_json, file, Labels("frontier", confidence), kind)
    by_view: dict[str, Measured] = {m.view: m for m in measure(views, lambda rows: ask_server(rows, file))}
    times = by_view["own"].metrics().get("ms", {})
    return {
        "name": folder.name,
        "type": kind,
        "parameters": sum(weights.numel() for weights in model.parameters()),
        "minutes": trained.settings.minutes,
        "megabytes": round(file.stat().st_size / 1e6, 2),
        "exact": round(by_view["dev"].scores.due["all"].exact.share, 4) if by_view["dev"].scores.due else 0.0,
        "own": round(by_view["own"].scores.due["all"].exact.share, 4),
        "p50": times.get("p50", 0.0),
        "p95": times.get("p95", 0.0),
    }


def _line(model: dict[str, Any]) -> str:
    size = f"{model['parameters'] / 1e6:5.1f} M weights {model['type']:5} {model['megabytes']:6.1f} MB"
    exact = f"dev exact {model['exact']:.1%}, own {model['own']:.1%}"
    return f"{model['name']:20}{size}  {exact}  p50 {model['p50']} ms, p95 {model['p95']} ms\n"
