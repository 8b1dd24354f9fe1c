"""Which rows are measured when: must (never fail), quick (seconds), own (never trained on), dev, nightly (all)."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path

from .noise import noised
from .rows import PUBLIC_DEV, Row, Scope, load_rows

MUST = Path(__file__).parent / "must"
OWN = Path(__file__).parent / "own"
KNOWN_FAILURES = MUST / "known_failures.txt"
QUICK_ROWS = 150


class Tier(Enum):
    """A set of views that is measured in one go."""

    MUST = "must"
    """Everyday commands: all right, or the build is red."""
    QUICK = "quick"
    """About 150 rows over all languages and skills, in under 30 s; compared with the last accepted run."""
    OWN = "own"
    """Utterances of ours that are never trained on."""
    DEV = "dev"
    """The public sets."""
    NIGHTLY = "nightly"
    """Everything, with copies as a speech recognizer would mishear them."""


Views = Mapping[str, Sequence[Row]]
"""Rows by what they are called in tables."""


def views(tier: Tier) -> Views:
    """The rows of a tier; the public sets are left out where they do not lie beside the repository."""
    match tier:
        case Tier.MUST:
            return {"must": load_rows([MUST])}
        case Tier.OWN:
            return {"own": load_rows([OWN])}
        case Tier.QUICK:
            return {"quick": stratified([*public_rows(), *load_rows([OWN])], QUICK_ROWS)}
        case Tier.DEV:
            return {"dev": public_rows()} if PUBLIC_DEV.exists() else {}
        case Tier.NIGHTLY:
            own = load_rows([OWN])
            ambient = [row for row in own if row.scope is Scope.OUT]
            public = {"dev": public_rows(), "dev, misheard": noised(public_rows())} if PUBLIC_DEV.exists() else {}
            return {"must": load_rows([MUST]), **public, "own": own, "own, misheard": noised(own), "ambient": ambient}


def public_rows() -> list[Row]:
    """The scored rows of the public sets; none where they do not lie beside the repository."""
    return [row for row in load_rows([PUBLIC_DEV]) if row.scored] if PUBLIC_DEV.exists() else []


def stratified(rows: Iterable[Row], count: int) -> list[Row]:
    """The same `count` rows every time, as even over language, skill and source as they can be; English goes first."""
    groups: dict[tuple[str, str, bool], list[Row]] = defaultdict(list)
    for row in rows:
        if row.scored:
            groups[row.language, row.skill, row.source == "own"].append(row)
    ranked = [
        (rank, row.language != "en", hashlib.sha256(row.id.encode()).hexdigest(), row)
        for group in groups.values()
        for rank, row in enumerate(sorted(group, key=lambda r: hashlib.sha256(r.id.encode()).digest()))
    ]
    return [row for *_, row in sorted(ranked, key=lambda entry: entry[:3])[:count]]


def known_failures() -> frozenset[str]:
    """Ids of must rows that the shipped model is known to get wrong; the list may only shrink."""
    lines = KNOWN_FAILURES.read_text(encoding="utf-8").splitlines() if KNOWN_FAILURES.exists() else []
    return frozenset(line.split("#")[0].strip() for line in lines if line.split("#")[0].strip())
