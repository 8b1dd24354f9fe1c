"""A run against the last accepted one of its kind, row by row."""

from collections.abc import Sequence

from ..tracking.outcomes import Outcomes
from ..tracking.paired import Paired
from ..tracking.record import Record


def last_accepted(record: Record, records: Sequence[Record]) -> Record | None:
    """The newest accepted run of the same kind, other than this one."""
    found = [r for r in records if r.kind == record.kind and r.accepted and r.id != record.id]
    return found[-1] if found else None


def against_accepted(record: Record, records: Sequence[Record]) -> str:
    """A line a view: better, worse, or cannot tell; says so where there is nothing to compare with."""
    accepted = last_accepted(record, records)
    if accepted is None:
        return f'No {record.kind} run is accepted yet: `python -m training conclude {record.id} --accept "why"`\n'
    lines = []
    for view, data in record.outcomes.items():
        if view not in accepted.outcomes or accepted.outcomes[view]["rows"] != data["rows"]:
            lines.append(f"{view}: the rows are not those of {accepted.id}; nothing to compare")
            continue
        old, new = Outcomes.from_data(accepted.outcomes[view]), Outcomes.from_data(data)
        lines.append(f"{view}, against {accepted.id}: {Paired.of(zip(old.right, new.right, strict=True))}")
    return "\n".join(lines) + "\n"
