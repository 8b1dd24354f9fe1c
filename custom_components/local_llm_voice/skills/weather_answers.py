"""Sentences on the weather: the yes or no that was asked for first, then the numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from typing import Any, Final

from homeassistant.const import UnitOfSpeed
from homeassistant.util.unit_conversion import SpeedConverter

from ..outlook import Outlook, Summary
from ..outlook.summary import CLOUDS, POSSIBLE, SNOW, SUN, THUNDER
from ..speech import words
from ..spoken_time import Kind, TimeRange
from ..spoken_time.time_range import of_day, of_hour
from ..turn import Answer, SkillError, Turn
from .spoken_when import spoken_clock, spoken_range
from .weather_asked import Asked

_SPEEDS: Final[Mapping[str, str]] = {
    UnitOfSpeed.KILOMETERS_PER_HOUR: "kilometer-per-hour",
    UnitOfSpeed.METERS_PER_SECOND: "meter-per-second",
    UnitOfSpeed.MILES_PER_HOUR: "mile-per-hour",
    UnitOfSpeed.KNOTS: "knot",
}
"""Units with a name in speech; others are converted to the first one."""

TOLD_CHANCE: Final = 20
"""Percent from which on the chance of rain belongs to the weather as a whole."""


@dataclass(frozen=True)
class Presence:
    """Something that is there or not."""

    noun: str
    holds: Callable[[Summary], bool]


@dataclass(frozen=True)
class Warmth:
    """A question on the temperature, in degrees Celsius of the lowest and the highest."""

    holds: Callable[[float, float], bool]


PRESENCE: Final[Mapping[Asked, Presence]] = {
    Asked.RAIN: Presence("rain", lambda s: s.rain),
    Asked.UMBRELLA: Presence("rain", lambda s: s.rain),
    Asked.DRY: Presence("rain", lambda s: s.rain),
    Asked.SNOW: Presence("snow", lambda s: bool(s.conditions & SNOW)),
    Asked.THUNDER: Presence("thunder", lambda s: bool(s.conditions & THUNDER)),
    Asked.HAIL: Presence("hail", lambda s: "hail" in s.conditions),
    Asked.FOG: Presence("fog", lambda s: "fog" in s.conditions),
    Asked.WIND: Presence("wind", lambda s: s.windy),
    Asked.STORM: Presence("storm", lambda s: s.storm),
    Asked.SUN: Presence("sun", lambda s: bool(s.conditions & SUN)),
    Asked.CLOUDS: Presence("clouds", lambda s: bool(s.conditions & CLOUDS)),
    Asked.FROST: Presence(
        "frost", lambda s: s.celsius is not None and s.celsius[0] <= 0
    ),
}
"""What is answered with "yes, rain tomorrow"; the dry is the other way round."""

TEMPERATURES: Final[Mapping[Asked, Warmth]] = {
    Asked.COLD: Warmth(lambda low, high: low <= 8),
    Asked.COOL: Warmth(lambda low, high: low <= 15),
    Asked.WARM: Warmth(lambda low, high: high >= 20),
    Asked.HOT: Warmth(lambda low, high: high >= 27),
}
"""What is answered with "yes, 3 to 7 degrees tomorrow"."""

UV_HIGH: Final = 3
"""Index from which on the skin is protected, as the World Health Organization advises."""


class Asking:
    """One question: who asks, and what is known."""

    def __init__(self, turn: Turn, outlook: Outlook) -> None:
        """Take the turn and the outlook for the place that is asked about."""
        self.turn = turn
        self.outlook = outlook
        moment = outlook.now
        self.now = TimeRange(
            start=moment, end=moment + timedelta(hours=1), kind=Kind.NOW
        )
        self.today = of_day(moment.date(), moment)

    def summary(self, wanted: TimeRange) -> Summary:
        """Return the weather of a range; raises SkillError where it is not known."""
        outlook = self.outlook
        slots = outlook.slots(wanted)
        if wanted.kind is Kind.NOW and outlook.current is not None:
            slots = [outlook.current]
        if not slots:
            raise SkillError("weather.too_far")
        return Summary(slots, outlook.units)

    def when(self, wanted: TimeRange) -> str:
        """Return how a range is said, with the place where it is not home."""
        said = spoken_range(self.turn, wanted, self.outlook.now)
        if self.outlook.place is None:
            return said
        return self.turn.say("weather.when_there", when=said, place=self.outlook.place)

    def has(self, what: str, wanted: TimeRange) -> str:
        """Return "rain tomorrow"."""
        return self.turn.say("weather.has", what=what, when=self.when(wanted))

    def answer(self, key: str, facts: Sequence[str], summary: Summary) -> Answer:
        """Return the answer of a yes, a no or none of them, and facts."""
        joined = self.listed(facts)
        return Answer(
            speech=_capital(self.turn.say(f"weather.{key}", facts=joined)),
            data=self.data(summary),
        )

    def listed(self, facts: Sequence[str]) -> str:
        """Return facts one after the other."""
        return reduce(
            lambda first, second: self.turn.say(
                "weather.more", first=first, second=second
            ),
            facts,
        )

    def data(self, summary: Summary) -> dict[str, Any]:
        """Return what is known, for another assistant."""
        known = {
            "condition": summary.condition,
            "lowest_temperature": summary.low,
            "highest_temperature": summary.high,
            "temperature_unit": self.outlook.units.temperature,
            "precipitation_probability": summary.probability,
            "wind_speed": summary.wind,
            "wind_speed_unit": self.outlook.units.wind,
            "humidity": summary.humidity,
            "place": self.outlook.place,
        }
        return {key: value for key, value in known.items() if value is not None}

    def degrees(self, summary: Summary) -> str | None:
        """Return "3 to 7 degrees"; None where no temperature is known."""
        if summary.low is None or summary.high is None:
            return None
        low, high = round(summary.low), round(summary.high)
        if low == high:
            return self.turn.say("home.degrees", n=low, count=low)
        return self.turn.say("weather.range", low=low, high=high, count=high)

    def speed(self, summary: Summary) -> str | None:
        """Return the strongest wind in words; None where it is not known."""
        if summary.wind is None:
            return None
        value, unit = summary.wind, self.outlook.units.wind
        if unit not in _SPEEDS:
            value = SpeedConverter.convert(value, unit, UnitOfSpeed.KILOMETERS_PER_HOUR)
            unit = UnitOfSpeed.KILOMETERS_PER_HOUR
        number = round(value)
        return self.turn.say(f"unit.{_SPEEDS[unit]}", n=number, count=number)


def presence(
    asking: Asking,
    about: Asked,
    wanted: TimeRange,
    summary: Summary,
    *,
    later: bool = False,
) -> Answer:
    """Answer whether there is rain, wind, sun...; `later` where it is not there now."""
    asks = PRESENCE[about]
    there, absent = words(asking.turn.language, f"weather.noun_{asks.noun}")
    holds = asks.holds(summary)
    chance = summary.probability if asks.noun == "rain" else None
    facts = [asking.has(there if holds else absent, wanted)]
    yes, no = ("no", "yes") if about is Asked.DRY else ("yes", "no")
    if asks.noun == "wind" and (speed := asking.speed(summary)):
        facts.append(asking.turn.say("weather.wind_up_to", speed=speed))
    if chance is not None and (holds or chance >= POSSIBLE):
        facts.append(asking.turn.say("weather.chance", percent=round(chance)))
    if holds and later:
        first = next(
            s for s in summary.slots if asks.holds(Summary([s], summary.units))
        )
        if first.start > asking.outlook.now:
            facts[0] = asking.has(there, of_hour(first.start))
            return asking.answer("later" if yes == "yes" else yes, facts, summary)
        facts[0] = asking.has(there, asking.now)
    if not holds and chance is not None and chance >= POSSIBLE:
        facts = [asking.has(there, wanted), *facts[1:]]
        return asking.answer("maybe", facts, summary)
    return asking.answer(yes if holds else no, facts, summary)


def temperatures(
    asking: Asking, about: Asked, wanted: TimeRange, summary: Summary
) -> Answer:
    """Answer whether it is cold or warm, with the degrees."""
    celsius, degrees = summary.celsius, asking.degrees(summary)
    if celsius is None or degrees is None:
        raise SkillError("weather.not_known")
    holds = TEMPERATURES[about].holds(*celsius)
    return asking.answer(
        "yes" if holds else "no", [asking.has(degrees, wanted)], summary
    )


def measured(
    asking: Asking, about: Asked, wanted: TimeRange, summary: Summary
) -> Answer:
    """Say a number: degrees, humidity, UV index; or whether the weather is nice."""
    turn = asking.turn
    degrees = asking.degrees(summary)
    if about is Asked.TEMPERATURE and degrees:
        return asking.answer("facts", [asking.has(degrees, wanted)], summary)
    if about is Asked.HUMIDITY and (humidity := summary.humidity) is not None:
        said = turn.say("weather.humidity", percent=round(humidity))
        return asking.answer("facts", [asking.has(said, wanted)], summary)
    if about is Asked.SUNSCREEN and (uv := summary.uv) is not None:
        said = turn.say("weather.uv", index=round(uv))
        key = "yes" if uv >= UV_HIGH else "no"
        return asking.answer(key, [asking.has(said, wanted)], summary)
    if about is Asked.NICE:
        return general(asking, [(wanted, summary)])
    raise SkillError("weather.not_known")


def general(asking: Asking, told: Sequence[tuple[TimeRange, Summary]]) -> Answer:
    """Say the weather as a whole, of one range after the other."""
    sentences = []
    for wanted, summary in told:
        facts = []
        if summary.condition and (words_ := _condition(asking.turn, summary.condition)):
            facts.append(words_)
        if degrees := asking.degrees(summary):
            facts.append(degrees)
        chance = summary.probability
        if chance is not None and chance >= TOLD_CHANCE:
            facts.append(asking.turn.say("weather.rain_chance", percent=round(chance)))
        if summary.windy and (speed := asking.speed(summary)):
            facts.append(asking.turn.say("weather.wind_up_to", speed=speed))
        if facts:
            said = asking.turn.say(
                "weather.general", when=asking.when(wanted), facts=asking.listed(facts)
            )
            sentences.append(_capital(said))
    if not sentences:
        raise SkillError("weather.not_known")
    return Answer(speech=" ".join(sentences), data=asking.data(told[0][1]))


def sun_event(asking: Asking, about: Asked, wanted: TimeRange | None) -> Answer:
    """Say when the sun rises or sets: on the day that was said, else the next time."""
    outlook = asking.outlook
    day = (wanted or asking.today).day
    moment = outlook.sun(day, about)
    if wanted is None and moment is not None and moment < outlook.now:
        day += timedelta(days=1)
        moment = outlook.sun(day, about)
    if moment is None:
        raise SkillError("weather.no_sun_event")
    said = asking.turn.say(
        f"weather.{about}",
        when=asking.when(of_day(day, outlook.now)),
        time=spoken_clock(asking.turn, moment),
        count=moment.hour,
    )
    return Answer(speech=_capital(said), data={about: moment.isoformat()})


def _condition(turn: Turn, condition: str) -> str | None:
    """A state of Home Assistant in words; None for one that it does not define."""
    try:
        return turn.say(f"weather.condition_{condition}")
    except KeyError:
        return None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
