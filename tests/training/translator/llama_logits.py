"""Run by the server's interpreter: the logits that llama.cpp computes.

usage: llama_logits.py MODEL.gguf IN.json OUT.npy
IN is a list of [prompt, answer]; OUT (rows, vocabulary) the logits after the prompt and all of the answer.
"""

import json
import sys
from pathlib import Path

import numpy as np

from wyoming_server.translation.llama import LlamaModel

model = LlamaModel(Path(sys.argv[1]), context=512, threads=1, causal=False)
rows = []
for prompt, answer in json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")):
    model.keep(0)
    logits = model.feed(prompt)
    for token in answer:
        logits = model.feed([token])
    rows.append(logits.copy())
np.save(sys.argv[3], np.stack(rows))
