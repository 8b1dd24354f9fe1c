"""What `python -m training train` can be told about fine-tuning."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    group = parser.add_argument_group(
        "fine-tuning", "With --base, an adapter (LoRA) on a public instruct model is trained instead of a specialist."
    )
    group.add_argument("--base", metavar="NAME|PATH", help="a model on the Hugging Face hub, or its folder")
    group.add_argument(
        "--four-bit", action="store_true", help="hold the base in 4 bits (QLoRA): needs an NVIDIA GPU and bitsandbytes"
    )
    group.add_argument("--rank", type=int, default=16, help="of the adapter's matrices")
    group.add_argument("--lora-rate", type=float, default=2e-4, help="highest learning rate of the adapter")
    group.add_argument("--rows", type=int, default=32, help="rows that are computed at once")
    group.add_argument("--accumulate", type=int, default=1, help="how many times --rows make one step")
