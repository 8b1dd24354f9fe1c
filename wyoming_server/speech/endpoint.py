"""Where an utterance ends, when the server itself decides (`--endpointing`).

Home Assistant's own detector waits 0.7 s. Here a request that is understood with confidence ends sooner, and one that
makes no sense yet may go on longer: the translator knows that "turn on the" is not finished.
"""

from enum import Enum

from ..calls import NOTHING
from ..translation.request import Translation
from .activity import Activity, seconds

NOBODY = 8.0
"""Seconds of audio without any speech after which nobody will speak."""
SURE = 0.8
"""Confidence over which a request counts as complete."""


class Patience(Enum):
    """Seconds of silence that end an utterance: one that is understood, and any other. Named like `vad_sensitivity`."""

    AGGRESSIVE = (0.3, 0.5)
    DEFAULT = (0.4, 0.8)
    RELAXED = (0.8, 1.25)

    @classmethod
    def from_wyoming(cls, sensitivity: object) -> "Patience":
        """The patience that a client asks for; the default where it asks for none that is known."""
        return {"aggressive": cls.AGGRESSIVE, "relaxed": cls.RELAXED}.get(str(sensitivity), cls.DEFAULT)


class Endpoint:
    """Decides frame by frame whether an utterance is over."""

    def __init__(self, patience: Patience) -> None:
        self._understood, self._otherwise = patience.value

    def is_over(self, activity: Activity, understood: Translation | None) -> bool:
        """Whether it is over, given what is understood of it so far."""
        if activity.start is None:
            return seconds(activity.frames) >= NOBODY
        complete = understood is not None and understood.calls != NOTHING and understood.confidence >= SURE
        return activity.silence >= (self._understood if complete else self._otherwise)
