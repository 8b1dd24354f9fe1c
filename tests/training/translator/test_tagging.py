"""Tags of a prompt's units: the words that the answer points at, and no others."""

from typing import Any

from training.translator.examples import example
from training.translator.tagging import FIRST, INSIDE, LAST, OUTSIDE, Tags
from training.translator.variation import Variation
from wyoming_server.translation.vocabulary import Vocabulary

ROW: dict[str, Any] = {
    "text": "play the dark side of the moon by pink floyd at 7",
    "lang": "en",
    "calls": [{"name": "play_music", "args": {"album": "dark side of the moon", "artist": "pink floyd"}}],
}


def tags_of(row: dict[str, Any], vocabulary: Vocabulary) -> list[int]:
    found = example(row, vocabulary)
    assert found is not None
    prompt, answer = Variation([found], vocabulary).tokens(found)
    return Tags(vocabulary).of(prompt, answer)[1]


def test_values_are_tagged_from_their_first_to_their_last_unit(vocabulary: Vocabulary) -> None:
    plain = tags_of({**ROW, "calls": [{"name": "unknown", "args": {}}]}, vocabulary)
    assert plain == [OUTSIDE] * 12
    tags = tags_of(ROW, vocabulary)
    album = tags[2] - FIRST
    assert tags[:2] == [OUTSIDE, OUTSIDE]
    assert [tag - album for tag in tags[2:7]] == [FIRST, INSIDE, INSIDE, INSIDE, LAST]
    assert tags[7] == OUTSIDE
    artist = tags[8] - FIRST
    assert artist != album
    assert [tag - artist for tag in tags[8:10]] == [FIRST, LAST]
    assert tags[10:] == [OUTSIDE, OUTSIDE]


def test_a_number_is_one_unit(vocabulary: Vocabulary) -> None:
    row = {
        "text": "set a timer for 5 minutes",
        "lang": "en",
        "calls": [{"name": "start_timer", "args": {"minutes": 5}}],
    }
    tags = tags_of(row, vocabulary)
    assert [tag % LAST == 0 and tag > OUTSIDE for tag in tags] == [False, False, False, False, True, False]
