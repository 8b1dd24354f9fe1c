"""Where an utterance may be two commands in one breath: "turn off the TV | turn on the lights"."""

import re
from collections.abc import Iterator, Mapping

MOST_JOINTS = 4
"""Places that are tried in one utterance."""

_WORDS: Mapping[str, str] = {
    "en": "and then|and also|and after that|and|then",
    "de": "und dann|und danach|und auch|und|dann|danach",
    "fr": "et puis|et ensuite|et aussi|et après|et|puis|ensuite",
    "es": "y luego|y después|y también|y además|y|luego",
    "it": "e poi|e anche|e dopo|e inoltre|ed|e|poi",
    "nl": "en dan|en daarna|en ook|en|daarna",
    "da": "og så|og derefter|og bagefter|og|derefter",
}
_JOINTS = {
    language: re.compile(rf"(?<=\w)[\s,;.!?]+(?:{words})\s+(?=\w)", re.IGNORECASE) for language, words in _WORDS.items()
}
_JOINTS |= {
    "ja": re.compile(
        r"(?<=\w)[、。 ]*(?:それから|そして|それと|ついでに|そのあと|次に|あと)[、 ]*(?=\w)|(?<=て)[、 ]+(?=\w)"
    ),
    "zh": re.compile(r"(?<=\w)[，。 ]*(?:然后再|然后|并且|接着|同时|顺便|还有|再)[， ]*(?=\w)|(?<=\w)，(?=\w)"),
}


def halves(text: str, language: str) -> Iterator[tuple[str, str]]:
    """What stands before and after each joint, for the first few joints."""
    joint = _JOINTS.get(language)
    for number, found in enumerate(joint.finditer(text) if joint else ()):
        if number == MOST_JOINTS:
            return
        yield text[: found.start()], text[found.end() :]
