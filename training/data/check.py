"""The check of template files that a contributor runs before a commit."""

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from wyoming_server.catalogue import catalogue

from .templates import Template, TemplateError, read_templates, template_files
from .words import TEMPLATES, Words

DRAWS = 8
"""Times that every template is expanded."""


def check_language(language: str, folder: Path = TEMPLATES) -> tuple[list[str], list[str]]:
    """Check every template of a language; returns what is to be printed and what is wrong."""
    errors: list[str] = []
    report: list[str] = []
    words = Words(language, folder)
    functions: Counter[str] = Counter()
    rng = random.Random(language)
    for path in template_files(language, folder):
        try:
            templates = read_templates(path)
        except TemplateError as error:
            errors.append(str(error))
            continue
        for template in templates:
            errors += _check(template, words, rng)
            functions.update(set(template.functions))
        wordings = sum(t.phrase.variants() for t in templates)
        report.append(f"{language}/{path.name:24} {len(templates):6} templates {wordings:9} wordings")
    errors += _check_lists(words, language)
    missing = [name for name in catalogue() if name not in functions]
    report.append(
        f"{language}: {functions.total()} templates, {len(words.lists)} word lists, no template for: {missing}"
    )
    return report, errors


def _check(template: Template, words: Words, rng: random.Random) -> Iterable[str]:
    """What is wrong with one template."""
    unknown = sorted(key for key in template.slots() if not words.knows(key))
    if unknown:
        return [f"{template.place}: no such slot: {', '.join(unknown)}"]
    known = template.phrase.always() | set(template.previous.slots() if template.previous else ())
    asked = {key for call in template.calls for key in call.slots() if not key.endswith("?")}
    missing = sorted(asked - known)
    if missing:
        return [f"{template.place}: not said in every wording: {', '.join(missing)}"]
    for _ in range(DRAWS):
        try:
            said = template.expand(words, rng)
        except TemplateError as error:
            return [str(error)]
        if not said.text:
            return [f"{template.place}: nothing is said"]
    return []


def _check_lists(words: Words, language: str) -> Iterable[str]:
    """What is wrong with the slots inside word lists."""
    for name, entries in words.lists.items():
        for entry in entries.entries:
            for key in entry.phrase.slots():
                if not words.knows(key):
                    yield f"{language}: words/{name}.txt: no such slot: {key}"
