"""A training run that also tells the record, and the dashboard behind it, how it goes."""

from pathlib import Path

from ..tracking.run import Run as Recorded
from .run import Run


class RecordedRun(Run):
    """A run's folder whose figures go into the record as well."""

    def __init__(self, folder: Path, recorded: Recorded) -> None:
        super().__init__(folder)
        self._recorded = recorded

    def log(self, **figures: float) -> None:
        """Add a line of figures; the newest are the record's metrics."""
        super().log(**figures)
        self._recorded.log(**figures)
        self._recorded.metrics.update({name: round(value, 4) for name, value in figures.items()})
