"""What one utterance did, as lines for a person."""

from collections.abc import Iterator, Mapping
from typing import Any

from .assist import Change, Turn

SHOWN = {
    "state": "",
    "media_title": "title",
    "media_artist": "artist",
    "volume_level": "volume",
    "is_volume_muted": "muted",
    "shuffle": "shuffle",
    "repeat": "repeat",
    "brightness": "brightness",
    "rgb_color": "color",
    "color_temp_kelvin": "kelvin",
    "temperature": "temperature",
    "percentage": "speed",
    "current_position": "position",
}
"""The attributes worth showing, and what to call them."""


def lines(turn: Turn) -> Iterator[str]:
    """The trace of a turn: heard, calls, changes, spoken, milliseconds."""
    yield f"  heard    {turn.heard or '(nothing)'}"
    for name, args in turn.calls or [("", {})]:
        yield f"  call     {_call(name, args)}" if name else "  call     (none)"
    changes = list(_changes(turn.changes))
    for change in changes or ["(nothing)"]:
        yield f"  changed  {change}"
    if turn.error:
        yield f"  error    {turn.error}"
    yield f"  spoken   {turn.spoken or '(silence)'}"
    yield f"  ms       {_milliseconds(turn)}"


def _call(name: str, args: Mapping[str, Any]) -> str:
    """The call syntax: `turn_off(area="kitchen")`, without the tool's domain."""
    values = (f'{key}="{value}"' if isinstance(value, str) else f"{key}={value}" for key, value in args.items())
    return f"{name.rsplit('__', 1)[-1]}({', '.join(values)})"


def _changes(changes: list[Change]) -> Iterator[str]:
    """One line an entity: the first value before, the last one after."""
    first: dict[str, Change] = {}
    last: dict[str, Change] = {}
    for change in changes:
        first.setdefault(change.entity_id, change)
        last[change.entity_id] = change
    for entity_id, change in last.items():
        if entity_id.startswith(("conversation.", "stt.", "sensor.", "event.")):
            continue
        parts = []
        for attribute, label in SHOWN.items():
            before, after = first[entity_id].before.get(attribute), change.after.get(attribute)
            if before != after and after is not None:
                parts.append(
                    f"{label} {before} -> {after}".strip() if before is not None else f"{label} {after}".strip()
                )
        if parts:
            yield f"{change.name}: {', '.join(parts)}"


def _milliseconds(turn: Turn) -> str:
    """The time of each stage; what the server reports stands in brackets."""
    parts = []
    if "stt-end" in turn.moments:
        after_last_word = _between(turn, "speech-end", "stt-end")
        parts.append(f"last word -> heard {after_last_word:.0f}")
        if "stt-vad-end" in turn.moments:
            parts.append(f"end of silence -> heard {_between(turn, 'stt-vad-end', 'stt-end'):.0f}")
    if "intent-end" in turn.moments:
        inside = ", ".join(f"{name} {ms:.0f}" for name, ms in turn.stages.items())
        parts.append(
            f"heard -> answered {_between(turn, 'intent-start', 'intent-end'):.0f}" + (f" ({inside})" if inside else "")
        )
        parts.append(f"total {_between(turn, 'start', 'intent-end'):.0f}")
    return " · ".join(parts) or "-"


def _between(turn: Turn, start: str, end: str) -> float:
    """Milliseconds from one moment to another; nan where one is missing."""
    return 1000 * (turn.moments.get(end, float("nan")) - turn.moments.get(start, float("nan")))
