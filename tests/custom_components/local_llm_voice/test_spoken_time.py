"""Words for times, in nine languages, seen from a Tuesday in November at three in the afternoon."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from custom_components.local_llm_voice.speech import LANGUAGES
from custom_components.local_llm_voice.spoken_time import Kind, NotUnderstood, parse
from custom_components.local_llm_voice.spoken_time import words as lists

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=BERLIN)

TOMORROW = ("25 00:00", "26 00:00")
TOMORROW_MORNING = ("25 06:00", "25 12:00")
TONIGHT = ("24 19:00", "25 06:00")
EVENING = ("24 18:00", "24 23:00")
SATURDAY = ("28 00:00", "29 00:00")
SATURDAY_AFTERNOON = ("28 12:00", "28 18:00")
WEEKEND = ("28 00:00", "30 00:00")
NEXT_WEEK = ("30 00:00", "07 00:00")
AFTER_TOMORROW = ("26 00:00", "27 00:00")
IN_THREE_HOURS = ("24 18:00", "24 19:00")
AT_FIVE_PM = ("24 17:00", "24 18:00")
CHRISTMAS_EVE = ("24 00:00", "25 00:00")
IN_THREE_DAYS = ("27 00:00", "28 00:00")


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (TOMORROW, {"en": "tomorrow", "de": "morgen", "fr": "demain", "es": "mañana", "it": "domani", "nl": "morgen",
                    "da": "i morgen", "ja": "明日", "zh": "明天"}),
        (TOMORROW_MORNING, {"en": "tomorrow morning", "de": "morgen früh", "fr": "demain matin",
                            "es": "mañana por la mañana", "it": "domani mattina", "nl": "morgenochtend",
                            "da": "i morgen tidlig", "ja": "明日の朝", "zh": "明天早上"}),
        (TONIGHT, {"en": "tonight", "de": "heute Nacht", "fr": "cette nuit", "es": "esta noche", "it": "stanotte",
                   "nl": "vannacht", "da": "i nat", "ja": "今夜", "zh": "今夜"}),
        (EVENING, {"en": "this evening", "de": "heute Abend", "fr": "ce soir", "it": "stasera", "nl": "vanavond",
                   "da": "i aften", "ja": "今晩", "zh": "今晚"}),
        (SATURDAY, {"en": "on Saturday", "de": "am Samstag", "fr": "samedi prochain", "es": "el sábado",
                    "it": "sabato", "nl": "op zaterdag", "da": "på lørdag", "ja": "土曜日", "zh": "星期六"}),
        (SATURDAY_AFTERNOON, {"en": "Saturday afternoon", "de": "Samstagnachmittag", "fr": "samedi après-midi",
                              "es": "el sábado por la tarde", "it": "sabato pomeriggio", "nl": "zaterdagmiddag",
                              "da": "lørdag eftermiddag", "ja": "土曜日の午後", "zh": "周六下午"}),
        (WEEKEND, {"en": "over the weekend", "de": "am Wochenende", "fr": "ce week-end", "es": "el fin de semana",
                   "it": "questo fine settimana", "nl": "dit weekend", "da": "i weekenden", "ja": "今週末",
                   "zh": "这个周末"}),
        (NEXT_WEEK, {"en": "next week", "de": "nächste Woche", "fr": "la semaine prochaine",
                     "es": "la próxima semana", "it": "la prossima settimana", "nl": "volgende week",
                     "da": "næste uge", "ja": "来週", "zh": "下周"}),
        (AFTER_TOMORROW, {"en": "the day after tomorrow", "de": "übermorgen", "fr": "après-demain",
                          "es": "pasado mañana", "it": "dopodomani", "nl": "overmorgen", "da": "i overmorgen",
                          "ja": "明後日", "zh": "后天"}),
        (IN_THREE_HOURS, {"en": "in three hours", "de": "in drei Stunden", "fr": "dans trois heures",
                          "es": "en tres horas", "it": "tra tre ore", "nl": "over drie uur", "da": "om tre timer",
                          "ja": "3時間後", "zh": "三小时后"}),
        (AT_FIVE_PM, {"en": "at 5 pm", "de": "um 17 Uhr", "fr": "à 17 heures", "es": "a las 5 de la tarde",
                      "it": "alle 17", "nl": "om 17 uur", "da": "klokken 17", "ja": "午後5時", "zh": "下午5点"}),
        (CHRISTMAS_EVE, {"en": "December 24th", "de": "am 24. Dezember", "fr": "le 24 décembre",
                         "es": "el 24 de diciembre", "it": "il 24 dicembre", "nl": "24 december",
                         "da": "den 24. december", "ja": "12月24日", "zh": "12月24号"}),
        (IN_THREE_DAYS, {"en": "three days from now", "de": "in drei Tagen", "fr": "dans 3 jours", "es": "en 3 días",
                         "it": "fra tre giorni", "nl": "over drie dagen", "da": "om tre dage", "ja": "三日後",
                         "zh": "3天后"}),
    ],
)  # fmt: skip
def test_the_same_time_in_every_language(expected: tuple[str, str], said: dict[str, str]) -> None:
    for language, words in said.items():
        found = parse(words, language, NOW)
        assert (f"{found.start:%d %H:%M}", f"{found.end:%d %H:%M}") == expected, (language, words)


@pytest.mark.parametrize(
    ("language", "words", "kind", "start", "end"),
    [
        ("en", "now", Kind.NOW, "24 Nov 15:00", "24 Nov 16:00"),
        ("en", "today", Kind.DAY, "24 Nov 15:00", "25 Nov 00:00"),
        ("en", "later", Kind.DAY, "24 Nov 15:00", "25 Nov 00:00"),
        ("en", "yesterday evening", Kind.PART, "23 Nov 18:00", "23 Nov 23:00"),
        ("en", "last night", Kind.PART, "23 Nov 19:00", "24 Nov 06:00"),
        ("en", "this morning", Kind.PART, "24 Nov 06:00", "24 Nov 12:00"),
        ("en", "in the morning", Kind.PART, "25 Nov 06:00", "25 Nov 12:00"),
        ("en", "this afternoon", Kind.PART, "24 Nov 15:00", "24 Nov 18:00"),
        ("en", "Tuesday", Kind.DAY, "01 Dec 00:00", "02 Dec 00:00"),
        ("en", "this Tuesday", Kind.DAY, "24 Nov 15:00", "25 Nov 00:00"),
        ("en", "last Friday", Kind.DAY, "20 Nov 00:00", "21 Nov 00:00"),
        ("en", "Friday next week", Kind.DAY, "04 Dec 00:00", "05 Dec 00:00"),
        ("zh", "下周一", Kind.DAY, "30 Nov 00:00", "01 Dec 00:00"),
        ("zh", "下周六", Kind.DAY, "05 Dec 00:00", "06 Dec 00:00"),
        ("en", "this week", Kind.WEEK, "24 Nov 15:00", "30 Nov 00:00"),
        ("de", "letzte Woche", Kind.WEEK, "16 Nov 00:00", "23 Nov 00:00"),
        ("en", "next weekend", Kind.WEEKEND, "05 Dec 00:00", "07 Dec 00:00"),
        ("en", "next few days", Kind.DAYS, "24 Nov 15:00", "28 Nov 00:00"),
        ("en", "the last two days", Kind.DAYS, "22 Nov 00:00", "24 Nov 15:00"),
        ("en", "two days ago", Kind.DAY, "22 Nov 00:00", "23 Nov 00:00"),
        ("de", "vor drei Stunden", Kind.MOMENT, "24 Nov 12:00", "24 Nov 13:00"),
        ("en", "in two days in the morning", Kind.PART, "26 Nov 06:00", "26 Nov 12:00"),
        ("en", "next two hours", Kind.HOURS, "24 Nov 15:00", "24 Nov 17:00"),
        ("en", "this month", Kind.MONTH, "24 Nov 15:00", "01 Dec 00:00"),
        ("en", "next month", Kind.MONTH, "01 Dec 00:00", "01 Jan 00:00"),
        ("en", "in March", Kind.MONTH, "01 Mar 00:00", "01 Apr 00:00"),
        ("en", "on the fourth of July", Kind.DAY, "04 Jul 00:00", "05 Jul 00:00"),
        ("en", "Christmas", Kind.DAY, "25 Dec 00:00", "26 Dec 00:00"),
        ("fr", "à Pâques", Kind.DAY, "28 Mar 00:00", "29 Mar 00:00"),
        ("de", "an Pfingsten", Kind.DAY, "16 May 00:00", "17 May 00:00"),
        ("it", "a Pasquetta", Kind.DAY, "29 Mar 00:00", "30 Mar 00:00"),
        ("en", "first thing tomorrow", Kind.PART, "25 Nov 06:00", "25 Nov 12:00"),
        ("da", "resten af ugen", Kind.WEEK, "24 Nov 15:00", "30 Nov 00:00"),
        ("en", "tonight at 7", Kind.MOMENT, "24 Nov 19:00", "24 Nov 20:00"),
        ("en", "at five in the afternoon", Kind.MOMENT, "24 Nov 17:00", "24 Nov 18:00"),
        ("en", "last evening", Kind.PART, "23 Nov 18:00", "23 Nov 23:00"),
        ("en", "at two", Kind.MOMENT, "25 Nov 02:00", "25 Nov 03:00"),
        ("en", "at 5:30 pm", Kind.MOMENT, "24 Nov 17:30", "24 Nov 18:30"),
        ("en", "12 am", Kind.MOMENT, "25 Nov 00:00", "25 Nov 01:00"),
        ("en", "tomorrow at 8 am", Kind.MOMENT, "25 Nov 08:00", "25 Nov 09:00"),
        ("fr", "17h30", Kind.MOMENT, "24 Nov 17:30", "24 Nov 18:30"),
        ("de", "17 Uhr 45", Kind.MOMENT, "24 Nov 17:45", "24 Nov 18:45"),
        ("de", "um halb acht", Kind.MOMENT, "24 Nov 19:30", "24 Nov 20:30"),
        ("zh", "下午三点半", Kind.MOMENT, "24 Nov 15:30", "24 Nov 16:30"),
        ("zh", "两个半小时后", Kind.MOMENT, "24 Nov 17:30", "24 Nov 18:30"),
        ("ja", "午後", Kind.PART, "24 Nov 15:00", "24 Nov 18:00"),
        ("ja", "午前", Kind.PART, "25 Nov 06:00", "25 Nov 12:00"),
        ("de", "Samstag Morgen", Kind.PART, "28 Nov 06:00", "28 Nov 12:00"),
        ("de", "Freitagabend", Kind.PART, "27 Nov 18:00", "27 Nov 23:00"),
        ("es", "jueves mañana", Kind.PART, "26 Nov 06:00", "26 Nov 12:00"),
        ("sv", "tomorrow", Kind.DAY, "25 Nov 00:00", "26 Nov 00:00"),
    ],
)  # fmt: skip
def test_ranges(language: str, words: str, kind: Kind, start: str, end: str) -> None:
    found = parse(words, language, NOW)
    assert (found.kind, f"{found.start:%d %b %H:%M}", f"{found.end:%d %b %H:%M}") == (kind, start, end)


@pytest.mark.parametrize(
    ("language", "words", "part"),
    [
        ("en", "before the flood", "before flood"),
        ("en", "in the summer", "summer"),
        ("en", "in the morning and in the evening", "evening"),
        ("en", "Monday or Tuesday", "or"),
        ("en", "tomorrow at 25", "25"),
        ("en", "at 5:75", "5:75"),
        ("en", "February 30", "February 30"),
        ("en", "in 99999 days", "99999"),
        ("en", "in 9999 weeks", "9999"),
        ("en", "", ""),
        ("en", "the", "the"),
        ("de", "am Rosenmontag", "rosen"),
        ("zh", "明天宝", "宝"),
    ],
)
def test_says_what_it_did_not_understand(language: str, words: str, part: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse(words, language, NOW)
    assert part in caught.value.part


def test_early_in_the_morning_it_is_still_night() -> None:
    early = NOW.replace(hour=3)
    assert parse("tonight", "en", early).end == early.replace(hour=6)
    assert parse("tonight", "en", early).start == early


def test_hours_are_hours_when_the_clock_changes() -> None:
    before = datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN)
    found = parse("in three hours", "en", before)
    assert f"{found.start:%H:%M}" == "03:30"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_found_again(language: str) -> None:
    """No word of a list is cut in two, or is nothing, by another list."""
    words = lists.words_of(language)
    for phrase, meaning in words.meanings.items():
        (word, *rest) = words.cut(phrase)
        assert (word.kind, word.value) == meaning or word.kind == "clock", phrase
        assert not rest, phrase
