"""Which choice an utterance picks, where a question was asked."""

from collections.abc import Sequence
import re
import unicodedata

from rapidfuzz import fuzz

from .memory import Choice, Question
from .speech import words

MAX_WORDS = 8
"""A longer utterance is a new request, not an answer."""

CLOSE_ENOUGH = 85
"""Percent; "kitchin" for "kitchen" is 86."""


def picked(question: Question, text: str, language: str) -> Choice | None:
    """Return the choice that the user named; None where the text is something else.

    Where the text says more than that (see `says_no_more`), it may still be a command.
    """
    if question.pin:
        digits = spoken_digits(text, language)
        return next((c for c in question.choices if digits and digits in c.names), None)
    said = _words(text)
    if not said or len(said) > MAX_WORDS:
        return None
    if (
        place := _ordinal(said, language, question.listed or len(question.choices))
    ) is not None:
        return question.choices[place]
    numbers = _digits(language)
    # "The five minute one" is "5 minutes".
    said += [numbers[word] for word in said if word in numbers]
    scores = _scores([c.names for c in question.choices], said)
    best = max(scores)
    if not best or scores.count(best) > 1:
        return None
    return question.choices[scores.index(best)]


def says_no_more(question: Question, choice: Choice, text: str, language: str) -> bool:
    """Return whether a text is nothing but the choice: "yes, do it", not "okay, louder"."""
    if question.pin:
        return True
    said = _words(text)
    names = [*choice.names]
    for forms in words(language, "ordinals"):
        names += forms.split("/")
    known = {word for name in names for word in _words(name)}
    if all(any(fuzz.ratio(word, k) >= CLOSE_ENOUGH for k in known) for word in said):
        return True
    # Languages without spaces.
    rest = "".join(said)
    for name in sorted((_words(name) for name in names), key=len, reverse=True):
        rest = rest.replace("".join(name), "")
    return not rest


def spoken_digits(text: str, language: str) -> str:
    """Return the digits of a text such as "one 2 three": "123"."""
    digits = _digits(language)
    spaced = re.sub(r"(\d)", r" \1 ", unicodedata.normalize("NFKC", text))
    found = [digits.get(word, word) for word in _words(spaced)]
    if len(found) == 1 and not found[0].isdigit():
        # Languages without spaces.
        found = [digits.get(character, character) for character in found[0]]
    return "".join(word for word in found if word.isdigit())


def _digits(language: str) -> dict[str, str]:
    return {word: str(n % 10) for n, word in enumerate(words(language, "digits"))}


def _ordinal(said: Sequence[str], language: str, count: int) -> int | None:
    """The place of "the second one" among so many; not where there are only yes and no."""
    for number, forms in enumerate(words(language, "ordinals")):
        if any(form in said for form in forms.split("/")):
            place = (number or count) - 1
            return place if place < count else None
    return None


def _scores(names: Sequence[Sequence[str]], said: Sequence[str]) -> list[float]:
    """How well each choice's names are matched, by the words that tell them apart."""
    choices = [[_words(name) for name in choice] for choice in names]
    shared = set.intersection(*({w for n in choice for w in n} for choice in choices))
    text = "".join(said)
    scores = []
    for choice in choices:
        score = 0.0
        for name in choice:
            telling = [w for w in name if w not in shared] or name
            heard = [w for w in telling if _heard(w, said, text)]
            score = max(score, len(heard) / len(telling) if telling else 0)
        scores.append(score)
    return scores


def _heard(word: str, said: Sequence[str], text: str) -> bool:
    if any(fuzz.ratio(word, other) >= CLOSE_ENOUGH for other in said):
        return True
    # Languages without spaces between words.
    return not word.isascii() and word in text


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
