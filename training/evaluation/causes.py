"""Why rows were wrong, and what each cause costs: what to work on next.

A cause is a function with what happened to it: "calculate: silent", "play_music: artist was song",
"turn_on: set_light instead", "add_item: item differs". Its cost is in points of the macro average over the languages:
a row of a small skill weighs more than one of a large skill, as it does in the average.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .normal_form import NormalForm
from .rows import CallData, Row, Scope
from .scoring import MIN_ROWS_OF_SKILL, CanonicalCall, canonical, score


@dataclass(frozen=True)
class Cause:
    """Rows that were wrong for one reason."""

    name: str
    rows: int
    points: float
    """Of the macro average over all languages, 0 to 100."""
    languages: int

    def as_data(self) -> dict[str, Any]:
        """As JSON data."""
        return asdict(self) | {"points": round(self.points, 3)}


def causes(rows: Sequence[Row], answers: Mapping[str, Sequence[CallData]]) -> list[Cause]:
    """The causes of all rows that went wrong where an action was due, the most costly first."""
    weights = _weights(rows)
    points: defaultdict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    languages: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.scope is not Scope.IN or score(row, answers.get(row.id)).exact:
            continue
        name = _cause(canonical(row.calls, row.language), canonical(answers.get(row.id), row.language))
        points[name] += 100 * weights.get((row.language, row.skill), 0.0)
        counts[name] += 1
        languages[name].add(row.language)
    found = [Cause(name, counts[name], points[name], len(languages[name])) for name in counts]
    return sorted(found, key=lambda cause: (-cause.points, -cause.rows, cause.name))


def acted(rows: Iterable[Row], answers: Mapping[str, Sequence[CallData]]) -> Counter[str]:
    """The functions that were called first where nothing was due."""
    wrong = (canonical(answers.get(row.id), row.language) for row in rows if row.scope is Scope.OUT)
    return Counter(calls[0][0] for calls in wrong if calls)


def _weights(rows: Iterable[Row]) -> dict[tuple[str, str], float]:
    """What one row of a language's skill is worth in the average of the languages' macro averages."""
    sizes = Counter((row.language, row.skill) for row in rows if row.scope is Scope.IN)
    counted = {group: size for group, size in sizes.items() if size >= MIN_ROWS_OF_SKILL}
    skills = Counter(language for language, _ in counted)
    return {group: 1 / (size * skills[group[0]] * len(skills)) for group, size in counted.items()}


def _cause(due: tuple[CanonicalCall, ...], got: tuple[CanonicalCall, ...]) -> str:
    name = due[0][0] if len(due) == 1 else "several"
    if not got:
        return f"{name}: silent"
    if len(got) != len(due):
        return f"{name}: too {'many' if len(got) > len(due) else 'few'} calls"
    for (wanted, arguments), (taken, given) in zip(due, got, strict=True):
        prefix = wanted if len(due) == 1 else f"several, {wanted}"
        if wanted != taken:
            return f"{prefix}: {taken} instead"
        if arguments != given:
            return f"{prefix}: {_difference(dict(arguments), dict(given))}"
    return f"{name}: order"


def _difference(due: Mapping[str, NormalForm], got: Mapping[str, NormalForm]) -> str:
    """What is the matter with the arguments of the right function."""
    missing, extra = [k for k in due if k not in got], [k for k in got if k not in due]
    if len(missing) == len(extra) == 1:
        return f"{missing[0]} was {extra[0]}"
    if missing or extra:
        said = [f"{k} left out" for k in missing] + [f"{k} made up" for k in extra]
        return ", ".join(said)
    key = next(k for k in due if due[k] != got[k])
    wanted, given = str(due[key]), str(got[key])
    if wanted and given and (wanted in given or given in wanted):
        return f"{key} too {'long' if len(given) > len(wanted) else 'short'}"
    return f"{key} differs"
