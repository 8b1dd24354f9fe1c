import pytest

from training.data.numbers import in_words
from wyoming_server.translation.units import split

ARTICLES = {"en": {1}, "fr": {1}, "es": {1}, "it": {1, 6}, "da": {1}, "ja": {1, 100, 1000}, "zh": {1}}
"""Said in a word that means something else more often."""


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "da", "ja", "zh"])
def test_every_number_that_is_spelled_is_read_back(language: str) -> None:
    numbers = [*range(1000), *range(1000, 100_000, 977), *(tenth / 10 for tenth in range(1, 1000, 37))]
    for number in numbers:
        words = in_words(number, language)
        if number in ARTICLES.get(language, ()) or "dicotto" in words:  # num2words 0.5.14 misspells Italian 118
            continue
        units = split(words, language)
        assert [unit.value for unit in units] == [number], (words, units)
