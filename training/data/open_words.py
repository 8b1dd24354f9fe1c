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
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンー"


def vary(known: Sequence[str], language: str, rng: random.Random) -> str:
    """A name like the known ones that is none of them."""
    gap = "" if language in UNSPACED else " "
    if language in UNSPACED:
        first, second = rng.choice(known), rng.choice(known)
        if rng.random() < 0.3 and language == "ja":
            return "".join(rng.choice(KANA[:-1]) for _ in range(rng.randint(2, 5)))
        return first[: max(1, len(first) // 2)] + second[len(second) // 2 :]
    match rng.randrange(4):
        case 0:
            words = rng.choice(known).split() + rng.choice(known).split()
            rng.shuffle(words)
            return gap.join(words[: rng.randint(1, 4)])
        case 1:
            return _misheard(rng.choice(known), rng)
        case 2:
            return gap.join(_made_up(rng) for _ in range(rng.randint(1, 2)))
        case _:
            head, tail = rng.choice(known).split(), rng.choice(known).split()
            return gap.join(head[: (len(head) + 1) // 2] + tail[len(tail) // 2 :])


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
