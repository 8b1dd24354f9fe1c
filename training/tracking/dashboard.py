"""A live dashboard, behind a switch: TRAINING_DASHBOARD=trackio (local, no account) or wandb.

Both have one API (`init`, `log`, `finish`), so the switch is the module's name. Without it nothing is imported, and the
records under `training/experiments` are complete either way.
"""

import importlib
import os
from collections.abc import Mapping
from typing import Any, Protocol

from .record import Record

SWITCH = "TRAINING_DASHBOARD"
MODULES = ("trackio", "wandb")
PROJECT = "local-llm-voice"


class Dashboard(Protocol):
    """What a run needs of a dashboard."""

    def log(self, values: Mapping[str, Any]) -> None:
        """Show measurements."""

    def finish(self) -> None:
        """No more will come."""


class _NoDashboard:
    def log(self, values: Mapping[str, Any]) -> None:
        pass

    def finish(self) -> None:
        pass


class _ModuleDashboard:
    def __init__(self, module: Any, record: Record) -> None:
        self._module = module
        config = {**record.config, "seed": record.seed, "commit": record.code.get("commit")}
        module.init(project=PROJECT, name=record.id, config=config)

    def log(self, values: Mapping[str, Any]) -> None:
        measured = {name: value for name, value in values.items() if name != "step"}
        if measured:
            self._module.log(measured, step=int(values["step"]) if "step" in values else None)

    def finish(self) -> None:
        self._module.finish()


def open_dashboard(record: Record) -> Dashboard:
    """The dashboard that the switch names; raises ValueError for an unknown one, ImportError for one not installed."""
    name = os.environ.get(SWITCH, "")
    if not name:
        return _NoDashboard()
    if name not in MODULES:
        raise ValueError(f"{SWITCH} is {name!r}, expected one of {', '.join(MODULES)}")
    return _ModuleDashboard(importlib.import_module(name), record)
