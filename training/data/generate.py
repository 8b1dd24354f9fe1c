"""The training rows: all sources mixed, what measures kept out, some rows held out."""

import argparse
import hashlib
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from wyoming_server.catalogue import catalogue

from ..evaluation.tiers import OWN
from . import mixture
from .convention import conventional
from .from_templates import Sampler
from .never import Never, read_texts
from .public import read_public
from .rows import Row, write_rows
from .standard_sentences import standard_rows
from .swapped import swap

CHUNK = 20_000
"""Rows that one task draws; each task has its own seed, so that the number of processes changes nothing."""


@dataclass
class Sieve:
    """Lets a row through once, and no row that measures; counts what it holds back."""

    never: Never
    seen: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    held_back: Counter[str] = field(default_factory=Counter)

    def passes(self, row: Row) -> bool:
        """Whether the row is new and may be trained on."""
        key = row.key
        calls = tuple(map(str, row.calls))
        reason = ""
        if not key[0]:
            reason = "empty"
        elif key in self.seen:
            reason = "repeated" if self.seen[key] == calls or row.text.islower() else "other case"
            if tuple(c.lower() for c in self.seen[key]) != tuple(c.lower() for c in calls):
                reason = "contradicting"
        elif self.never.exact(row.text):
            reason = "measured, exact"
        elif self.never.near(row.text):
            reason = "measured, near"
        else:
            self.seen[key] = calls
        self.held_back[reason] += bool(reason)
        return not reason


def measured(further: Iterable[Path] = ()) -> Never:
    """The texts that no row may have: of the rows that are never trained on, and of `further` data files.

    The must tier is no such set: it holds what everybody says ("louder"), and says whether it still works.
    """
    ours = sorted(OWN.rglob("*.jsonl"))
    return Never(read_texts([*ours, *further]))


def generate(arguments: argparse.Namespace) -> int:
    """Write train.jsonl and held_out.jsonl as the command's options say; returns the exit status."""
    languages = {name: share for name, share in mixture.LANGUAGES.items() if name in arguments.languages}
    sieve = Sieve(measured(arguments.never))
    rows = [row for row in map(conventional, _draw(arguments, languages)) if sieve.passes(row)]
    random.Random(arguments.seed).shuffle(rows)
    arguments.out.mkdir(parents=True, exist_ok=True)
    held_out = [row for row in rows if _is_held_out(row)]
    train = [row for row in rows if not _is_held_out(row)]
    write_rows(arguments.out / "train.jsonl", train)
    write_rows(arguments.out / "held_out.jsonl", held_out)
    sys.stdout.write(_report(train, held_out, sieve))
    return 0


def _draw(arguments: argparse.Namespace, languages: Mapping[str, float]) -> Iterator[Row]:
    """Rows of every source, public ones first, so that a generated row never takes the place of one."""
    sources = dict(mixture.SOURCES)
    public: list[Row] = []
    if arguments.public:
        public = [*read_public(arguments.public, set(languages))]
        yield from public
    else:
        sources.pop("swapped")
    sources.pop("public")
    rest = max(0, arguments.rows - len(public))
    shares = {
        (source, language): rest * sources[source] / sum(sources.values()) * share / sum(languages.values())
        for source in sources
        for language, share in languages.items()
    }
    tasks = [
        (source, language, min(CHUNK, round(count) - start), f"{arguments.seed}-{source}-{language}-{start}", public)
        for (source, language), count in shares.items()
        for start in range(0, round(count), CHUNK)
    ]
    if arguments.jobs == 1:
        for task in tasks:
            yield from _chunk(task)
        return
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for chunk in pool.map(_chunk, tasks):
            yield from chunk


def _chunk(task: tuple[str, str, int, str, list[Row]]) -> list[Row]:
    """Draw one task's rows."""
    source, language, count, seed, public = task
    rng = random.Random(seed)
    match source:
        case "templates":
            sampler = Sampler(language)
            return [*islice(sampler.rows(rng), count)] if sampler else []
        case "swapped":
            return [*islice(swap(public, language, rng), count)]
        case "ha-templates":
            return [*islice(standard_rows(language, rng), count)]
    return []


def _is_held_out(row: Row) -> bool:
    digest = hashlib.sha1(row.key[0].encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:4], "big") < mixture.HELD_OUT * 2**32


def _report(train: list[Row], held_out: list[Row], sieve: Sieve) -> str:
    """What went in, by source, language and skill, and what was held back."""
    skills = {name: function.skill for name, function in catalogue().items()}
    lines = [f"{len(train)} rows to train on, {len(held_out)} held out"]
    for title, counts in (
        ("source", Counter(row.source for row in train)),
        ("language", Counter(row.lang for row in train)),
        ("skill", Counter("several" if len(row.calls) > 1 else skills[row.calls[0].name] for row in train)),
        ("function", Counter(name for row in train for name in row.functions)),
        ("held back", sieve.held_back),
    ):
        lines.append(f"{title}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common() if count))
    functions = {name for row in train for name in row.functions}
    lines.append(f"without a row: {sorted(set(catalogue()) - functions)}")
    return "\n".join(lines) + "\n"
