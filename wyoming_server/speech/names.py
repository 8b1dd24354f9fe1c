"""Names of the home that were misheard: "turn on the bad light" where the home has a Bed Light.

Conservative: a stretch of words becomes a name only where it sounds nearly the same, where no other name is nearly as
close, and where it neither begins nor ends with a word that commands are made of ("all lights" is no Hall Light).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

CLOSE = 80.0
"""Similarity, 0 to 100, of letters and of sounds, that makes a near miss; "kitchin" has 86 and 83."""
ALIKE = 70.0
"""Similarity of letters that suffices where the sounds are the same but for the color of vowels ("haul", Hall: 75)."""
SAME = 75.0
"""Similarity of letters that suffices where all sounds are the same, whatever the words ("eco be", EcoBee: 83)."""
SHORT = 5
"""Letters under which the sounds must be the same: too many other words are one letter away."""
RUNNER_UP = 4.0
"""How much closer the best name must be than the next."""
LONGEST = 5
"""Words of the longest stretch that is looked at."""

_COMMON = """
a add all am an and any are at be bring can cancel close could dim do down for from get give go had has have hear her
him his how i in increase into is it its let lights light like lock lower make me more music my next no not now of
off on one open or our out pause percent place play please put raise resume set she show shut skip so some start
stop switch tell ten that the them there these they thing this time timer to today tomorrow turn two unlock up
volume want was we what when where which who will with would you your
alle an aus auf bitte das dem den der die ein eine einen im in ist licht mach mein meine musik nicht schalte spiel
stell und von wie zu zum
de del el en enciende la las los luz mi pon por que un una y apaga sube baja musica
allume dans du est et eteins joue la le les lumiere mets mon musique ne pas sur une
aan de doe een en het in lamp licht mijn naar op speel uit van zet
accendi che di e gli i il in la le luce metti mia mio musica nel per spegni un una
"""
COMMON = frozenset(_COMMON.split())
"""Words that commands are made of."""

_WORD = re.compile(r"(?<!['’])[^\W_]+(?:['’\-](?!s\b)[^\W_]+)*")
"""A word without a possessive s."""
_SOUNDS: tuple[tuple[str, str], ...] = (
    (r"ph", "f"), (r"th", "t"), (r"sch", "sh"), (r"tch", "c"), (r"[ck]h", "k"), (r"ck", "k"), (r"^kn", "n"),
    (r"^wr", "r"), (r"igh", "i"), (r"gh", ""), (r"qu", "kw"), (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"c", "k"),
    (r"z", "s"), (r"v", "f"), (r"d$", "t"), (r"y", "i"), (r"ee|ea|ie", "i"), (r"oo|ou", "u"), (r"h(?![aeiou])", ""),
    (r"^(\w)e$", r"\1i"), (r"(?<=..)e$", ""),
)  # fmt: skip


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int


class Vocabulary:
    """The names of one home, ready to be compared."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` as people write them."""
        self._names = [name for name in names if _words(name)]
        self._letters = [_plain(name) for name in self._names]
        self._sounds = [sound(name) for name in self._names]
        self._exact = set(self._letters)

    def repair(self, text: str) -> str:
        """The text with names in place of what nearly sounds like them."""
        if not self._names:
            return text
        words = _words(text)
        repaired, position, index = [], 0, 0
        while index < len(words):
            length, name = self._match(words, index)
            if name is not None:
                repaired += [text[position : words[index].start], name]
                position = words[index + length - 1].end
            index += length
        return "".join([*repaired, text[position:]])

    def _match(self, words: Sequence[_Word], index: int) -> tuple[int, str | None]:
        """How many words from `index` on belong together, and the name they should be, if it is another one."""
        stretches = [(n, _joined(words[index : index + n])) for n in range(min(LONGEST, len(words) - index), 0, -1)]
        for length, stretch in stretches:
            if stretch in self._exact:
                return length, None
        best: tuple[float, int, str] | None = None
        for length, stretch in stretches:
            if any(_joined(words[i : i + n]) in self._exact for i, n in _inside(index, length, len(words))):
                continue
            found = self._nearest(stretch)
            if found is not None and (best is None or found[0] > best[0]):
                best = (found[0], length, found[1])
        return (1, None) if best is None else (best[1], best[2])

    def _nearest(self, stretch: str) -> tuple[float, str] | None:
        """The one name that a stretch of words nearly is, with its closeness."""
        letters = process.extract(stretch, self._letters, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=20)
        heard = sound(stretch)
        near: list[tuple[float, str]] = []
        for name, closeness, index in letters:
            alike = fuzz.ratio(heard, self._sounds[index])
            if re.findall(r"\d+", stretch) != re.findall(r"\d+", name):
                continue
            if _may_be(stretch, name):
                long_enough = min(len(stretch), len(name)) >= SHORT
                is_near = (closeness >= CLOSE and alike >= CLOSE and long_enough) or (
                    _without_color(heard) == _without_color(self._sounds[index])
                )
            else:
                is_near = alike == 100.0 and closeness >= SAME
            if is_near:
                near.append((closeness + alike, self._names[index]))
        near.sort(reverse=True)
        if not near or (len(near) > 1 and near[0][0] - near[1][0] < RUNNER_UP):
            return None
        return near[0]


@lru_cache(maxsize=32)
def vocabulary(names: tuple[str, ...]) -> Vocabulary:
    """The vocabulary of these names, made once."""
    return Vocabulary(names)


def sound(text: str) -> str:
    """What a text roughly sounds like, without spaces: equal for "EcoBee" and "eco be"."""
    sounds = []
    for word in _words(text):
        heard = word.text
        for pattern, replacement in _SOUNDS:
            heard = re.sub(pattern, replacement, heard)
        sounds.append(heard)
    return re.sub(r"(.)\1+", r"\1", "".join(sounds))


def _may_be(stretch: str, name: str) -> bool:
    """Whether a stretch may be a name that sounds a little different: common words at its ends are no part of names."""
    heard, known = stretch.split(), name.split()
    return all(word not in COMMON or word == other for word, other in ((heard[0], known[0]), (heard[-1], known[-1])))


def _without_color(sounds: str) -> str:
    return re.sub(r"[aeiou]+", "a", sounds)


def _inside(index: int, length: int, count: int) -> Iterator[tuple[int, int]]:
    """Every stretch (start, words) that shares words with the one at `index` and begins at or after it."""
    for start in range(index, index + length):
        for words in range(1, min(LONGEST, count - start) + 1):
            yield start, words


def _joined(words: Sequence[_Word]) -> str:
    return " ".join(word.text for word in words)


def _words(text: str) -> list[_Word]:
    """The words of a text, plain, with their places in it."""
    return [_Word(_plain(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


def _plain(text: str) -> str:
    """Lower case, without accents and marks, single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    letters = "".join(c if c.isalnum() or c == "'" else " " for c in apart if not unicodedata.combining(c))
    return " ".join(letters.split())
