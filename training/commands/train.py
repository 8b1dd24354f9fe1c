"""`python -m training train`: train the translator's model."""

import argparse
import logging
from pathlib import Path

from ..finetune import options as finetune_options


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--data", type=Path, default=Path("training/data/generated"), help="train.jsonl and held_out.jsonl"
    )
    parser.add_argument("--out", type=Path, required=True, help="the run's folder, say training/runs/today")
    parser.add_argument("--start", type=Path, help="a run or a shipped .gguf whose tokenizer and weights to begin with")
    parser.add_argument("--tokenizer", type=Path, help="a tokenizer.json to use instead of one made from the rows")
    parser.add_argument("--minutes", type=float, default=90, help="time to train; the learning rate ends at 0 with it")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--hidden", type=int, default=640)
    parser.add_argument("--vocabulary", type=int, default=4096)
    parser.add_argument("--optimizer", choices=("muon", "adamw"), default="muon")
    parser.add_argument("--rate", type=float, default=0.02)
    parser.add_argument("--rate-rest", type=float, default=0.003)
    parser.add_argument("--tokens", type=int, default=4096, help="padded tokens a step")
    parser.add_argument("--precision", choices=("bf16", "fp32"), default="bf16")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--eager", action="store_true", help="do not compile")
    finetune_options.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Train."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if arguments.base is not None:
        from ..finetune.recorded import run as finetune

        return finetune(arguments)
    import torch

    from ..allocation import keep_freed_memory
    from ..tracking.run import record_run
    from ..translator.recorded import RecordedRun
    from ..translator.run import Run, Settings
    from ..translator.shipped import Shipped
    from ..translator.train import train

    keep_freed_memory()
    torch.set_num_threads(arguments.threads)
    names = Settings.__dataclass_fields__
    settings = Settings(**{name: value for name, value in vars(arguments).items() if name in names})
    inputs = {"rows": arguments.data / "train.jsonl", "held out": arguments.data / "held_out.jsonl"}
    if arguments.tokenizer:
        inputs["tokenizer"] = arguments.tokenizer
    start: Run | Shipped | None = None
    if arguments.start:
        start = (Shipped if arguments.start.suffix == ".gguf" else Run)(arguments.start)
        inputs["start"] = start.checkpoint
    with record_run("train", seed=arguments.seed, inputs=inputs, config=vars(arguments)) as recorded:
        trained = RecordedRun(arguments.out, recorded)
        train(
            trained,
            settings,
            [inputs["rows"]],
            inputs["held out"],
            start=start,
            tokenizer=arguments.tokenizer,
            compiled=not arguments.eager,
        )
        recorded.inputs({"checkpoint": trained.checkpoint})
    return 0
