"""Numbers in Chinese characters: 二十三 is 23, 一百零五 105, 3万 30000, 一九八四 1984, 三点五 3.5."""

import re

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
PLACES = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8}
LONGEST = 15
"""Characters of a number."""
AMBIGUOUS = frozenset("一百千万萬億亿")
"""Alone, these are mostly parts of other words."""

_DIGITS = "".join(DIGITS)
_RUN = re.compile(rf"[{_DIGITS}{''.join(PLACES)}{''.join(LARGE)}]+")
_DECIMALS = re.compile(rf"[点點]([{_DIGITS}]+)(?![十百千万億亿分半刻])")


def han_number(text: str, at: int, language: str) -> tuple[int | float, int] | None:
    """The number that begins at `at`, and where it ends; None where there is none.

    In Chinese a last digit that follows a place counts as the next place: 一百五 is 150, in Japanese 百五 is 105.
    """
    matched = _RUN.match(text, at)
    if matched is None:
        return None
    end = min(matched.end(), at + LONGEST)
    value = None
    while end > at and value is None:
        value = _whole(text[at:end], language)
        end -= value is None
    if value is None:
        return None
    decimals = _DECIMALS.match(text, end)
    if text[at:end] in AMBIGUOUS and not decimals:
        return None
    if decimals:
        return float(f"{value}.{''.join(str(DIGITS[c]) for c in decimals[1])}"), decimals.end()
    return value, end


def han_multiplier(text: str, at: int) -> int | None:
    """What a number in digits before `at` is multiplied by: 3万."""
    return (PLACES | LARGE).get(text[at : at + 1]) if text[at : at + 1] != "十" else None


def _whole(text: str, language: str) -> int | None:
    """The whole number that all characters say, or None."""
    if all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))
    total = 0
    limit = 10**12
    while text:
        found = re.match(rf"([^{''.join(LARGE)}]*)([{''.join(LARGE)}]?)", text)
        group = _below_myriad(found[1], language) if found else None
        size = LARGE.get(found[2], 1) if found else 1
        if found is None or group is None or size >= limit:
            return None
        total, limit, text = total + (group or (1 if size > 1 else 0)) * size, size, text[found.end() :]
    return total


def _below_myriad(text: str, language: str) -> int | None:
    """A number below 10,000; None where the characters say none."""
    total, digit, limit, skipped = 0, -1, 10_000, False
    for character in text:
        if character in PLACES:
            place = PLACES[character]
            if place >= limit:
                return None
            total, limit, digit, skipped = total + (1 if digit < 0 else digit) * place, place, -1, False
        elif DIGITS[character] == 0:
            if digit >= 0 or skipped:
                return None
            skipped = True
        elif digit >= 0:
            return None
        else:
            digit = DIGITS[character]
    if language == "zh" and digit > 0 and not skipped and 100 <= limit <= 1000:
        digit *= limit // 10
    return total + max(digit, 0)
