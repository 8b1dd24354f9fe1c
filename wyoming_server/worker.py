"""One thread for one engine, shared fairly: connections take turns, so a busy satellite cannot starve the others."""

import asyncio
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from .failure import RequestError

T = TypeVar("T")

MOST_WAITING = 256
"""Jobs that may wait; more means that the engine is far behind, and waiting longer would help nobody."""


class _Job(Generic[T]):
    def __init__(self, work: Callable[[], T], future: "asyncio.Future[T]") -> None:
        self.work = work
        self.future = future
        self.loop = future.get_loop()

    def run(self) -> None:
        try:
            result = self.work()
        except BaseException as error:  # noqa: BLE001  (it belongs to the one who waits)
            self._settle(self._fail, error)
        else:
            self._settle(self._finish, result)

    def _settle(self, settle: Callable[[Any], None], value: Any) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(settle, value)

    def _finish(self, result: T) -> None:
        if not self.future.done():
            self.future.set_result(result)

    def _fail(self, error: BaseException) -> None:
        if not self.future.done():
            self.future.set_exception(error)


class Worker:
    """Runs blocking work on its own thread, in turns between owners, urgent work first."""

    def __init__(self, name: str) -> None:
        self._waiting: tuple[_Turns, _Turns] = (OrderedDict(), OrderedDict())
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    async def run(self, owner: Hashable, work: Callable[[], T], *, urgent: bool = True) -> T:
        """The result of `work()`; what it raises, is raised here.

        Work that is not urgent (done ahead, on suspicion) runs when nothing urgent waits. Cancelling the caller takes
        the work off the queue; once begun, it runs to its end and its result is dropped. Raises RequestError "busy"
        where too much waits.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        job = _Job(work, future)
        turns = self._waiting[0 if urgent else 1]
        with self._changed:
            if self._closed:
                raise RequestError("stopping", "The server is stopping.")
            if sum(len(jobs) for some in self._waiting for jobs in some.values()) >= MOST_WAITING:
                raise RequestError("busy", "The server is busy; try again in a moment.")
            turns.setdefault(owner, deque()).append(job)
            self._changed.notify()
        return await future

    def hurry(self, owner: Hashable) -> None:
        """Make all waiting work of an owner urgent: somebody waits for it after all."""
        with self._changed:
            jobs = self._waiting[1].pop(owner, None)
            if jobs:
                self._waiting[0].setdefault(owner, deque()).extend(jobs)

    def close(self) -> None:
        """Drop what waits and let the thread end after its current work; waits for it at most 5 s."""
        with self._changed:
            self._closed = True
            for turns in self._waiting:
                turns.clear()
            self._changed.notify()
        self._thread.join(5)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            job.run()

    def _next(self) -> _Job[Any] | None:
        """Wait for the next job; None when closed."""
        with self._changed:
            while True:
                if self._closed:
                    return None
                for turns in self._waiting:
                    if (job := _take(turns)) is not None:
                        return job
                self._changed.wait()


_Turns = OrderedDict[Hashable, deque[_Job[Any]]]


def _take(turns: _Turns) -> _Job[Any] | None:
    """The next job that somebody still waits for; its owner goes to the end of the row."""
    while turns:
        owner, jobs = turns.popitem(last=False)
        job = jobs.popleft()
        if jobs:
            turns[owner] = jobs
        if not job.future.cancelled():
            return job
    return None
