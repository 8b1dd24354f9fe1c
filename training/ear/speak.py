"""Speaks many utterances into a folder of speech, in shards that training may read while more are being made.

A shard is two files: `NAME.samples` (16 kHz 16-bit mono, one clip after another) and `NAME.jsonl` (one line a clip).
"""

import json
import random
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from training.ear.voices import Clip, Voice, draw_voice, held_out_voices, speak

LONGEST_SECONDS = 9.0
"""Longer clips are left out: commands are short, and a batch costs what its longest clip costs."""

_SHARD = 1000


def speak_all(texts: Sequence[str], folder: Path, *, seed: int, processes: int, language: str, held_out: bool) -> int:
    """Speaks each of `texts` once with a drawn voice, speed and pitch; returns how many clips were written."""
    folder.mkdir(parents=True, exist_ok=True)
    started, written, said = time.monotonic(), 0, 0
    chance = random.Random(seed)
    unseen = held_out_voices(language)
    jobs = []
    for text in texts:
        voice = chance.choice(unseen) if held_out else draw_voice(chance, language)
        jobs.append((voice, text, chance.uniform(0.85, 1.3), chance.randint(30, 75)))
    with ProcessPoolExecutor(processes) as pool:
        for start in range(0, len(jobs), _SHARD):
            part = jobs[start : start + _SHARD]
            clips = [clip for clip in pool.map(_speak_one, part, chunksize=20) if clip is not None]
            write_shard(clips, folder, f"{language}-{seed}-{start // _SHARD:04d}")
            written += len(clips)
            said += len(part)
            left = (time.monotonic() - started) / said * (len(jobs) - said)
            print(f"{written} clips, {len(jobs) - said} to go, {left:.0f} s left", file=sys.stderr, flush=True)
    return written


def _speak_one(job: tuple[Voice, str, float, int]) -> Clip | None:
    voice, text, speed, pitch = job
    clip = speak(voice, text, speed=speed, pitch=pitch)
    return clip if 0 < len(clip.samples) <= LONGEST_SECONDS * 16_000 and clip.phonemes else None


def write_shard(clips: Iterable[Clip], folder: Path, name: str) -> None:
    """Writes the samples first and the index last, so that a reader never sees half a shard."""
    lines, position = [], 0
    with (folder / f"{name}.samples").open("wb") as samples:
        for clip in clips:
            row = {
                "text": clip.text,
                "phonemes": clip.phonemes,
                "voice": clip.voice.name,
                "language": clip.voice.language,
            }
            lines.append(json.dumps({**row, "start": position, "length": len(clip.samples)}, ensure_ascii=False))
            position += len(clip.samples)
            clip.samples.tofile(samples)
    unfinished = folder / f"{name}.jsonl.part"
    unfinished.write_text("\n".join(lines) + "\n", encoding="utf-8")
    unfinished.replace(folder / f"{name}.jsonl")
