"""The page on accuracy, in Markdown, from the records alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..tracking.record import Record
from .journey import HOME_ASSISTANT, SILENCE, VIEW, Step, journey
from .report import (
    BASELINE,
    baselines_of,
    interval,
    markdown_by_language,
    markdown_groups,
    markdown_rejected,
    markdown_table,
)

HEAD = """# Evaluation

Made by `python -m training page` from the records under `training/experiments`; every figure has its run beside it.

*Exact* is the same functions in the same order with the same arguments and equal values, after case, punctuation,
articles and units are made alike; nothing softer is called accuracy. *Bag* takes what a music search receives as one
bag of words, *function* looks at the functions alone, *wrong* is an action that was not due, *missed* an action that
was due and not taken, *rejected* silence where nothing was due. *Macro* is the average over a language's skills.
Intervals are Wilson's, 95%. Everything runs through the shipped server: its model file, grammar, parser and threshold.
"""
VIEWS = {
    "must": "Everyday commands that may never fail",
    "own": "Our own sentences, never trained on",
    "own, misheard": "Our own sentences, as a speech recognizer may mishear them",
    "ambient": "Talk that is not meant for the assistant",
    "dev": "Public sets",
    "dev, misheard": "Public sets, as a speech recognizer may mishear them",
}
"""Views that the page shows, with their headings."""
NAMES = {"unknown": "always unknown()", "linear": "linear classifier"}


def page(records: Sequence[Record]) -> str:
    """The page's text."""
    parts = [HEAD, *_journey(records)]
    for view, title in VIEWS.items():
        newest = [r for r in records if r.kind.startswith("evaluate") and r.state == "done" and r.metrics.get(view)]
        newest = [r for r in newest if not r.config.get("answers")]
        if newest:
            parts += _view(view, title, newest[-1], records)
    parts += _frontier(records)
    parts += _conclusions(records)
    return "\n".join(parts).rstrip() + "\n"


def _journey(records: Iterable[Record]) -> list[str]:
    steps = journey(records)
    if not steps:
        return ["There is no run over the public sets yet.\n"]
    lines = ["## From silence to today", "", f"Runs over `{VIEW}`:", "", "![Accuracy over the runs](accuracy.png)", ""]
    head = ["step", "run", "English macro", "others macro", "wrong", "missed", "rejected", "learnt"]
    return [*lines, *markdown_table(head, map(_step, steps)), ""]


def _step(step: Step) -> list[str]:
    figures = (step.macro_english, step.macro_others, step.wrong, step.missed, step.rejected)
    shares = ["-" if share is None else f"{share:.1%}" for share in figures]
    return [step.name, f"`{step.record.id}`", *shares, _cell(step.record.conclusion or "")]


def _view(view: str, title: str, record: Record, records: Sequence[Record]) -> list[str]:
    metrics: Mapping[str, Any] = record.metrics[view]
    fingerprint = record.outcomes.get(view, {}).get("rows", "")
    baselines = {NAMES[k]: m for k, m in baselines_of(records, view, fingerprint).items() if k in NAMES}
    columns = {"translator": metrics, **baselines}
    lines = [f"## {title}", "", _origin(record), ""]
    if latency := metrics.get("ms"):
        lines += [f"Time for one call: median {latency['p50']} ms, 95th percentile {latency['p95']} ms.", ""]
    if "all" in metrics:
        languages = [name for name in metrics if len(name) == 2 and "function" in metrics[name]]
        skills = [name for name in metrics if " " in name and len(name.split()[0]) == 2]
        sources = [name for name in metrics if name.startswith("source ")]
        lines += ["### By language", "", *_macros(columns, languages), ""]
        lines += markdown_groups(metrics, ["all", *languages], "language")
        lines += ["", "Beside the baselines:", "", *markdown_by_language(columns), ""]
        if len(sources) > 1:
            lines += ["### By source", "", *markdown_groups(metrics, sources, "source"), ""]
        lines += ["### By language and skill", "", *markdown_groups(metrics, skills, "skill"), ""]
    if any(name.startswith("reject ") for name in metrics):
        lines += ["### Where no action is due", "", *markdown_rejected(columns), ""]
    return lines + _home(view, metrics, records) + _causes(metrics)


