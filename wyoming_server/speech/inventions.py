"""What Whisper writes where nobody speaks: it learned from subtitles, and silence there carries credits and thanks."""

import re

BRIEF = 0.6
"""Seconds of speech under which a courtesy is taken for noise."""

_CREDITS = re.compile(
    r"amara\.org|^(subtitles|captions|transcribed|translated) by\b|^(untertitel|sous-titr|sottotitoli|napisy|legendas|"
    r"ondertitel|undertexter|subtítulos)|^thanks? (you )?(so much )?for watching|字幕|ご視聴|시청해|^www\.\S+$",
    re.IGNORECASE,
)
_COURTESIES = frozenset(
    """thank you|thanks|thank you very much|you|bye|bye bye|okay|so|hmm|mm|uh|oh|the|vielen dank|danke|tschüss|merci|
    gracias|grazie|obrigado|dank je wel|tack""".replace("\n    ", "").split("|")
)


def is_invented(text: str, speech: float) -> bool:
    """Whether a transcript of so many seconds of speech is one that Whisper makes up.

    Credits are never said to a speaker. A lone courtesy may be; it counts as invented only where hardly anything was
    heard. A text without any letter or digit is nothing.
    """
    plain = text.strip(" .!?,…♪-").casefold()
    if not any(character.isalnum() for character in plain):
        return True
    return bool(_CREDITS.search(plain)) or (speech < BRIEF and plain in _COURTESIES)
