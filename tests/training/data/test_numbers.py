"""Number words of the languages that are written without spaces."""

import pytest

from training.data.numbers import in_words, ordinal, year_in_words


@pytest.mark.parametrize(
    ("number", "chinese", "japanese"),
    [
        (0, "零", "零"),
        (10, "十", "十"),
        (15, "十五", "十五"),
        (21, "二十一", "二十一"),
        (105, "一百零五", "百五"),
        (110, "一百一十", "百十"),
        (1005, "一千零五", "千五"),
        (1010, "一千零一十", "千十"),
        (10500, "一万零五百", "一万五百"),
        (21.5, "二十一点五", "二十一点五"),
        (-3, "负三", "マイナス三"),
    ],
)
def test_number_words(number: float, chinese: str, japanese: str) -> None:
    assert in_words(number, "zh") == chinese
    assert in_words(number, "ja") == japanese


def test_years_and_ordinals() -> None:
    assert year_in_words(1984, "zh") == "一九八四"
    assert year_in_words(1984, "ja") == "千九百八十四"
    assert ordinal(3, "zh") == "第三"
    assert ordinal(3, "ja") == "三番目"
