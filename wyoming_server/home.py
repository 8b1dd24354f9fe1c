"""What a home told about itself: which functions it can run, and the names that people there say.

A client sends it as a `user-event` named "home" and refers to it by its hash. It stays in memory only.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .catalogue import UNKNOWN, catalogue
from .failure import RequestError

MOST_HOMES = 16
MOST_NAMES = 5000
LONGEST_NAME = 100
"""Bounds of the memory that a client can take: about 16 homes x 5,000 names x 100 characters."""

KINDS = ("areas", "floors", "players", "people", "entities", "lists", "songs", "artists")
"""Where names stand in the event, those that are said most first: they bias the ear in this order."""


@dataclass(frozen=True)
class Home:
    """A home's vocabulary."""

    hash: str
    language: str | None
    functions: frozenset[str] | None
    """Catalogue functions that the home can run; None where it did not say."""
    names: tuple[str, ...]
    """What people there call rooms, devices, lists, people and music; most useful first, no doubles."""


class Homes:
    """The homes known now; the least recently used are forgotten."""

    def __init__(self) -> None:
        self._homes: OrderedDict[str, Home] = OrderedDict()

    def remember(self, home: Home) -> None:
        """Keep a home, as the most recent one."""
        self._homes[home.hash] = home
        self._homes.move_to_end(home.hash)
        if len(self._homes) > MOST_HOMES:
            self._homes.popitem(last=False)

    def find(self, home_hash: str) -> Home | None:
        """The home of a hash, which is then the most recent one."""
        home = self._homes.get(home_hash)
        if home is not None:
            self._homes.move_to_end(home_hash)
        return home

    def latest(self, language: str | None = None) -> Home | None:
        """The home used last, of a language where one is asked for: the best guess for speech that names no home."""
        for home in reversed(self._homes.values()):
            if language is None or home.language in (None, language):
                return home
        return None


def home_from_data(data: Mapping[str, Any] | None) -> Home:
    """Read the data of a `home` event. Raises RequestError "bad-home" where it has not the agreed shape."""
    if not isinstance(data, Mapping) or not isinstance(data.get("hash"), str) or not data["hash"]:
        raise _bad("A home needs a hash.")
    functions = data.get("functions")
    if functions is not None and not (isinstance(functions, list) and all(isinstance(f, str) for f in functions)):
        raise _bad("The functions of a home must be a list of names.")
    language = data.get("language")
    if language is not None and not isinstance(language, str):
        raise _bad("The language of a home must be a code such as en.")
    names = _unique(name for kind in KINDS for name in _names(kind, data.get(kind)))
    known = None if functions is None else frozenset(functions).intersection(catalogue()) | {UNKNOWN}
    return Home(data["hash"][:LONGEST_NAME], base_language(language), known, names)


def base_language(code: str | None) -> str | None:
    """The ISO 639-1 part of a language tag: "en" of "en-US"."""
    return code.replace("_", "-").split("-")[0].lower() if code else None


def _names(kind: str, items: Any) -> Iterable[str]:
    """The names in one list of the event; a list holds strings, or objects with a list of `names`."""
    if items is None:
        return
    if not isinstance(items, list):
        raise _bad(f"The {kind} of a home must be a list.")
    for item in items:
        names = item.get("names") if isinstance(item, Mapping) else [item]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise _bad(f"The names in {kind} must be text.")
        yield from names


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    """Names without doubles (whatever their case), empty ones and ones too long to be said; the first MOST_NAMES."""
    seen: dict[str, str] = {}
    for name in names:
        said = " ".join(name.split())
        if said and len(said) <= LONGEST_NAME:
            seen.setdefault(said.casefold(), said)
            if len(seen) == MOST_NAMES:
                break
    return tuple(seen.values())


def _bad(sentence: str) -> RequestError:
    return RequestError("bad-home", sentence)
