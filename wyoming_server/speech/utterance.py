"""One utterance from its first sound to its transcript, transcribed already in the silence that closes it.

Home Assistant waits 0.7 s after the last word before it says `audio-stop`, and streams that silence to us. So as soon
as the closing silence begins, what was said is transcribed on suspicion, and understood as well; if speech goes on,
that work is dropped. At `audio-stop` the transcript is there, or nearly.
"""

import asyncio
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from ..failure import RequestError
from ..translation.request import Translation
from ..worker import Worker
from .activity import FRAME, Activity, Silero, seconds
from .audio import Stream
from .ear import RATE, Ear, Heard, Samples
from .endpoint import Endpoint, Patience
from .inventions import is_invented
from .names import vocabulary

LONGEST = 60.0
"""Seconds of audio in one utterance."""
SUSPICION = 0.2
"""Seconds of silence after which the utterance may be over. In 76 recorded commands the longest pause inside was over
0.25 s in 5."""
BEFORE = 0.35
AFTER = 0.3
"""Seconds of the recording kept around the speech: soft consonants lie outside what the voice detector marks."""
SHORTEST = 0.19
"""Seconds of speech under which nobody spoke. Of 63 single words ("stop", "no") in hurried voices the shortest had
0.22; a plucked string or a clatter may have 0.16."""


@dataclass(frozen=True)
class Wish:
    """How a client wants its utterance to be heard."""

    language: str | None = None
    names: Sequence[str] = ()
    patience: Patience = Patience.DEFAULT


@dataclass(frozen=True)
class Ears:
    """What all utterances share: the engine, its thread, and a thread for voice detection."""

    ear: Ear
    transcribing: Worker
    listening: Worker
    on_heard: Callable[[Hashable, Heard], "asyncio.Task[Translation] | None"] = lambda _owner, _heard: None
    """Told of each transcript as soon as it is there, before its client; may return the work of understanding it."""
    language: str | None = None
    """The language where a client names none; detected where this is None too."""
    names: Callable[[str | None], Sequence[str]] = lambda _language: ()
    """What is likely to be said in a language, here and now."""
    endpointing: bool = False

    def close(self) -> None:
        """Stop both threads."""
        self.transcribing.close()
        self.listening.close()


@dataclass(frozen=True)
class Result:
    """A finished utterance, with numbers for the log."""

    heard: Heard
    audio: float
    """Seconds of audio."""
    speech: float
    """Seconds of speech in it."""
    ahead: bool
    """The transcript was begun before the end."""
    wait: float
    """Milliseconds from the end of the utterance to its transcript."""


@dataclass
class _Attempt:
    """A transcription of everything up to the end of speech at `end`."""

    end: int
    task: "asyncio.Task[Heard]"
    understanding: "asyncio.Task[Translation] | None" = field(default=None)


