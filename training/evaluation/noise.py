"""Copies of rows as a speech recognizer might hear them: the label stays, so its own words are not touched."""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .normal_form import FUNCTION_WORDS, fold
from .rows import Row

HESITATIONS = {
    "en": ("um", "uh", "so", "okay", "hey"),
    "de": ("äh", "ähm", "also", "ja"),
    "fr": ("euh", "alors", "bon", "hé"),
    "es": ("eh", "pues", "bueno", "oye"),
    "it": ("ehm", "allora", "beh", "ehi"),
    "nl": ("uh", "eh", "nou", "hé"),
    "da": ("øh", "altså", "nå", "hej"),
    "ja": ("えっと", "あの", "ねえ", "ええと"),
    "zh": ("嗯", "那个", "呃", "喂"),
}
MISHEARD = {
    "two": "to", "to": "too", "for": "four", "the": "da", "their": "there", "by": "buy", "right": "write",
    "play": "played", "set": "said", "add": "at", "and": "in", "lights": "light", "what's": "what",
    "weather": "whether", "new": "knew", "is": "his", "some": "sum", "our": "hour", "pause": "paws",
}  # fmt: skip
"""English words and what recognizers write for them."""
WITHOUT_SPACES = ("ja", "zh")


def noised(rows: Iterable[Row]) -> list[Row]:
    """One misheard copy of every row that counts; the same copy every time."""
    return [misheard(row, random.Random(row.id)) for row in rows if row.scored]


def misheard(row: Row, dice: random.Random) -> Row:
    """The row in lower case, without punctuation, with one or two slips outside of the words that the label holds."""
    if row.language in WITHOUT_SPACES:
        text = re.sub(r"[。、，！？?!,.]", "", row.text)
        text = dice.choice(HESITATIONS[row.language]) + text if dice.random() < 0.5 else text
    else:
        words = re.sub(r"[^\w\s'’.:%°/+*=-]|[.:](?=\s|$)", " ", row.text).casefold().split()
        for slip in dice.sample((_hesitate, _stutter, _swallow, _mishear), dice.choice((1, 2))):
            words = slip(words, row, dice)
        text = " ".join(words)
    return replace(row, id=f"{row.id}~misheard", text=text)


def _hesitate(words: Sequence[str], row: Row, dice: random.Random) -> list[str]:
    return [dice.choice(HESITATIONS.get(row.language, HESITATIONS["en"])), *words]


def _stutter(words: Sequence[str], row: Row, dice: random.Random) -> list[str]:
    places = [i for i, word in enumerate(words) if word not in _kept(row)]
    if not places:
        return list(words)
    place = dice.choice(places)
    return [*words[: place + 1], *words[place:]]


def _swallow(words: Sequence[str], row: Row, dice: random.Random) -> list[str]:
    little = FUNCTION_WORDS.get(row.language, frozenset()) - _kept(row)
    places = [i for i, word in enumerate(words) if word in little]
    if not places or len(words) < 4:
        return list(words)
    place = dice.choice(places)
    return [*words[:place], *words[place + 1 :]]


def _mishear(words: Sequence[str], row: Row, dice: random.Random) -> list[str]:
    # A number heard as another word is lost for good, so only words beside the label and its numbers change.
    numbers = any(not isinstance(v, str) for call in row.calls for v in call["args"].values())
    if row.language != "en" or any("expression" in call["args"] for call in row.calls):
        return list(words)
    places = [i for i, w in enumerate(words) if w in MISHEARD and w not in _kept(row) and not (numbers and w == "two")]
    changed = set(dice.sample(places, min(1, len(places))))
    return [MISHEARD[word] if i in changed else word for i, word in enumerate(words)]


def _kept(row: Row) -> frozenset[str]:
    """Words of the label's values and of numbers, which carry the meaning."""
    values = [str(v) for answer in row.accepted for call in answer for v in call["args"].values()]
    return frozenset(word for value in values for word in fold(value).split()) | {"not", "no", "off", "on"}
