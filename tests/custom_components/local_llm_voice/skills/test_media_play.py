"""Music by name, on real players."""

from typing import Any

import pytest
from tests.custom_components.local_llm_voice.household import Household, Show
from tests.custom_components.local_llm_voice.music_home import MusicHome

KITCHEN = "media_player.kitchen_stereo"


@pytest.mark.parametrize(
    ("said", "args", "media_id", "speech"),
    [
        ("play Take Five", {"song": "take five"}, "five", "Playing Take Five by Dave Brubeck."),
        ("play babyshark", {"song": "babyshark"}, "shark", "Playing Baby Shark by Pinkfong."),
        (
            "play hear comes the son",
            {"song": "hear comes the son"},
            "sun",
            "Playing Here Comes the Sun by The Beatles.",
        ),
        (
            "play Hello by Lionel Richie",
            {"song": "hello", "artist": "lionel ritchie"},
            "hello2",
            "Playing Hello by Lionel Richie.",
        ),
        ("play something by Dave Brubeck", {"artist": "dave brubeck"}, "five", "Playing Dave Brubeck."),
        ("play the party mix", {"playlist": "party mix"}, "party", "Playing Party Mix."),
        ("play baby shark by pinkfong", {"query": "baby shark pinkfong"}, "shark", "Playing Baby Shark by Pinkfong."),
    ],
)
async def test_music_is_found(
    listener: Household, music_home: MusicHome, show: Show, said: str, args: dict[str, Any], media_id: str, speech: str
) -> None:
    heard = await listener.say(said, [("play_music", args)])
    assert heard.speech == speech
    show(heard, music_home.shows({KITCHEN: "playing", f"{KITCHEN} media_content_id": media_id}))
