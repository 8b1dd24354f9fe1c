"""docs/catalogue.md, made from the catalogue: `python -m wyoming_server.catalogue_page`."""

from itertools import groupby
from pathlib import Path

from .catalogue import Function, catalogue

INTRODUCTION = """# Function catalogue

What the model may call, made from `wyoming_server/catalogue.py` by `python -m wyoming_server.catalogue_page`. Arguments
are keyword-only; those with a star are required, the others are left out where nothing was said. Untyped arguments hold
the spoken words.
"""


def markdown() -> str:
    """The page: a table for each skill."""
    parts = [INTRODUCTION]
    for skill, functions in groupby(catalogue().values(), key=lambda function: function.skill):
        parts.append(f"\n## {skill.capitalize()}\n\n| function | arguments | what it does |\n| --- | --- | --- |\n")
        parts += [f"| `{f.name}` | {_arguments(f)} | {f.purpose} |\n" for f in functions]
    return "".join(parts)


def _arguments(function: Function) -> str:
    """The arguments with their types: `level*: int`, ..."""
    inside = function.signature[len(function.name) + 1 : -1]
    shown = []
    for argument in filter(None, inside.split(", ")):
        name, colon, kind = argument.partition(": ")
        star = "*" if function.parameters[name].required else ""
        shown.append(f"`{name}{star}{colon}{kind}`".replace("|", "/"))
    return ", ".join(shown)


if __name__ == "__main__":
    (Path(__file__).parents[1] / "docs" / "catalogue.md").write_text(markdown(), encoding="utf-8")
