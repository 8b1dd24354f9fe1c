"""Speech to text side by side: this server and wyoming-faster-whisper, same model, same audio, in real time.

Every recording is streamed in pieces of 10 ms as Home Assistant does, followed by the 0.7 s of silence after which Home
Assistant ends an utterance. Measured from `audio-stop`, and from the last word (Silero VAD), to the transcript.
"""

import argparse
import asyncio
import contextlib
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient

from wyoming_server.speech.activity import FRAME, Activity, Silero, seconds
from wyoming_server.speech.audio import read_wav
from wyoming_server.speech.transcriber import EMBEDDED_FOLDER

ROOT = Path(__file__).parent.parent
PEER = "wyoming-faster-whisper==3.8.1"
DECODER = "av<17"
"""What faster-whisper 1.2.1 can read audio files with; newer ones refuse an option that it gives."""
FASTER = 5.0
PROCESSOR = 1.5
"""Targets: times shorter than the peer after audio-stop, and times its processor time at most."""
CLOSING = 0.7
"""Seconds of silence after which Home Assistant says audio-stop."""
CHUNK = 320


@dataclass(frozen=True)
class Recording:
    """One command: 16-bit mono audio at 16 kHz, its words where they are known, and when the last one ends, in s."""

    audio: bytes
    text: str | None
    last_word: float


@dataclass(frozen=True)
class Outcome:
    """What a server made of the recordings."""

    name: str
    after_stop: Sequence[float]
    after_last_word: Sequence[float]
    """Milliseconds."""
    words_wrong: float | None
    """Word errors by words said; None where no words are known."""
    processor: float
    """Seconds of processor time."""
    memory: float
    """Megabytes at the peak."""


def read_recordings(folder: Path, language: str, most: int) -> list[Recording]:
    """The first recordings of a language in a folder with manifest.jsonl (`file`, `lang`, `text`), or all its WAVs."""
    manifest = folder / "manifest.jsonl"
    if manifest.exists():
        rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
        chosen = [(folder / row["file"], row["text"]) for row in rows if row["lang"] == language and row["text"]]
    else:
        chosen = [(path, path.stem.replace("_", " ")) for path in sorted(folder.glob("*.wav"))]
    recordings = [_read(path, text) for path, text in chosen[:most]]
    if not recordings:
        sys.exit(f"error: there are no recordings in {folder}")
    return recordings


