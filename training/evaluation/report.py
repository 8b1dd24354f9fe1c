"""Figures as tables for people, always with the baselines beside them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..tracking.record import Record
from .scoring import Rate, Scores

BASELINE = "baseline-"
"""Runs of this kind are shown beside every other run over the same rows."""


def text_table(scores: Scores, baselines: Mapping[str, Mapping[str, Any]]) -> str:
    """Every group of one view; `baselines` holds the metrics of each baseline over the same rows."""
    lines = [
        f"{'action due':26}{'n':>6}{'exact':>8}{'95% interval':>16}{'bag':>8}{'function':>10}{'wrong':>8}{'missed':>8}"
    ]
    lines[0] += "".join(f"{name + ' fn':>14}" for name in baselines)
    for name, tally in sorted(scores.due.items()):
        low, high = tally.exact.interval
        shares = f"{tally.exact.share:8.1%}{low:8.1%} -{high:6.1%}{tally.bag.share:8.1%}{tally.function.share:10.1%}"
        line = f"{name:26}{tally.n:6}{shares}{tally.wrong.share:8.1%}{tally.missed.share:8.1%}"
        lines.append(line + "".join(f"{_share(m, name, 'function'):>14}" for m in baselines.values()))
    macros = {language: scores.macro_exact(language) for language in scores.languages}
    lines += [f"macro {language}: exact {macro:.1%}" for language, macro in macros.items() if macro is not None]
    if scores.not_due:
        lines.append(f"{'no action due':26}{'n':>6}{'rejected':>10}{'95% interval':>16}")
        lines[-1] += "".join(f"{name:>14}" for name in baselines)
    for name, rate in sorted(scores.not_due.items()):
        low, high = rate.interval
        line = f"{name:26}{rate.n:6}{rate.share:10.1%}{low:8.1%} -{high:6.1%}"
        lines.append(line + "".join(f"{_share(m, f'reject {name}', 'rejected'):>14}" for m in baselines.values()))
    return "\n".join(lines)


def baselines_of(records: Iterable[Record], view: str, fingerprint: str) -> dict[str, Mapping[str, Any]]:
    """The newest metrics of each baseline over the same rows of a view, by the baseline's name."""
    found: dict[str, Mapping[str, Any]] = {}
    for record in records:
        if record.kind.startswith(BASELINE) and record.outcomes.get(view, {}).get("rows") == fingerprint:
            found[record.kind.removeprefix(BASELINE)] = record.metrics[view]
    return found


def markdown_by_language(columns: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A Markdown table: a language a line; exact and function right of each run, whose metrics `columns` holds."""
    languages = sorted(
        {name.removeprefix("macro ") for m in columns.values() for name in m if name.startswith("macro ")}
    )
    lines = _head(["language", "n", *(f"{name}: {what}" for name in columns for what in ("exact", "function"))])
    for language in [*languages, "all"]:
        n = next((m[language]["n"] for m in columns.values() if language in m), 0)
        cells = [_share(m, language, what) for m in columns.values() for what in ("exact", "function")]
        lines.append(_line([language, str(n), *cells]))
    return lines


def markdown_groups(metrics: Mapping[str, Any], names: Sequence[str], label: str) -> list[str]:
    """A Markdown table: a group a line with every figure of one run."""
    lines = _head([label, "n", "exact", "95% interval", "bag", "function", "wrong", "missed"])
    for name in names:
        if name not in metrics or "function" not in metrics[name]:
            continue
        group = metrics[name]
        shares = [f"{group[key]:.1%}" for key in ("bag", "function", "wrong", "missed")]
        title = name.removeprefix("source ")
        lines.append(_line([title, str(group["n"]), f"{group['exact']:.1%}", interval(group, "exact"), *shares]))
    return lines


def markdown_rejected(columns: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A Markdown table: where no action is due, the share rightly silent by language."""
    names = sorted({name for m in columns.values() for name in m if name.startswith("reject ")})
    names = [name for name in names if len(name.split()[1]) == 2 or name == "reject all"]
    lines = _head(["no action due", "n", "95% interval", *(f"{name}: rejected" for name in columns)])
    for name in names:
        first = next(m[name] for m in columns.values() if name in m)
        shares = [_share(m, name, "rejected") for m in columns.values()]
        lines.append(_line([name.removeprefix("reject "), str(first["n"]), interval(first, "rejected"), *shares]))
    return lines


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table of text; the first column is words, the others are figures."""
    return [*_head(head), *map(_line, rows)]


def interval(group: Mapping[str, Any], key: str) -> str:
    """The 95% interval of a share that is stored rounded, as text."""
    low, high = Rate(round(group[key] * group["n"]), group["n"]).interval
    return f"{low:.1%} - {high:.1%}"


def _share(metrics: Mapping[str, Any], group: str, key: str) -> str:
    return f"{metrics[group][key]:.1%}" if key in metrics.get(group, {}) else "-"


def _head(cells: Sequence[str]) -> list[str]:
    return [_line(cells), _line(["---", *["---:"] * (len(cells) - 1)])]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
