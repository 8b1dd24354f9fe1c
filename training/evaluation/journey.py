"""From silence to today: what each measured step was worth, read from the records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..tracking.record import Record
from .report import BASELINE

VIEW = "dev"
"""The view that steps are compared in."""
SILENCE = f"{BASELINE}unknown"
HOME_ASSISTANT = f"{BASELINE}home-assistant"


@dataclass(frozen=True)
class Step:
    """One run over the view."""

    record: Record
    metrics: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What was measured, for people."""
        if self.record.kind.startswith(BASELINE):
            return {"unknown": "always unknown()"}.get(self.record.kind.removeprefix(BASELINE), "linear classifier")
        size = self.record.inputs.get("model", {}).get("bytes") or 0
        return f"translator, {size / 1e6:.1f} MB" if size else "translator"

    @property
    def model(self) -> str:
        """What tells one model from another; two measurements of one model are one step."""
        return str(self.record.inputs.get("model", {}).get("sha256") or self.record.kind)

    @property
    def macro_english(self) -> float | None:
        """Exact, averaged over the English skills."""
        return self._share("macro en", "exact")

    @property
    def macro_others(self) -> float | None:
        """Exact, averaged over the skills of each other language, then over these languages."""
        shares = [m["exact"] for name, m in self.metrics.items() if name.startswith("macro ") and name != "macro en"]
        return sum(shares) / len(shares) if shares else None

    @property
    def wrong(self) -> float | None:
        """Share of rows with an action due on which another was taken."""
        return self._share("all", "wrong")

    @property
    def missed(self) -> float | None:
        """Share of rows with an action due on which none was taken."""
        return self._share("all", "missed")

    @property
    def rejected(self) -> float | None:
        """Share of rows with no action due on which none was taken."""
        return self._share("reject all", "rejected")

    def _share(self, group: str, key: str) -> float | None:
        value = self.metrics.get(group, {}).get(key)
        return None if value is None else float(value)


def journey(records: Iterable[Record]) -> list[Step]:
    """Every step, the baselines first, then models in the order in which they were measured; the newest run of each.

    Left out are runs that did not end well, and those whose answers were given and not asked for.
    """
    steps: dict[str, Step] = {}
    for record in records:
        metrics = record.metrics.get(VIEW)
        if record.state != "done" or not metrics or record.config.get("answers") or record.kind == HOME_ASSISTANT:
            continue
        step = Step(record, metrics)
        steps[step.model] = step  # an earlier one of the same model keeps its place
    return sorted(steps.values(), key=_place)


def _place(step: Step) -> int:
    return 0 if step.record.kind == SILENCE else 1 if step.record.kind.startswith(BASELINE) else 2
