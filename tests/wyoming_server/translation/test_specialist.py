"""The embedded model in llama.cpp."""

from dataclasses import replace
from pathlib import Path

import pytest

from wyoming_server.calls import NOTHING, Call, call_from_data
from wyoming_server.translation.confidence import Confidence
from wyoming_server.translation.llama import ModelError
from wyoming_server.translation.request import Request
from wyoming_server.translation.specialist import Specialist
from wyoming_server.translation.translator import load_translator


def test_the_embedded_model_is_loaded_by_default() -> None:
    translator = load_translator(threads=1)
    assert translator.languages[0] == "en"
    assert translator.name


def test_an_everyday_command(specialist: Specialist) -> None:
    translation = specialist.translate(Request("Set a timer for 10 minutes", "en"))
    assert translation.calls == (Call("start_timer", {"minutes": 10}),)
    assert 0.5 < translation.confidence <= 1
    assert set(translation.stages) == {"prompt", "decode"}


def test_the_same_answer_twice_and_after_others(specialist: Specialist) -> None:
    request = Request("play hey jude by the beatles in the kitchen", "en")
    first = specialist.answer(request)
    specialist.answer(Request("wie wird das wetter morgen in köln", "de"))
    second = specialist.answer(request)
    assert (first.calls, first.certainty) == (second.calls, second.certainty)


def test_only_what_the_home_offers(specialist: Specialist) -> None:
    calls = specialist.answer(Request("turn off the light", "en", functions={"get_weather"})).calls
    assert {call.name for call in calls} <= {"get_weather", "unknown"}


def test_below_the_threshold_nothing_is_done(specialist: Specialist, monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request("set a timer for 10 minutes", "en")
    assert specialist.translate(request).calls != NOTHING
    monkeypatch.setattr(specialist, "confidence", Confidence(threshold=1.01))
    assert specialist.translate(request).calls == NOTHING


ODD = [
    *("", " ", "!?…", "🎵🎵", "\x00\ud800", "<|en|><0>)\n", 'unknown()\nturn_on(area="x")'),
    *("a" * 5000, "wort " * 3000, "stop and " * 2000, "今" * 900, "set volume to " + "1" * 400),
]


@pytest.mark.parametrize("text", ODD)
def test_never_fails_for_what_was_said(specialist: Specialist, text: str) -> None:
    for language in ("en", "ja", "xx"):
        request = Request(text, language, previous=Call("broadcast", {"message": text or "x"}))
        for call in specialist.translate(request).calls:
            assert call_from_data(call.name, call.args) == call
        specialist.translate(replace(request, previous=None))


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model at"):
        load_translator(tmp_path / "none.gguf")
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelError, match="cannot load"):
        load_translator(broken)
