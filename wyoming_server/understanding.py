"""Text to calls for many clients: one worker thread, and answers prepared while Home Assistant still waits.

The ear hands every finished transcript here before the client has even received it (`prepare`); when the client's
request for the same words arrives, its answer is there or on its way.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import partial

from .calls import NOTHING, Call
from .catalogue import UNKNOWN
from .failure import RequestError
from .home import Homes, base_language
from .translation.request import Request, Translation, Translator
from .worker import Worker

LOGGER = logging.getLogger(__name__)

LONGEST_TEXT = 500
"""Characters; the longest spoken command measured is under 150."""
MOST_PREPARED = 64
PREPARED_LASTS = 15.0
"""Seconds. Home Assistant asks within a second of the transcript."""
FOLLOW_UP_LASTS = 60.0
"""Seconds in which a new utterance is also prepared as a follow-up of the last call."""


@dataclass(frozen=True)
class Question:
    """One utterance to understand, as a client sent it."""

    text: str
    language: str | None = None
    home: str | None = None
    """Hash of the home's vocabulary."""
    previous: Call | None = None


@dataclass(frozen=True)
class Understood:
    """What was understood, and how it went."""

    translation: Translation
    language: str
    home_known: bool
    prepared: bool
    """The answer was begun before it was asked for."""


@dataclass
class _Prepared:
    owner: Hashable
    task: "asyncio.Task[Translation]"
    made: float = field(default_factory=time.monotonic)


class Understanding:
    """Answers questions with one translator. All methods belong to the event loop."""

    def __init__(self, translator: Translator, homes: Homes, language: str | None = None) -> None:
        self.translator = translator
        self._homes = homes
        self._language = language or translator.languages[0]
        self._worker = Worker("translator")
        self._prepared: OrderedDict[Hashable, _Prepared] = OrderedDict()
        self._last: tuple[float, Call] | None = None

    def close(self) -> None:
        """Stop the worker; waiting questions get no answer."""
        self._worker.close()

    async def warm_up(self) -> None:
        """Answer something, so that the first person who asks need not wait for memory to be filled."""
        request = Request(text="turn on the light", language=self._language)
        await self._worker.run(self, partial(self.translator.translate, request))

    async def answer(self, owner: Hashable, question: Question) -> Understood:
        """Understand one utterance.

        Raises RequestError: "empty-text", "text-too-long", "language-not-supported", "busy".
        """
        language = self.check(question)
        home = self._homes.find(question.home) if question.home else None
        request = Request(
            text=question.text.strip(),
            language=language,
            previous=question.previous,
            functions=home.functions if home else None,
        )
        prepared = self._fresh(request)
        if prepared is None:
            translation = await self._translate(owner, request, urgent=True)
        else:
            started = time.perf_counter()
            self._worker.hurry(prepared.owner)
            translation = await asyncio.shield(prepared.task)
            waited = (time.perf_counter() - started) * 1000
            translation = replace(translation, stages={**translation.stages, "waited": round(waited, 1)})
        self._last = (time.monotonic(), translation.calls[-1]) if translation.calls != NOTHING else self._last
        return Understood(translation, language, home is not None, prepared is not None)

    def prepare(self, owner: Hashable, text: str, language: str) -> "asyncio.Task[Translation] | None":
        """Begin to understand a transcript that its client will soon ask about; None where that cannot be.

        The client is taken to speak of the home used last, and not to follow up on an earlier call; where a call was
        answered lately, the follow-up is prepared as well.
        """
        try:
            language = self.check(Question(text, language))
        except RequestError:
            return None
        home = self._homes.latest(language)
        request = Request(text=text.strip(), language=language, functions=home.functions if home else None)
        prepared = self._begin(owner, request)
        if self._last is not None and time.monotonic() - self._last[0] < FOLLOW_UP_LASTS:
            self._begin(owner, replace(request, previous=self._last[1]))
        return prepared.task

    def check(self, question: Question) -> str:
        """The language of a question, after checking that it can be answered; raises RequestError."""
        if not any(map(str.isalnum, question.text)):
            raise RequestError("empty-text", "There is no text to understand.")
        if len(question.text) > LONGEST_TEXT:
            raise RequestError("text-too-long", f"The text is over {LONGEST_TEXT} characters.")
        language = base_language(question.language) or self._language
        if language not in self.translator.languages:
            known = ", ".join(self.translator.languages)
            raise RequestError("language-not-supported", f"This server understands {known}, not {language[:20]}.")
        return language

    def _begin(self, owner: Hashable, request: Request) -> _Prepared:
        prepared = self._fresh(request)
        if prepared is None:
            task = asyncio.create_task(self._translate(owner, request, urgent=False))
            task.add_done_callback(_retrieve)
            prepared = self._prepared[_key(request)] = _Prepared(owner, task)
            if len(self._prepared) > MOST_PREPARED:
                self._prepared.popitem(last=False)
        return prepared

    def _fresh(self, request: Request) -> _Prepared | None:
        """The prepared answer to a request, where there is one that did not fail and is not old."""
        prepared = self._prepared.get(_key(request))
        if prepared is None:
            return None
        done = prepared.task.done()
        if done and (prepared.task.cancelled() or prepared.task.exception() is not None):
            return None
        return prepared if time.monotonic() - prepared.made < PREPARED_LASTS else None

    async def _translate(self, owner: Hashable, request: Request, *, urgent: bool) -> Translation:
        asked = time.perf_counter()

        def work() -> Translation:
            queued = (time.perf_counter() - asked) * 1000
            translation = self.translator.translate(request)
            return replace(translation, stages={"queue": round(queued, 1), **translation.stages})

        translation = await self._worker.run(owner, work, urgent=urgent)
        return _only_offered(translation, request)


def _key(request: Request) -> Hashable:
    """What makes two requests the same."""
    return (request.text, request.language, str(request.previous), request.functions)


def _only_offered(translation: Translation, request: Request) -> Translation:
    """The translation, or `unknown()` where it calls what the home did not offer."""
    if request.functions is None or all(c.name in request.functions or c.name == UNKNOWN for c in translation.calls):
        return translation
    return replace(translation, calls=NOTHING)


def _retrieve(task: "asyncio.Task[Translation]") -> None:
    """Log why a preparation failed; the request itself will fail in the same way, or not at all."""
    if not task.cancelled() and (error := task.exception()) is not None:
        LOGGER.debug("Could not prepare an answer: %s", error)
