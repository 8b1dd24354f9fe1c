"""Draws what tables say badly: the way to today's accuracy, and what a threshold costs and saves."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .journey import Step

INK, SOFT = "#22262b", "#9aa3ad"
LINES = (
    ("macro_english", "English, exact (macro over skills)", "#1f6feb"),
    ("macro_others", "other languages, exact", "#8250df"),
    ("rejected", "rightly silent where no action is due", "#1a7f37"),
    ("wrong", "wrong action", "#cf222e"),
)


def draw_journey(steps: Sequence[Step], path: Path) -> None:
    """A line for every figure over the steps, as PNG."""
    figure, axes = _axes((9, 4.6))
    places = range(1, len(steps) + 1)
    for attribute, label, color in LINES:
        shares = [getattr(step, attribute) for step in steps]
        known = [(place, 100 * share) for place, share in zip(places, shares, strict=True) if share is not None]
        if known:
            axes.plot(*zip(*known, strict=True), marker="o", color=color, label=label)
            axes.annotate(
                f"{known[-1][1]:.0f}", known[-1], xytext=(7, -3), textcoords="offset points", color=color, fontsize=9
            )
    axes.set_xticks(list(places), [_label(step) for step in steps], fontsize=8)
    axes.set_xlim(0.7, len(steps) + 0.5)
    axes.set_ylim(-3, 103)
    axes.set_ylabel("% of rows")
    axes.legend(frameon=False, fontsize=9, loc="center left")
    _save(figure, path)


def draw_tradeoff(
    thresholds: Sequence[float], wrong: Sequence[float], missed: Sequence[float], chosen: float, path: Path
) -> None:
    """Wrong and missed actions (shares, 0 to 1) over thresholds, with the chosen one marked, as PNG."""
    figure, axes = _axes((8, 4.2))
    axes.plot(thresholds, [100 * share for share in wrong], color="#cf222e", label="wrong action")
    axes.plot(thresholds, [100 * share for share in missed], color="#1f6feb", label="missed action")
    axes.axvline(chosen, color=SOFT, linestyle="--")
    at = min(range(len(thresholds)), key=lambda i: abs(thresholds[i] - chosen))
    axes.annotate(
        f"chosen: {chosen:.2f}\nwrong {wrong[at]:.1%}, missed {missed[at]:.1%}",
        (chosen, 0.86),
        xycoords=("data", "axes fraction"),
        xytext=(6, 0),
        textcoords="offset points",
        color=INK,
        fontsize=9,
    )
    axes.set_xlabel("worth (-2: surely a wrong action, 1: surely exact) below which the answer is unknown()")
    axes.set_ylabel("% of held-out rows")
    axes.set_xlim(min(thresholds), max(thresholds))
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, fontsize=9, loc="best")
    _save(figure, path)


def _label(step: Step) -> str:
    date = step.record.started[5:10]
    return f"{step.name.replace(' ', chr(10), 1)}\n{date}"


def _axes(size: tuple[float, float]) -> tuple[Any, Any]:
    from matplotlib.figure import Figure  # noqa: PLC0415  # slow; for pictures alone

    figure = Figure(figsize=size, layout="constrained")  # without pyplot there is no window system to ask
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#e6e9ec")
    axes.tick_params(colors=INK)
    return figure, axes


def _save(figure: Any, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120, metadata={"Software": None})
