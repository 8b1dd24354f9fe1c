"""How the same words look in a transcript: case, punctuation, politeness, slips."""

import random
import re
from dataclasses import replace

from wyoming_server.calls import Call, Value

from .phrase import Slot
from .rows import Row
from .words import Words

POLITE = 0.1
"""Share of rows with a word of politeness or hesitation in front, and again at the end."""
SLIPS = 0.02
"""Share of rows with one slip of the tongue, the ear or the keyboard."""
UNSPACED = {"ja", "zh"}
COMMAS = {"ja": "、", "zh": "，"}
PARTICLES = {"ja": "をがのにはでねよ", "zh": "把的请帮我给吧啊"}

UNSPACED_QUESTIONS = {
    "ja": re.compile(r"(か|の|かな|何|いくつ|どう|って|は|だっけ|ある|誰|何時)$"),
    "zh": re.compile(r"(吗|呢|么)$|什么|多少|几|谁|怎么|如何|哪|会不会|要不要|是不是|有没有|多久"),
}
QUESTIONS = {
    "en": "what|what's|whats|who|who's|how|when|where|why|which|is|are|do|does|did|will|can|could|should|was|would|any",
    "de": "was|wer|wie|wann|wo|warum|welche|welcher|welches|ist|sind|wird|kannst|könntest|soll|gibt|läuft|hat|muss",
    "fr": "qu|que|quel|quelle|quels|quelles|qui|comment|quand|où|pourquoi|est|va|combien|peux|peut",
    "es": "qué|quién|cómo|cuándo|dónde|por qué|cuál|cuánto|cuántos|hay|va|está|puedes|hace",
    "it": "che|chi|come|quando|dove|perché|qual|quale|quanto|quanti|c'è|puoi|fa|è",
    "nl": "wat|wie|hoe|wanneer|waar|waarom|welke|is|zijn|wordt|kun|kan|moet|gaat|heb",
    "da": "hvad|hvem|hvordan|hvornår|hvor|hvorfor|hvilken|er|bliver|kan|skal|vil",
}
HOMOPHONES = {
    "to": "two", "for": "four", "by": "buy", "the": "a", "weather": "whether", "hour": "our", "minutes": "minute",
    "light": "lite", "lights": "light", "play": "played", "song": "songs", "timer": "time are", "turn": "turned",
}  # fmt: skip


def dress(row: Row, words: Words, rng: random.Random) -> Row:
    """The row as another transcript could have it; the calls keep to the case of the text."""
    text = _polite(row.text, words, rng)
    if rng.random() < SLIPS:
        text = _slip(text, row, rng)
    style = rng.random()
    if row.lang in UNSPACED:
        return replace(row, text=text + _full_width_mark(text, row.lang, rng) if style < 0.3 else text)
    if style < 0.6:
        return replace(row, text=text.lower(), calls=tuple(map(_lower, row.calls)))
    if style < 0.7:
        return replace(row, text=text)
    return replace(row, text=_sentence(text, row.lang, rng))


def _polite(text: str, words: Words, rng: random.Random) -> str:
    gap = rng.choice(["", "", COMMAS[words.language]]) if words.language in UNSPACED else " "
    if "prefix" in words.lists and rng.random() < POLITE:
        text = words.draw(Slot("prefix"), rng).spoken + gap + text
    gap = "" if words.language in UNSPACED else " "
    if "suffix" in words.lists and rng.random() < POLITE:
        text = text + gap + words.draw(Slot("suffix"), rng).spoken
    return text


def _sentence(text: str, language: str, rng: random.Random) -> str:
    """With a capital and a mark at the end, as Whisper writes."""
    first = re.split(r"[\s']", text.lower(), maxsplit=1)[0]
    asks = first in QUESTIONS.get(language, "").split("|")
    mark = "?" if asks else rng.choice([".", ".", ".", "!", ""])
    return text[:1].upper() + text[1:] + mark


def _full_width_mark(text: str, language: str, rng: random.Random) -> str:
    if UNSPACED_QUESTIONS[language].search(text):
        return rng.choice("？？？?")
    return rng.choice("。。。！")


def _slip_unspaced(text: str, row: Row, rng: random.Random) -> str:
    """One particle outside the arguments left out or doubled; other characters carry meaning alone."""
    values = "".join(str(v) for call in row.calls for v in call.args.values())
    places = [i for i, character in enumerate(text) if character in PARTICLES[row.lang] and character not in values]
    if len(text) < 6 or not places:
        return text
    at = rng.choice(places)
    return text[:at] + rng.choice(["", text[at] * 2]) + text[at + 1 :]


def _slip(text: str, row: Row, rng: random.Random) -> str:
    """One word outside the arguments misheard, doubled or left out."""
    if row.lang in UNSPACED:
        return _slip_unspaced(text, row, rng)
    values = " ".join(str(v) for call in row.calls for v in call.args.values()).lower().split()
    said = text.split(" ")
    places = [i for i, word in enumerate(said) if len(word) > 1 and word.lower() not in values and not word.isdigit()]
    if len(said) < 4 or not places:
        return text
    at = rng.choice(places)
    word = said[at]
    if row.lang == "en" and word in HOMOPHONES:
        said[at] = HOMOPHONES[word]
    elif len(word) > 3:
        cut = rng.randrange(1, len(word) - 1)
        said[at] = word[:cut] + word[cut + 1 :]
    else:
        said[at] = f"{word} {word}"
    return " ".join(said)


def _lower(call: Call) -> Call:
    args: dict[str, Value] = {k: v.lower() if isinstance(v, str) else v for k, v in call.args.items()}
    return Call(call.name, args)
