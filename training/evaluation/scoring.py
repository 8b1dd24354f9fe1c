"""What an answer is worth: exact, right in its function, wrong, missed; and groups of rows summed up.

exact     same functions in the same order, same argument names, same values in normal form; `also` counts too
bag       as exact, with what a music search receives (song, artist, album, ...) as one bag of words
function  the functions alone
wrong     an action was taken, and not the one that was due
missed    no action was taken where one was due
rejected  no action was taken where none was due
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wyoming_server.catalogue import UNKNOWN

from .normal_form import NormalForm, normal_form
from .rows import CallData, Row, Scope

CanonicalCall = tuple[str, tuple[tuple[str, NormalForm], ...]]
SEARCH = frozenset({"song", "artist", "album", "playlist", "genre", "query", "year", "sort"})
"""Arguments that a music search receives together."""
MIN_ROWS_OF_SKILL = 5
"""A skill with fewer rows in a language is left out of the macro average."""


@dataclass(frozen=True)
class Outcome:
    """How one answer fared."""

    exact: bool = False
    bag: bool = False
    function: bool = False
    wrong: bool = False
    missed: bool = False
    rejected: bool = False

    @property
    def right(self) -> bool:
        """Whether a person would have been content: exact, or rightly silent."""
        return self.exact or self.rejected


@dataclass(frozen=True)
class Rate:
    """How many of how many."""

    count: int
    n: int

    @property
    def share(self) -> float:
        """The share, 0 to 1; 0 where there are no rows."""
        return self.count / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95% interval of the share."""
        if not self.n:
            return 0.0, 1.0
        p, z, n = self.share, 1.96, self.n
        center, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (center - half) / (1 + z * z / n)), min(1.0, (center + half) / (1 + z * z / n))


@dataclass(frozen=True)
class Tally:
    """Outcomes of a group of rows on which an action is due."""

    n: int
    exact: Rate
    bag: Rate
    function: Rate
    wrong: Rate
    missed: Rate


@dataclass(frozen=True)
class Scores:
    """Every group of a run, by its name: "all", "en", "source snips-2017", "en music"."""

    due: Mapping[str, Tally]
    """Rows on which an action is due."""
    not_due: Mapping[str, Rate]
    """Rows on which none is: rightly silent; by "all", language and source."""

    def macro_exact(self, language: str) -> float | None:
        """Exact, averaged over the skills of a language that have enough rows; None where there are none."""
        shares = self._skill_shares(language)
        return sum(shares) / len(shares) if shares else None

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages with rows on which an action is due."""
        return tuple(sorted({name.split()[0] for name in self.due if " " in name and not name.startswith("source ")}))

    def _skill_shares(self, language: str) -> list[float]:
        # Rounded before they are averaged: the arbiter does so, and a figure must not depend on who prints it.
        return [
            round(tally.exact.share, 4)
            for name, tally in sorted(self.due.items())
            if name.startswith(language + " ") and tally.n >= MIN_ROWS_OF_SKILL
        ]

    def metrics(self) -> dict[str, Any]:
        """Every figure as JSON data, rounded to a hundredth of a percent."""
        data: dict[str, Any] = {
            name: {"n": t.n}
            | {k: round(getattr(t, k).share, 4) for k in ("exact", "bag", "function", "wrong", "missed")}
            for name, t in sorted(self.due.items())
        }
        for language in self.languages:
            if (macro := self.macro_exact(language)) is not None:
                data[f"macro {language}"] = {"n": len(self._skill_shares(language)), "exact": round(macro, 4)}
        for name, rate in sorted(self.not_due.items()):
            data[f"reject {name}"] = {"n": rate.n, "rejected": round(rate.share, 4)}
        return data


def canonical(calls: Iterable[CallData] | None, language: str) -> tuple[CanonicalCall, ...]:
    """Calls as comparable tuples: `unknown()` is no call, durations are seconds, values in normal form."""
    return tuple(_canonical(call, language) for call in calls or () if call["name"] != UNKNOWN)


def _canonical(call: CallData, language: str) -> CanonicalCall:
    args = {k: v for k, v in (call.get("args") or {}).items() if v not in (None, "")}
    for prefix in ("", "start_"):
        parts = [args.pop(prefix + unit, None) for unit in ("hours", "minutes", "seconds")]
        if any(part is not None for part in parts):
            try:
                total: float | str = sum(float(p or 0) * s for p, s in zip(parts, (3600, 60, 1), strict=True))
            except (TypeError, ValueError):
                total = str(parts)
            args[prefix + "duration"] = total
    return call["name"], tuple(sorted((k, normal_form(k, v, language)) for k, v in args.items()))


def _bag(calls: tuple[CanonicalCall, ...]) -> tuple[Any, ...]:
    out = []
    for name, args in calls:
        words = sorted(word for key, value in args if key in SEARCH for word in str(value).split())
        out.append((name, tuple(a for a in args if a[0] not in SEARCH), tuple(words)))
    return tuple(out)


def score(row: Row, calls: Sequence[CallData] | None) -> Outcome:
    """How an answer fared; `None` is no answer at all, which is right nowhere."""
    got = canonical(calls, row.language)
    if row.scope is Scope.OUT:
        return Outcome(rejected=calls is not None and not got, wrong=bool(got))
    accepted = [canonical(answer, row.language) for answer in row.accepted]
    function = [c[0] for c in got] in [[c[0] for c in answer] for answer in accepted]
    return Outcome(
        exact=got in accepted,
        bag=_bag(got) in map(_bag, accepted),
        function=function,
        wrong=bool(got) and not function,
        missed=not got,
    )


def scores(rows: Iterable[Row], answers: Mapping[str, Sequence[CallData]]) -> Scores:
    """Score every row that counts and sum up by language, source and skill."""
    due: dict[str, list[Outcome]] = defaultdict(list)
    not_due: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        if not row.scored:
            continue
        outcome = score(row, answers.get(row.id))
        if row.scope is Scope.OUT:
            for name in ("all", row.language, row.source):
                not_due[name].append(outcome.rejected)
        else:
            for name in ("all", row.language, f"source {row.source}", f"{row.language} {row.skill}"):
                due[name].append(outcome)
    return Scores(
        {name: _tally(outcomes) for name, outcomes in due.items()},
        {name: Rate(sum(silent), len(silent)) for name, silent in not_due.items()},
    )


def _tally(outcomes: Sequence[Outcome]) -> Tally:
    n = len(outcomes)
    rates = {k: Rate(sum(getattr(o, k) for o in outcomes), n) for k in ("exact", "bag", "function", "wrong", "missed")}
    return Tally(n=n, **rates)
