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
        return replace(row, text=text + ("。" if style < 0.15 else ""))
    if style < 0.6:
        return replace(row, text=text.lower(), calls=tuple(map(_lower, row.calls)))
    if style < 0.7:
        return replace(row, text=text)
    return replace(row, text=_sentence(text, row.lang, rng))


def _polite(text: str, words: Words, rng: random.Random) -> str:
    gap = "" if words.language in UNSPACED else " "
    if "prefix" in words.lists and rng.random() < POLITE:
        text = words.draw(Slot("prefix"), rng).spoken + gap + text
    if "suffix" in words.lists and rng.random() < POLITE:
        text = text + gap + words.draw(Slot("suffix"), rng).spoken
    return text


def _sentence(text: str, language: str, rng: random.Random) -> str:
    """With a capital and a mark at the end, as Whisper writes."""
    first = re.split(r"[\s']", text.lower(), maxsplit=1)[0]
    asks = first in QUESTIONS.get(language, "").split("|")
    mark = "?" if asks else rng.choice([".", ".", ".", "!", ""])
    return text[:1].upper() + text[1:] + mark


def _slip(text: str, row: Row, rng: random.Random) -> str:
    """One word outside the arguments misheard, doubled or left out."""
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
