"""Words that stand in no list: parts of names mixed, misheard and made up, so that a model learns to copy."""

import random
from collections.abc import Sequence

ONSETS = [
    "b",
    "bl",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "qu",
    "r",
    "s",
    "sh",
    "sk",
    "st",
    "t",
    "th",
    "tr",
    "v",
    "w",
    "z",
]
VOWELS = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ee", "oo", "ou", "ia"]
CODAS = ["", "", "", "n", "r", "l", "s", "t", "m", "ck", "nd", "x", "th", "ng"]
UNSPACED = {"ja", "zh"}
KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
    "ガギグゲゴザジズゼゾダデドバビブベボパピプペポ"
)
KANA_INSIDE = "ンーッ"
LATIN_SHARE = 0.15
"""Share of made-up names in languages without spaces that are written in Latin letters."""


def vary(known: Sequence[str], language: str, rng: random.Random) -> str:
    """A name like the known ones that is none of them."""
    if language in UNSPACED:
        return _vary_unspaced(known, language, rng)
    match rng.randrange(4):
        case 0:
            words = rng.choice(known).split() + rng.choice(known).split()
            rng.shuffle(words)
            return " ".join(words[: rng.randint(1, 4)])
        case 1:
            return _misheard(rng.choice(known), rng)
        case 2:
            return " ".join(_made_up(rng) for _ in range(rng.randint(1, 2)))
        case _:
            first, second = rng.choice(known).split(), rng.choice(known).split()
            return " ".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :])


def _vary_unspaced(known: Sequence[str], language: str, rng: random.Random) -> str:
    latin = [name for name in known if name.isascii()]
    own = [name for name in known if name.isalpha() and not any(c.isascii() for c in name)]
    if latin and rng.random() < LATIN_SHARE:
        return " ".join(_made_up(rng) for _ in range(rng.randint(1, 2))).title()
    if not own:
        return _katakana(rng) if language == "ja" else rng.choice(known)
    first, second = rng.choice(own), rng.choice(own)
    match rng.randrange(4):
        case 0 if language == "ja":
            return _katakana(rng)
        case 1 if len(first) > 2:
            at = rng.randrange(1, len(first))
            return first[:at] + first[at + 1 :]
        case 2:
            return "".join(rng.choice(rng.choice(own)) for _ in range(rng.randint(2, 5)))
        case _:
            return first[: (len(first) + 1) // 2] + second[len(second) // 2 :]


def _katakana(rng: random.Random) -> str:
    """Katakana that could be a foreign name; no small kana first or twice in a row."""
    name = rng.choice(KANA)
    for _ in range(rng.randint(1, 4)):
        if name[-1] not in KANA_INSIDE and rng.random() < 0.3:
            name += rng.choice(KANA_INSIDE)
        name += rng.choice(KANA)
    return name.removesuffix("ッ")


def _made_up(rng: random.Random) -> str:
    """A word of one to three syllables that could be a name."""
    return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(rng.randint(1, 3)))


def _misheard(name: str, rng: random.Random) -> str:
    """The name with a letter dropped, doubled or swapped with its neighbor."""
    if len(name) < 4:
        return name
    at = rng.randrange(1, len(name) - 2)
    if " " in name[at : at + 2]:
        return name
    match rng.randrange(3):
        case 0:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + name[at] + name[at:]
        case _:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
