"""One way to write a call where the catalogue allows several, so that a model need not guess."""

from dataclasses import replace

from wyoming_server.calls import Call

from .rows import Row

IMPLIED = {
    "set_light": "light",
    "brighten": "light",
    "dim": "light",
    "set_temperature": "climate",
    "warmer": "climate",
    "cooler": "climate",
    "get_temperature": "climate",
    "set_fan_speed": "fan",
    "lock": "lock",
    "unlock": "lock",
    "start_vacuum": "vacuum",
    "dock_vacuum": "vacuum",
    "start_mower": "lawn_mower",
    "dock_mower": "lawn_mower",
}
"""The domain that goes without saying, because the function is for it; as the public data sets are labelled too."""


def concise(call: Call) -> Call:
    """The call without a domain that its function or a name already tells."""
    domain = call.args.get("domain")
    if domain is None or (domain != IMPLIED.get(call.name) and "name" not in call.args):
        return call
    return Call(call.name, {name: value for name, value in call.args.items() if name != "domain"})


def conventional(row: Row) -> Row:
    """The row with its calls, the previous one included, in their one way."""
    previous = concise(row.previous) if row.previous else None
    return replace(row, calls=tuple(map(concise, row.calls)), previous=previous)
