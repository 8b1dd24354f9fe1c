"""The number words of the languages that are written with spaces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Lexicon:
    """One language's number words; compared by identity."""

    below_twenty: str
    """0 to 19 in order; "/" between variants."""
    tens: str
    """20, 30, ... 90."""
    join: Callable[[str, str], str] | None = None
    """A ten and a one as one word: "dreiundzwanzig". None: they are said apart."""
    hundred: tuple[str, ...] = ()
    hundreds: Mapping[str, int] = field(default_factory=dict)
    large: Mapping[str, int] = field(default_factory=dict)
    link: tuple[str, ...] = ()
    """Said after hundreds ("one hundred and five") or, with `linked_tens`, after tens ("treinta y cinco")."""
    point: tuple[str, ...] = ()
    articles: frozenset[str] = frozenset()
    """Words that, alone, are rather an article or pronoun."""
    compounds: bool = False
    """Numbers are written in one word."""
    spaced_tens: bool = False
    linked_tens: bool = False
    twenties: bool = False
    """Eighty is four twenties, seventy sixty-ten."""
    more: Mapping[str, int] = field(default_factory=dict)
    """Further words from 0 to 99."""

    def small(self) -> dict[str, int]:
        """The words for 0 to 99; those of tens and ones together only where they are one word."""
        words = {word: value for value, said in enumerate(self.below_twenty.split()) for word in said.split("/")}
        ones = [(word, value) for word, value in words.items() if 1 <= value <= 9]
        for ten, said in enumerate(self.tens.split(), 2):
            for word in said.split("/"):
                words[word] = 10 * ten
                if self.join is not None:
                    words |= {self.join(word, one): 10 * ten + value for one, value in ones}
        return words | dict(self.more)


def _italian(ten: str, one: str) -> str:
    """The ten loses its vowel before uno and otto, and a final tre has an accent."""
    stem = ten[:-1] if one[0] in "uo" else ten
    return stem + ("tré" if one == "tre" else one)


def _dutch(ten: str, one: str) -> str:
    return f"{one}{'ën' if one.endswith('e') else 'en'}{ten}"


_SPANISH_TWENTIES = {
    word: value
    for value, words in {
        21: ("veintiuno", "veintiún", "veintiun", "veintiuna"),
        22: ("veintidós", "veintidos"),
        23: ("veintitrés", "veintitres"),
        24: ("veinticuatro",),
        25: ("veinticinco",),
        26: ("veintiséis", "veintiseis"),
        27: ("veintisiete",),
        28: ("veintiocho",),
        29: ("veintinueve",),
    }.items()
    for word in words
}
_SPANISH_HUNDREDS = {
    f"{stem}{ending}": 100 * value
    for value, stem in enumerate(["dosc", "tresc", "cuatroc", "quin", "seisc", "setec", "ochoc", "novec"], 2)
    for ending in ("ientos", "ientas")
}

LEXICONS: Mapping[str, Lexicon] = {
    "en": Lexicon(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen",
        "twenty thirty forty/fourty fifty sixty seventy eighty ninety",
        hundred=("hundred",),
        large={"thousand": 10**3, "million": 10**6, "billion": 10**9},
        link=("and",),
        point=("point",),
        articles=frozenset({"one"}),
        spaced_tens=True,
    ),
    "de": Lexicon(
        "null eins/ein/eine/einen/einem/einer zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn "
        "vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
        "zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig",
        join=lambda ten, one: f"{one}und{ten}",
        hundred=("hundert",),
        large={"tausend": 10**3, "million": 10**6, "millionen": 10**6, "milliarde": 10**9, "milliarden": 10**9},
        link=("und",),
        point=("komma",),
        articles=frozenset({"ein", "eine", "einen", "einem", "einer"}),
        compounds=True,
    ),
    "nl": Lexicon(
        "nul een/één/eén twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
        "zeventien achttien negentien",
        "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
        join=_dutch,
        hundred=("honderd",),
        large={"duizend": 10**3, "miljoen": 10**6, "miljard": 10**9},
        link=("en",),
        point=("komma",),
        articles=frozenset({"een"}),
        compounds=True,
    ),
    "da": Lexicon(
        "nul en/et/én/ét to tre fire fem seks syv otte ni ti elleve/elve tolv tretten fjorten femten seksten sytten "
        "atten nitten",
        "tyve tredive fyrre/fyrretyve halvtreds tres/treds halvfjerds firs halvfems",
        join=lambda ten, one: f"{one}og{ten}",
        hundred=("hundrede", "hundred"),
        large={"tusind": 10**3, "tusinde": 10**3, "million": 10**6, "millioner": 10**6, "milliard": 10**9},
        link=("og",),
        point=("komma",),
        articles=frozenset({"en", "et"}),
        compounds=True,
    ),
    "fr": Lexicon(
        "zéro/zero un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
        "dix-sept dix-huit dix-neuf",
        "vingt/vingts trente quarante cinquante soixante septante huitante/octante nonante",
        hundred=("cent", "cents"),
        large={"mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9},
        link=("et",),
        point=("virgule",),
        articles=frozenset({"un", "une"}),
        spaced_tens=True,
        linked_tens=True,
        twenties=True,
    ),
    "es": Lexicon(
        "cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
        "dieciséis/dieciseis diecisiete dieciocho diecinueve",
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        hundred=("cien", "ciento"),
        hundreds=_SPANISH_HUNDREDS | {"quinientos": 500, "quinientas": 500},
        large={"mil": 10**3, "millón": 10**6, "millon": 10**6, "millones": 10**6},
        link=("y",),
        point=("coma", "punto"),
        articles=frozenset({"un", "una", "uno"}),
        spaced_tens=True,
        linked_tens=True,
        more=_SPANISH_TWENTIES,
    ),
    "it": Lexicon(
        "zero uno/un/una due tre/tré quattro cinque sei sette otto nove dieci undici dodici tredici quattordici "
        "quindici sedici diciassette diciotto diciannove",
        "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
        join=_italian,
        hundred=("cento", "cent"),
        large={"mille": 10**3, "mila": 10**3, "milione": 10**6, "milioni": 10**6, "miliardo": 10**9, "miliardi": 10**9},
        link=("e",),
        point=("virgola",),
        articles=frozenset({"un", "una", "uno", "sei"}),
        compounds=True,
        more={"ventitre": 23, "trentatre": 33, "quarantatre": 43, "cinquantatre": 53, "sessantatre": 63}
        | {"settantatre": 73, "ottantatre": 83, "novantatre": 93},
    ),
}
