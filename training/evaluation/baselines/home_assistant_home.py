"""The home that Home Assistant's agent is asked in: the areas, floors, names and kinds that the due calls speak of.

The agent answers only for what a home has. So that it fails by its words and not for want of a lamp, the home has
everything that is asked for, and a device of every common kind in every area.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from wyoming_server.catalogue import catalogue

from ..rows import CallData

HERE = "Corner of the satellite"
"""The area of the satellite that is spoken to. Nobody says its name."""
EVERYWHERE = "everywhere"
KINDS = ("light", "switch", "fan", "media_player", "cover", "climate", "vacuum")
"""Domains of which every area has a device."""
COVERS = ("blind", "curtain", "shutter", "window")
"""Device classes of which every area has a cover."""
ONCE = ("lawn_mower", "lock", "todo", "weather")
DOMAINS = frozenset([*KINDS, *ONCE, "scene", "script", "valve", "humidifier"])
BY_FUNCTION = {
    "open": "cover",
    "close": "cover",
    "set_position": "cover",
    "lock": "lock",
    "unlock": "lock",
    "set_light": "light",
    "brighten": "light",
    "dim": "light",
    "set_temperature": "climate",
    "get_temperature": "climate",
    "warmer": "climate",
    "cooler": "climate",
    "set_fan_speed": "fan",
    "start_vacuum": "vacuum",
    "dock_vacuum": "vacuum",
    "start_mower": "lawn_mower",
    "dock_mower": "lawn_mower",
    "run_scene": "scene",
    "run_script": "script",
}
BY_WORD = {
    "light": "light",
    "lights": "light",
    "lamp": "light",
    "lamps": "light",
    "fan": "fan",
    "tv": "media_player",
    "television": "media_player",
    "speaker": "media_player",
    "vacuum": "vacuum",
    "robot": "vacuum",
    "blinds": "cover",
    "curtains": "cover",
    "garage": "cover",
    "thermostat": "climate",
}
"""What a device is by the words of its name, where the function leaves it open; else it is a switch."""


@dataclass(frozen=True)
class Device:
    """Something that can be spoken to."""

    domain: str
    name: str
    area: str | None = None
    device_class: str | None = None


@dataclass
class House:
    """Areas, floors and devices."""

    areas: dict[str, str | None] = field(default_factory=dict)
    """Areas, with the floor that each lies on."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Other ways to write an area: "bed room" for "bedroom"."""
    devices: set[Device] = field(default_factory=set)

    def area(self, name: str) -> str:
        """The area of a name, new where no other differs from it in spaces and case alone."""
        for known in self.areas:
            if _joined(known) == _joined(name):
                if known.casefold() != name.casefold():
                    self.aliases[name] = known
                return known
        self.areas[name] = None
        return name

    def written(self, area: str, text: str) -> str:
        """The area as the text writes it."""
        names = [area, *(alias for alias, known in self.aliases.items() if known == area)]
        return next((name for name in names if name.casefold() in text.casefold()), area)


def house(calls: Iterable[CallData]) -> House:
    """The home in which all of these calls make sense."""
    built = House(areas={HERE: None})
    for call in calls:
        _add(built, call)
    for number, area in enumerate(sorted(built.areas), 1):
        built.devices.update(_standard(area, number))
    built.devices.update(Device(domain, f"appliance {domain[:2]}") for domain in ONCE)
    return built


def _add(built: House, call: CallData) -> None:
    args: Mapping[str, object] = call["args"]
    area, floor, name, kind = (str(args.get(key) or "") for key in ("area", "floor", "name", "domain"))
    here = built.area(area) if area and area != EVERYWHERE else HERE
    if floor:
        built.areas.setdefault(f"landing of the {floor}", floor)
    function = catalogue().get(call["name"])
    if name and function is not None and function.skill == "home":
        built.devices.add(Device(_domain(call["name"], name, kind), name, here))
    if (device_class := args.get("device_class")) and not name:
        built.devices.add(Device("cover", f"appliance {device_class}", here, str(device_class)))


def _domain(function: str, name: str, kind: str) -> str:
    if kind in DOMAINS:
        return kind
    if function in BY_FUNCTION:
        return BY_FUNCTION[function]
    return next((BY_WORD[word] for word in reversed(name.casefold().split()) if word in BY_WORD), "switch")


def _standard(area: str, number: int) -> Iterator[Device]:
    """Devices that are spoken of by kind and area; their own names are such as nobody says."""
    for domain in KINDS:
        yield Device(domain, f"appliance {domain[:2]}{number}", area)
    for device_class in COVERS:
        yield Device("cover", f"appliance {device_class[:2]}{number}", area, device_class)


def _joined(name: str) -> str:
    return "".join(name.casefold().split())
