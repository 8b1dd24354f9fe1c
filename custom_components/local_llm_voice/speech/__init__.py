"""The sentences that are spoken, in every language: one file of templates per language.

A template is a text with `{name}` fields, or, where the wording depends on a number, a
mapping of forms: "=1" for exactly this number, else "one" or "other" by the plural rule of
the language. The number is the field `count`, or how many `names` there are.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
import json
from pathlib import Path
from typing import Any, Final

type Template = str | Mapping[str, str]

LANGUAGES: Final = ("da", "de", "en", "es", "fr", "it", "ja", "nl", "zh")
"""The first is not special; English is what an unknown language falls back to."""

DECIMALS: Final = 2
MAX_DECIMALS: Final = 12


@cache
def templates(language: str) -> Mapping[str, Template]:
    """Return the templates of one of LANGUAGES; reads a file the first time."""
    path = Path(__file__).parent / f"{language}.json"
    loaded: Mapping[str, Template] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def load() -> None:
    """Read every language, so that nothing is read later in the event loop."""
    for language in LANGUAGES:
        templates(language)


def closest(language: str | None) -> str:
    """Return the language of LANGUAGES that is spoken for e.g. "en-GB", "zh_CN", "sv"."""
    code = (language or "").replace("_", "-").split("-", 1)[0].lower()
    return code if code in LANGUAGES else "en"


class Alternatives(tuple[str, ...]):
    """Texts that are joined with "or" instead of "and"."""

    __slots__ = ()


def say(language: str | None, key: str, **values: Any) -> str:
    """Render the sentence of `key`.

    Numbers are written as the language writes them, several texts are joined as a list.
    """
    code = closest(language)
    template = templates(code)[key]
    if not isinstance(template, str):
        template = _form(code, template, _count(values))
    return template.format_map(
        {name: _spoken(code, value) for name, value in values.items()}
    )


def words(language: str | None, key: str) -> tuple[str, ...]:
    """Return the words that a user may say, from a template written `a|b|c`."""
    template = templates(closest(language))[key]
    return tuple(str(template).split("|"))


def duration(language: str | None, seconds: float, *, after_in: bool = False) -> str:
    """Say a duration with at most two units: "1 hour and 30 minutes".

    `after_in`: it is said behind "in", where German declines it: "in 2 Tagen".
    """
    day = "duration.day_after_in" if after_in else "unit.day"
    rest = round(seconds)
    parts = []
    for unit, size in (
        (day, 86400),
        ("unit.hour", 3600),
        ("unit.minute", 60),
        ("unit.second", 1),
    ):
        count, rest = divmod(rest, size)
        if count:
            parts.append(say(language, unit, n=count, count=count))
    parts = parts[:2] or [say(language, "unit.second", n=0, count=0)]
    return _listed(closest(language), "duration.and", parts)


def time_ahead(language: str | None, seconds: float) -> str:
    """Say the time from now on in hours and minutes: "the next hour and 30 minutes".

    The article and "next" agree with the first unit, in number and gender.
    """
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return say(language, "duration.next_minute", n=minutes, count=minutes)
    parts = [say(language, "duration.next_hour", n=hours, count=hours)]
    if minutes:
        parts.append(say(language, "unit.minute", n=minutes, count=minutes))
    return _listed(closest(language), "duration.and", parts)


def _count(values: Mapping[str, Any]) -> Fraction | None:
    """The number that the wording depends on, as far as it is written."""
    match values.get("count", values.get("names")):
        case int() | float() | Fraction() | Decimal() as number:
            exact = Fraction(number)
            return round(exact, _places(exact))
        case list() | tuple() as names:
            return Fraction(len(names))
    return None


def _form(language: str, forms: Mapping[str, str], count: Fraction | None) -> str:
    """Choose the form of a number; "other" where there is none."""
    if count is None:
        return forms["other"]
    exact = f"={count}"
    if exact in forms:
        return forms[exact]
    return forms["one" if "one" in forms and _is_one(language, count) else "other"]


def _is_one(language: str, count: Fraction) -> bool:
    """The plural rules of Unicode's CLDR: "1,5 heure", "1,5 time", but "1.5 hours"."""
    size: Fraction = abs(count)
    match language:
        case "fr":
            return size < 2
        case "da":
            return 0 < size < 2
    return size == 1


def _spoken(language: str, value: object) -> str:
    match value:
        case bool() | str():
            return str(value)
        case int() | float() | Fraction() | Decimal():
            return _number(language, Fraction(value))
        case Sequence():
            key = "list.or" if isinstance(value, Alternatives) else "list.and"
            return _listed(language, key, [_spoken(language, item) for item in value])
    return str(value)


def _number(language: str, value: Fraction) -> str:
    """Write a number as the language does: 3.5 is "3,5" in German.

    Rounded to DECIMALS places; small numbers keep as many significant digits.
    """
    places = _places(value)
    rounded = round(value * 10**places)
    whole, decimals = divmod(abs(rounded), 10**places)
    text = f"{'-' if rounded < 0 else ''}{whole}"
    if not decimals:
        return text
    point = str(templates(language)["number.point"])
    return text + point + f"{decimals:0{places}}".rstrip("0")


def is_spoken_exactly(value: Fraction) -> bool:
    """Return whether a number is spoken as it is, rather than rounded."""
    return bool((value * 10 ** _places(value)).denominator == 1)


def _places(value: Fraction) -> int:
    places = DECIMALS
    while value and abs(value) * 10**places < 100 and places < MAX_DECIMALS:
        places += 1
    return places


def _listed(language: str, key: str, items: Sequence[str]) -> str:
    """Join texts: "milk, eggs and bread"."""
    if len(items) < 2:
        return "".join(items)
    return say(
        language,
        key,
        first=str(templates(language)["list.comma"]).join(items[:-1]),
        last=items[-1],
    )
