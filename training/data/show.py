"""What comes out of templates, for the eye of whoever wrote them."""

import random
from collections.abc import Iterator
from pathlib import Path

from wyoming_server.calls import render

from .rows import Row
from .surface import dress
from .templates import read_templates, template_files
from .words import TEMPLATES, Words


def show(language: str, count: int, only: str, seed: int, folder: Path = TEMPLATES) -> Iterator[str]:
    """`count` utterances of every file whose name holds `only`, each with its calls; raises TemplateError."""
    words, rng = Words(language, folder), random.Random(seed)
    for path in template_files(language, folder):
        if only not in path.stem:
            continue
        templates = read_templates(path)
        yield f"{language}/{path.name}"
        for template in rng.choices(templates, k=count):
            said = template.expand(words, rng)
            row = dress(Row("templates", language, said.text, said.calls, said.previous), words, rng)
            before = f"{row.previous} => " if row.previous else ""
            yield f"  {row.text}\n    {before}{render(row.calls).replace(chr(10), ' ; ')}"
