"""The real command line with scripted models: `python tests/wyoming_server/scripted_server.py serve ...`.

The ear hears the words in SCRIPTED_TRANSCRIPT after SCRIPTED_EAR_SECONDS of work, whatever was said. The translator
knows a few sentences; "wait N" keeps it busy for N seconds, "fail" makes it raise.
"""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from wyoming_server.__main__ import main
from wyoming_server.calls import NOTHING, Call, parse
from wyoming_server.commands import Loaders
from wyoming_server.speech.ear import Heard, Samples
from wyoming_server.translation.request import Request, Translation

SENTENCES = {
    "turn on the kitchen light": 'turn_on(area="kitchen", domain="light")',
    "turn on the light and play abba": 'turn_on(area="kitchen", domain="light")\nplay_music(artist="Abba")',
    "what is two plus two": 'calculate(expression="2+2")',
}


class ScriptedTranslator:
    name = "scripted"
    languages = ("en", "de")

    def translate(self, request: Request) -> Translation:
        words = request.text.lower().split()
        if words[:1] == ["wait"]:
            time.sleep(float(words[1]))
        if words == ["fail"]:
            raise RuntimeError("as asked")
        calls: tuple[Call, ...] = NOTHING
        if request.text.lower() in SENTENCES:
            calls = parse(SENTENCES[request.text.lower()])
        elif words == ["louder"] and request.previous is not None:
            calls = (Call("volume_up", {"area": request.previous.args["area"]}),)
        if log := os.environ.get("SCRIPTED_LOG"):
            with Path(log).open("a") as file:
                file.write(f"{request.text}\n")
        return Translation(calls, 0.9, {"decode": 1.0})


class ScriptedEar:
    name = "scripted"
    languages = ("en", "de")

    def transcribe(self, samples: Samples, language: str | None, names: Sequence[str] = ()) -> Heard:
        time.sleep(float(os.environ.get("SCRIPTED_EAR_SECONDS", "0")))
        if log := os.environ.get("SCRIPTED_LOG"):
            with Path(log).open("a") as file:
                file.write(f"heard {len(samples) / 16000:.2f} s {language} {list(names)}\n")
        return Heard(os.environ.get("SCRIPTED_TRANSCRIPT", "turn on the kitchen light"), language or "en", 0.9)


if __name__ == "__main__":
    sys.exit(main(loaders=Loaders(lambda *_: ScriptedTranslator(), lambda *_: ScriptedEar())))
