"""What is spoken: every sentence in every language."""

import re
import string
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from custom_components.local_llm_voice import speech
from custom_components.local_llm_voice.speech import (
    LANGUAGES,
    Alternatives,
    closest,
    duration,
    say,
    templates,
    time_ahead,
    words,
)
from custom_components.local_llm_voice.spoken_time import Part

CODE = Path(speech.__file__).parents[1]


def forms(key: str, language: str) -> list[str]:
    """The texts of a template."""
    template = templates(language)[key]
    return [template] if isinstance(template, str) else list(template.values())


def fields(text: str) -> set[str]:
    """The fields of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same(language: str) -> None:
    assert templates(language).keys() == templates("en").keys()
    for key in templates("en"):
        wanted = set().union(*(fields(form) for form in forms(key, "en")))
        for form in forms(key, language):
            if isinstance(templates(language)[key], str) and isinstance(templates("en")[key], str):
                assert fields(form) == wanted, key
            else:
                assert fields(form) <= wanted | {"count"}, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_renders(language: str) -> None:
    for key in templates(language):
        used = set().union(*(fields(form) for code in LANGUAGES for form in forms(key, code)))
        for count in (-1, 0, 0.5, 1, 2):
            values = {name: ["a", "b"] if name in ("names", "items") else 3 for name in used} | {"count": count}
            rendered = say(language, key, **values)
            assert rendered
            assert "{" not in rendered
        template = templates(language)[key]
        assert isinstance(template, str) or "other" in template, key
        assert isinstance(template, str) or all(re.fullmatch(r"one|other|=\d+", form) for form in template), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_questions(language: str) -> None:
    """A satellite goes on listening where the sentence ends in a question mark."""
    for key in ("home.what", "home.which", "home.which_area", "home.confirm_open", "home.confirm_unlock",
                "home.confirm_disarm", "pin.ask", "timer.which", "lists.which", "timer.how_long"):  # fmt: skip
        assert say(language, key, names=["a", "b"]).endswith(("?", "？")), key


def test_every_sentence_that_the_code_names_is_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE.rglob("*.py"))
    named = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', code))
    skills = {key.split(".")[0] for key in templates("en") if "." in key}
    missing = {key for key in named if key.split(".")[0] in skills} - templates("en").keys()
    assert not missing


@pytest.mark.parametrize(
    ("language", "code"),
    [("en-GB", "en"), ("zh_CN", "zh"), ("DE", "de"), ("sv", "en"), (None, "en"), ("", "en"), ("pt-BR", "en")],
)
def test_the_closest_language(language: str | None, code: str) -> None:
    assert closest(language) == code


@pytest.mark.parametrize(
    ("language", "value", "spoken"),
    [
        ("en", 12, "12."),
        ("en", 3.5, "3.5."),
        ("de", 3.5, "3,5."),
        ("en", Fraction(10, 3), "3.33."),
        ("en", Decimal("-0.5"), "-0.5."),
        ("en", 0.00012345, "0.000123."),
        ("en", ["milk", "eggs", "bread"], "milk, eggs and bread."),
        ("en", Alternatives(["tea", "coffee"]), "tea or coffee."),
        ("en", ["milk"], "milk."),
        ("en", [], "."),
        ("ja", ["卵", "牛乳"], "卵と牛乳です。"),
        ("en", True, "True."),
        ("en", None, "None."),
    ],
)
def test_values_as_they_are_spoken(language: str, value: object, spoken: str) -> None:
    assert say(language, "chance.number", number=value) == spoken


@pytest.mark.parametrize(
    ("language", "seconds", "spoken"),
    [
        ("en", 0, "0 seconds"),
        ("en", 1, "1 second"),
        ("en", 90, "1 minute and 30 seconds"),
        ("en", 3600, "1 hour"),
        ("en", 93784, "1 day and 2 hours"),
        ("de", 5400, "1 Stunde und 30 Minuten"),
        ("zh", 60, "1分钟"),
        ("zh", 5400, "1小时30分钟"),
        ("ja", 5400, "1時間30分"),
    ],
)
def test_durations(language: str, seconds: float, spoken: str) -> None:
    assert duration(language, seconds) == spoken


@pytest.mark.parametrize(
    ("language", "seconds", "spoken"),
    [
        ("de", 172800, "in 2 Tagen"),
        ("de", 183600, "in 2 Tagen und 3 Stunden"),
        ("de", 86400, "in 1 Tag"),
        ("de", 1800, "in 30 Minuten"),
        ("en", 172800, "in 2 days"),
        ("nl", 172800, "over 2 dagen"),
    ],
)
def test_durations_behind_in(language: str, seconds: float, spoken: str) -> None:
    assert spoken in say(language, "delayed", duration=duration(language, seconds, after_in=True))
    assert duration("de", 172800) == "2 Tage"


@pytest.mark.parametrize(
    ("language", "minute", "minutes", "hour", "hours", "both"),
    [
        ("da", "i løbet af det næste minut", "i løbet af de næste 30 minutter", "i løbet af den næste time",
         "i løbet af de næste 2 timer", "i løbet af den næste time og 30 minutter"),
        ("de", "in der nächsten Minute", "in den nächsten 30 Minuten", "in der nächsten Stunde",
         "in den nächsten 2 Stunden", "in der nächsten Stunde und 30 Minuten"),
        ("en", "in the next minute", "in the next 30 minutes", "in the next hour",
         "in the next 2 hours", "in the next hour and 30 minutes"),
        ("es", "en el próximo minuto", "en los próximos 30 minutos", "en la próxima hora",
         "en las próximas 2 horas", "en la próxima hora y 30 minutos"),
        ("fr", "dans la prochaine minute", "dans les 30 prochaines minutes", "dans la prochaine heure",
         "dans les 2 prochaines heures", "dans la prochaine heure et 30 minutes"),
        ("it", "nel prossimo minuto", "nei prossimi 30 minuti", "nella prossima ora",
         "nelle prossime 2 ore", "nella prossima ora e 30 minuti"),
        ("ja", "今後1分", "今後30分", "今後1時間", "今後2時間", "今後1時間30分"),
        ("nl", "in de komende minuut", "in de komende 30 minuten", "in het komende uur",
         "in de komende 2 uur", "in het komende uur en 30 minuten"),
        ("zh", "未来1分钟", "未来30分钟", "未来1小时", "未来2小时", "未来1小时30分钟"),
    ],
)  # fmt: skip
def test_the_time_ahead_agrees_in_number_and_gender(
    language: str, minute: str, minutes: str, hour: str, hours: str, both: str
) -> None:
    spoken = [
        say(language, "when.hours", duration=time_ahead(language, seconds)) for seconds in (60, 1800, 3600, 7200, 5400)
    ]
    assert spoken == [minute, minutes, hour, hours, both]


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("da", "0 grader, 0,5 grad, 1 grad, 1,5 grad, 2 grader, 21 grader, -1 grad"),
        ("en", "0 degrees, 0.5 degrees, 1 degree, 1.5 degrees, 2 degrees, 21 degrees, -1 degree"),
        ("es", "0 grados, 0,5 grados, 1 grado, 1,5 grados, 2 grados, 21 grados, -1 grado"),
        ("fr", "0 degré, 0,5 degré, 1 degré, 1,5 degré, 2 degrés, 21 degrés, -1 degré"),
        ("it", "0 gradi, 0,5 gradi, 1 grado, 1,5 gradi, 2 gradi, 21 gradi, -1 grado"),
        ("nl", "0 graden, 0,5 graden, 1 graad, 1,5 graden, 2 graden, 21 graden, -1 graad"),
    ],
)
def test_plurals_are_those_of_the_language(language: str, spoken: str) -> None:
    numbers = (0, 0.5, 1, 1.5, 2, 21, -1)
    assert ", ".join(say(language, "home.degrees", n=number, count=number) for number in numbers) == spoken


def test_the_plural_is_that_of_the_number_as_it_is_written() -> None:
    """1.0004 is written "1"."""
    assert say("en", "unit.mile", n=1.0004, count=1.0004) == "1 mile"


def test_the_verb_agrees_with_the_names() -> None:
    assert say("de", "media.slow", names=["Küche"]) == "Küche spielt noch nicht."
    assert say("de", "media.slow", names=["Küche", "Bad"]) == "Küche und Bad spielen noch nicht."
    assert say("de", "media.slow", names="4 Geräte") == "4 Geräte spielen noch nicht."


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_of_words_are_as_long_as_they_must_be(language: str) -> None:
    assert len(words(language, "time.weekdays")) == 7
    assert len(words(language, "time.months")) == 12
    assert len(words(language, "time.parts")) == len(Part)
    assert len(words(language, "digits")) >= 10
    assert len(words(language, "ordinals")) == 6
