"""Where somebody speaks, and where an utterance ends."""

import wave

import numpy as np
import pytest

from wyoming_server.calls import NOTHING, Call
from wyoming_server.speech.activity import FRAME, Activity, Silero
from wyoming_server.speech.endpoint import Endpoint, Patience
from wyoming_server.translation.request import Translation

from ..conftest import SPEECH

UNDERSTOOD = Translation((Call("turn_on"),), 0.95)


def activity(probabilities: list[float]) -> Activity:
    heard = Activity()
    for probability in probabilities:
        heard.hear(probability)
    return heard


def test_a_click_is_no_speech() -> None:
    heard = activity([0.0, 0.9, 0.0, 0.9, 0.0])
    assert (heard.start, heard.spoken) == (None, 0)


def test_speech_begins_with_its_first_frame_and_ends_with_its_last() -> None:
    heard = activity([0.0, 0.0, 0.9, 0.9, 0.4, 0.1, 0.1])
    assert (heard.start, heard.end, heard.spoken, heard.speaking) == (2, 5, 3, False)
    assert heard.silence == pytest.approx(2 * FRAME / 16000)


def test_a_click_in_the_closing_silence_does_not_prolong_speech() -> None:
    assert activity([0.9, 0.9, 0.9, 0.0, 0.0, 0.9, 0.0]).end == 3


def test_silero_hears_the_same_in_pieces_as_in_one() -> None:
    with wave.open(str(SPEECH)) as wav:
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2").astype(np.float32) / np.float32(32768)
    samples = samples[: len(samples) // FRAME * FRAME]
    whole = Silero().judge(samples)
    pieces = Silero()
    apart = [p for i in range(0, len(samples), 3 * FRAME) for p in pieces.judge(samples[i : i + 3 * FRAME])]
    assert apart == pytest.approx(whole, abs=1e-4)
    assert max(whole) > 0.9
    assert max(Silero().judge(np.zeros(20 * FRAME, np.float32))) < 0.3


@pytest.mark.parametrize(
    ("patience", "understood", "seconds"),
    [
        (Patience.DEFAULT, UNDERSTOOD, 0.4),
        (Patience.DEFAULT, None, 0.8),
        (Patience.DEFAULT, Translation(NOTHING, 0.99), 0.8),
        (Patience.DEFAULT, Translation((Call("turn_on"),), 0.4), 0.8),
        (Patience.AGGRESSIVE, None, 0.5),
        (Patience.RELAXED, UNDERSTOOD, 0.8),
    ],
)
def test_an_utterance_ends_sooner_where_it_is_understood(
    patience: Patience, understood: Translation | None, seconds: float
) -> None:
    endpoint = Endpoint(patience)
    heard = activity([0.9] * 20)
    while not endpoint.is_over(heard, understood):
        heard.hear(0.0)
    assert heard.silence == pytest.approx(seconds, abs=FRAME / 16000)


def test_nobody_is_waited_for_forever() -> None:
    assert not Endpoint(Patience.DEFAULT).is_over(activity([0.0] * 100), None)
    assert Endpoint(Patience.DEFAULT).is_over(activity([0.0] * 251), None)