def _causes(metrics: Mapping[str, Any]) -> list[str]:
    """The most costly causes of errors."""
    if not metrics.get("causes"):
        return []
    lines = [
        "### What went wrong",
        "",
        "The most costly causes, in points of the macro average over the languages:",
        "",
    ]
    rows = [[c["name"], str(c["rows"]), str(c["languages"]), f"{c['points']:.2f}"] for c in metrics["causes"]]
    return [*lines, *markdown_table(["cause", "rows", "languages", "points"], rows), ""]


def _frontier(records: Iterable[Record]) -> list[str]:
    """The newest measurement of sizes and types."""
    newest = [r for r in records if r.kind == "frontier" and r.state == "done" and r.metrics.get("models")]
    if not newest:
        return []
    record = newest[-1]
    rows = [
        [
            *(m["name"], f"{m['parameters'] / 1e6:.1f} M", m["type"], f"{m['megabytes']:.1f}", f"{m['minutes']:.0f}"),
            *(f"{m['exact']:.1%}", f"{m['own']:.1%}", f"{m['p50']:.1f}", f"{m['p95']:.1f}"),
        ]
        for m in record.metrics["models"]
    ]
    head = ["run", "weights", "type", "MB", "minutes trained", "dev exact", "own exact", "p50 ms", "p95 ms"]
    lines = ["## Size against speed", "", f"Run `{record.id}`: `python -m {' '.join(record.command)}`.", ""]
    return [*lines, *markdown_table(head, rows), ""]


def _origin(record: Record) -> str:
    """The run, its command and what it measured."""
    commit = (record.code.get("commit") or "no commit")[:7] + (" with changes" if record.code.get("dirty") else "")
    model = record.inputs.get("model", {})
    measured = f"`{model.get('path')}` ({(model.get('bytes') or 0) / 1e6:.1f} MB, {model.get('sha256')})"
    machine = f"{record.machine.get('processor', 'unknown')}, {record.machine.get('cores', '?')} cores"
    return f"Run `{record.id}`: `python -m {' '.join(record.command)}` at {commit}; {measured}; {machine}."


def _macros(columns: Mapping[str, Mapping[str, Any]], languages: Sequence[str]) -> list[str]:
    names = [f"macro {language}" for language in languages]
    rows = [
        [name.split()[1], *(f"{m[name]['exact']:.1%}" if name in m else "-" for m in columns.values())]
        for name in names
        if any(name in m for m in columns.values())
    ]
    return [*markdown_table(["macro", *(f"{name}: exact" for name in columns)], rows), ""] if rows else []


def _home(view: str, metrics: Mapping[str, Any], records: Sequence[Record]) -> list[str]:
    """The translator beside Home Assistant's agent, on the rows that this is made for."""
    name = f"{view}: English home"
    theirs = [r.metrics[name] for r in records if r.kind == HOME_ASSISTANT and r.state == "done" and name in r.metrics]
    rows = []
    for group, label, keys in (
        ("en home", "action due", ("exact", "function", "wrong", "missed")),
        ("reject en", "no action due", ("rejected",)),
    ):
        if not theirs or group not in metrics or metrics[group]["n"] != theirs[-1].get(group, {}).get("n"):
            continue  # only where both were asked the same rows
        for key in keys:
            ours, other = metrics[group], theirs[-1][group]
            shares = [f"{m[key]:.1%} ({interval(m, key)})" for m in (ours, other)]
            rows.append([label, str(ours["n"]), key, *shares])
    if not rows:
        return []
    agent = "Home Assistant's agent"
    text = f"{agent} (templates, then its gazetteer matcher), in a real core with the home that the rows speak of:"
    return ["### English home control", "", text, "", *markdown_table(["", "n", "", "translator", agent], rows), ""]


def _conclusions(records: Iterable[Record]) -> list[str]:
    learnt = [r for r in records if r.conclusion and r.kind != SILENCE and not r.kind.startswith(BASELINE)]
    if not learnt:
        return []
    return ["## What runs taught", "", *(f"- `{r.id}` ({r.state}): {_cell(r.conclusion or '')}" for r in learnt), ""]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