def _read(path: Path, text: str | None) -> Recording:
    audio, stream = read_wav(path)
    samples = stream.convert(audio)
    activity = Activity()
    for probability in Silero().judge(samples[: len(samples) // FRAME * FRAME]):
        activity.hear(probability)
    return Recording((samples * 32767).astype("<i2").tobytes(), text, seconds(activity.end))


async def measure(name: str, port: int, pid: int, recordings: Sequence[Recording], language: str) -> Outcome:
    """Speak every recording to the server on a port, one after the other."""
    await _speak(port, recordings[0], language)  # the first one warms up
    before = _processor_time(pid)
    results = [await _speak(port, recording, language) for recording in recordings]
    errors = total = 0
    for recording, (_, _, heard) in zip(recordings, results, strict=True):
        if recording.text is not None:
            said = _words(recording.text)
            errors += Levenshtein.distance(said, _words(heard))
            total += len(said)
    return Outcome(
        name,
        [after_stop for after_stop, _, _ in results],
        [after_word for _, after_word, _ in results],
        errors / total if total else None,
        _processor_time(pid) - before,
        _peak_memory(pid),
    )


async def _speak(port: int, recording: Recording, language: str) -> tuple[float, float, str]:
    """Milliseconds from audio-stop and from the last word to the transcript, and the transcript."""
    audio = recording.audio + bytes(int(CLOSING * 16000) * 2)
    async with AsyncTcpClient("127.0.0.1", port, read_timeout=120) as client:
        await client.write_event(Transcribe(language=language).event())
        await client.write_event(AudioStart(16000, 2, 1).event())
        started = time.perf_counter()
        for number, position in enumerate(range(0, len(audio), CHUNK)):
            await asyncio.sleep(max(0.0, started + number * 0.01 - time.perf_counter()))
            await client.write_event(AudioChunk(16000, 2, 1, audio[position : position + CHUNK]).event())
        await client.write_event(AudioStop().event())
        stopped = time.perf_counter()
        while (event := await client.read_event()) is not None:
            if Transcript.is_type(event.type):
                heard = time.perf_counter()
                last_word = started + recording.last_word
                return (heard - stopped) * 1000, (heard - last_word) * 1000, Transcript.from_event(event).text
    raise ConnectionError("the server closed the connection")


@contextlib.contextmanager
def serving(command: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start a server (`{port}` in its command is filled in); gives its port and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryFile() as log:
        filled = [part.format(port=port) for part in command]
        process = subprocess.Popen(filled, cwd=ROOT, stderr=log, stdout=log)  # noqa: S603
        try:
            for _ in range(600):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                if process.poll() is not None:
                    log.seek(0)
                    sys.exit(f"error: the server ended: {log.read().decode()[-2000:]}")
                time.sleep(0.1)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(20)


def install_peer(folder: Path) -> str:
    """The Python of a new environment with the peer in it."""
    uv = str(ROOT / "script" / "uv")
    subprocess.run([uv, "venv", "-q", str(folder), "--python", sys.executable], check=True)  # noqa: S603
    python = str(folder / "bin" / "python")
    subprocess.run([uv, "pip", "install", "-q", "--python", python, PEER, DECODER], check=True)  # noqa: S603
    return python


def report(outcomes: Sequence[Outcome], recordings: int) -> str:
    """The numbers as a table in Markdown."""
    lines = [
        f"| {recordings} recordings | audio-stop to transcript, p50 / p95 | last word to transcript, p50 / p95 "
        "| words wrong | processor | peak memory |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in outcomes:
        wrong = "-" if one.words_wrong is None else f"{one.words_wrong:.1%}"
        lines.append(
            f"| {one.name} | {_percentiles(one.after_stop)} | {_percentiles(one.after_last_word)} | {wrong} "
            f"| {one.processor:.1f} s | {one.memory:.0f} MB |"
        )
    return "\n".join(lines)


def compare(ours: Outcome, peer: Outcome) -> str:
    """Whether the targets are met: a fifth of the wait after audio-stop, words no worse, hardly more processor time."""
    faster = statistics.median(peer.after_stop) / max(statistics.median(ours.after_stop), 0.1)
    processor = ours.processor / max(peer.processor, 0.01)
    lines = [
        f"- wait after audio-stop, p50: {faster:.1f} times shorter ({_verdict(faster >= FASTER)}, target {FASTER:g})",
        f"- processor: {processor:.2f} times as much ({_verdict(processor <= PROCESSOR)}, target at most {PROCESSOR})",
    ]
    if ours.words_wrong is not None and peer.words_wrong is not None:
        met = _verdict(ours.words_wrong <= peer.words_wrong)
        lines.insert(1, f"- words wrong: {ours.words_wrong:.1%} against {peer.words_wrong:.1%} ({met}, target no more)")
    return "\n".join(lines)


def _verdict(met: bool) -> str:
    return "met" if met else "missed"


def _percentiles(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.0f} / {np.percentile(values, 95):.0f} ms"


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.casefold())


def _processor_time(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("recordings", type=Path, help="folder of WAV files")
    parser.add_argument("--model", default=str(EMBEDDED_FOLDER), help="folder or name of the model for both")
    parser.add_argument("--language", default="en")
    parser.add_argument("--most", type=int, default=20, help="recordings to use")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--without-peer", action="store_true", help="measure this server alone")
    options = parser.parse_args(arguments)
    recordings = read_recordings(options.recordings, options.language, options.most)
    ours = [sys.executable, "-m", "wyoming_server", "serve", "--translator", "none", "--uri", "tcp://127.0.0.1:{port}"]
    ours += ["--ear", options.model, "--threads", str(options.threads)]
    with tempfile.TemporaryDirectory() as folder:
        servers = {"this server": ours}
        if not options.without_peer:
            python = install_peer(Path(folder) / "peer")
            peer = [python, "-m", "wyoming_faster_whisper", "--uri", "tcp://127.0.0.1:{port}", "--model", options.model]
            peer += ["--data-dir", folder, "--stt-library", "faster-whisper", "--language", options.language]
            peer += ["--beam-size", "1", "--compute-type", "int8", "--cpu-threads", str(options.threads)]
            servers[PEER.replace("==", " ")] = peer
        outcomes = []
        for name, command in servers.items():
            with serving(command) as (port, pid):
                outcomes.append(asyncio.run(measure(name, port, pid, recordings, options.language)))
    print(report(outcomes, len(recordings)))
    if len(outcomes) == 2:
        print("\n" + compare(*outcomes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