class Utterance:
    """Takes audio in, gives the transcript out. All methods belong to the event loop."""

    def __init__(self, owner: Hashable, ears: Ears, stream: Stream, wish: Wish) -> None:
        self._owner = owner
        self._ears = ears
        self._stream = stream
        self._wish = wish
        self._incoming: list[bytes] = []
        self._bytes = 0
        self._arrived = asyncio.Event()
        self._stopped: float | None = None
        self._abandoned = False
        self._silero = Silero()
        self._activity = Activity()
        self._samples: list[Samples] = []
        self._unjudged: Samples = np.zeros(0, np.float32)
        self._attempt: _Attempt | None = None
        self._endpoint = Endpoint(wish.patience)

    def feed(self, audio: bytes) -> None:
        """Take the next bytes of audio; raises RequestError "audio-too-long" after LONGEST seconds."""
        rate, width, channels = self._stream.format
        self._bytes += len(audio)
        if self._bytes > LONGEST * rate * width * channels:
            raise RequestError("audio-too-long", f"An utterance may last {LONGEST:.0f} seconds.")
        self._incoming.append(audio)
        self._arrived.set()

    def stop(self) -> None:
        """The client says that the utterance is over."""
        self._stopped = time.perf_counter()
        self._arrived.set()

    def abandon(self) -> None:
        """The utterance is of no use any more; `finish` gives None."""
        self._abandoned = True
        self._drop()
        self._arrived.set()

    async def finish(self) -> Result | None:
        """Listen until the utterance is over, and give its transcript. Cancelling it drops all its work."""
        try:
            return await self._listen()
        finally:
            self._drop()
            # Tasks and callbacks refer to each other; the audio need not wait until those circles are found.
            self._incoming, self._samples = [], []

    async def _listen(self) -> Result | None:
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            if self._abandoned:
                return None
            stopped = self._stopped is not None
            chunks, self._incoming = self._incoming, []
            if chunks:
                await self._ears.listening.run(self._owner, partial(self._take_in, chunks))
            if stopped and not self._incoming:
                return await self._conclude(self._stopped or time.perf_counter())
            self._suspect()
            if self._ears.endpointing and self._is_over():
                return await self._conclude(time.perf_counter())

    def _take_in(self, chunks: list[bytes]) -> None:
        """Convert audio and look for speech in it; runs on the listening thread."""
        samples = self._stream.convert(b"".join(chunks))
        self._samples.append(samples)
        fresh = np.concatenate([self._unjudged, samples]) if len(self._unjudged) else samples
        whole = len(fresh) - len(fresh) % FRAME
        self._unjudged = fresh[whole:]
        for probability in self._silero.judge(fresh[:whole]):
            self._activity.hear(probability)

    def _suspect(self) -> None:
        """Begin to transcribe where the utterance may be over; drop what was begun where it was not."""
        activity = self._activity
        if self._attempt is not None and self._attempt.end != activity.end:
            self._drop()
        if self._attempt is None and seconds(activity.spoken) >= SHORTEST and activity.silence >= SUSPICION:
            self._begin(urgent=False)

    def _begin(self, *, urgent: bool) -> _Attempt:
        """Transcribe what was said so far, and hand the transcript on to be understood."""
        attempt = _Attempt(self._activity.end, asyncio.create_task(self._transcribe(urgent=urgent)))
        self._attempt = attempt

        def hand_on(task: "asyncio.Task[Heard]") -> None:
            if not task.cancelled() and task.exception() is None and task.result().text:
                attempt.understanding = self._ears.on_heard(self._owner, task.result())
                if attempt.understanding is not None:
                    attempt.understanding.add_done_callback(lambda _: self._arrived.set())
            self._arrived.set()

        attempt.task.add_done_callback(hand_on)
        return attempt

    async def _transcribe(self, *, urgent: bool) -> Heard:
        asked = time.perf_counter()
        samples = self._speech()
        wish = self._wish
        names = (*wish.names, *self._ears.names(wish.language))
        speech = seconds(self._activity.spoken)

        def work() -> Heard:
            queued = (time.perf_counter() - asked) * 1000
            heard = self._ears.ear.transcribe(samples, wish.language, names)
            decoded = time.perf_counter()
            text = "" if is_invented(heard.text, speech) else vocabulary(names).repair(heard.text)
            repaired = (time.perf_counter() - decoded) * 1000
            stages = {"queue": round(queued, 1), **heard.stages, "names": round(repaired, 1)}
            return replace(heard, text=text, stages=stages)

        return await self._ears.transcribing.run(self._owner, work, urgent=urgent)

    def _speech(self) -> Samples:
        """The part of the recording from the first word to the last, with some of the silence around it."""
        samples = np.concatenate(self._samples)
        self._samples = [samples]
        start = (self._activity.start or 0) * FRAME - int(BEFORE * RATE)
        return samples[max(0, start) : self._activity.end * FRAME + int(AFTER * RATE)]

    def _is_over(self) -> bool:
        """Whether the server itself ends the utterance here."""
        attempt = self._attempt
        understood = None
        task = attempt.understanding if attempt is not None else None
        if task is not None and task.done() and not task.cancelled() and task.exception() is None:
            understood = task.result()
        return self._endpoint.is_over(self._activity, understood)

    async def _conclude(self, ended: float) -> Result:
        """The transcript of the whole utterance."""
        activity = self._activity
        audio = seconds(activity.frames)
        speech = seconds(activity.spoken)
        if speech < SHORTEST:
            self._drop()
            heard = Heard("", self._wish.language or self._ears.ear.languages[0])
            return Result(heard, audio, speech, ahead=False, wait=(time.perf_counter() - ended) * 1000)
        if self._attempt is not None and self._attempt.end != activity.end:
            self._drop()
        ahead = self._attempt is not None
        if self._attempt is None:
            attempt = self._begin(urgent=True)
        else:
            attempt = self._attempt
            self._ears.transcribing.hurry(self._owner)
        heard = await attempt.task
        return Result(heard, audio, speech, ahead=ahead, wait=(time.perf_counter() - ended) * 1000)

    def _drop(self) -> None:
        """Forget the transcription under way; work not begun yet never begins."""
        if self._attempt is not None:
            self._attempt.task.cancel()
            self._attempt = None
