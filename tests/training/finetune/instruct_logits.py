"""Run by the server's interpreter: what the server's instruct translator feeds to a model, and what comes out.

usage: instruct_logits.py MODEL.gguf IN.json OUT
IN is a list of [text, previous]; OUT.json lists the tokens that are fed for each, what ends an answer, and the calls;
OUT.npy has the logits (rows, vocabulary) after the prompt.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wyoming_server.calls import parse, render
from wyoming_server.translation.instruct import Instruct
from wyoming_server.translation.request import Request
from wyoming_server.translation.translator import load_translator

translator = load_translator(Path(sys.argv[1]), threads=1)
assert isinstance(translator, Instruct)
model, fixed = translator._model, translator._fixed
feed = model.feed
prompts: list[list[int]] = []
logits: list[NDArray[np.float32]] = []
calls: list[str] = []


def noted(tokens: Sequence[int]) -> NDArray[np.float32]:
    found = feed(tokens)
    if len(prompts) == len(calls):  # the first since the last answer: the prompt
        prompts.append([*fixed, *tokens])
        logits.append(found.copy())
    return found


model.feed = noted  # type: ignore[method-assign]
for text, previous in json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")):
    request = Request(text, "en", previous=parse(previous)[0] if previous else None)
    calls.append(render(translator.translate(request).calls))
ends = [token for token in range(model.vocabulary) if model.ends(token)]
answer = {"prompts": prompts, "calls": calls, "ends": ends}
Path(f"{sys.argv[3]}.json").write_text(json.dumps(answer), encoding="utf-8")
np.save(f"{sys.argv[3]}.npy", np.stack(logits))
