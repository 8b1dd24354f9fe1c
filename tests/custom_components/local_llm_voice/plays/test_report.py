"""What is read from a player's state."""

from typing import Any

import pytest
from custom_components.local_llm_voice.plays.report import track_of
from homeassistant.core import State


def told(**attributes: Any) -> tuple[str, str | None, float | None] | None:
    """Title, artist and length of what a player reports."""
    state = State("media_player.radio", "playing", {f"media_{key}": value for key, value in attributes.items()})
    track = track_of(state, None)
    return (track.title, track.artist, track.duration) if track else None


@pytest.mark.parametrize(
    ("attributes", "track"),
    [
        ({"title": "Take Five", "artist": " Dave Brubeck ", "duration": "324"}, ("Take Five", "Dave Brubeck", 324)),
        ({"title": "Dave Brubeck - Take Five"}, ("Take Five", "Dave Brubeck", None)),
        ({"title": "Dave Brubeck - "}, ("Dave Brubeck -", None, None)),
        ({"title": " - "}, ("-", None, None)),
        ({"title": "  "}, None),
        ({"title": None}, None),
        ({"title": 1984, "artist": "  "}, ("1984", None, None)),
        ({"title": "Take Five", "duration": "NaN"}, ("Take Five", None, None)),
        ({"title": "Take Five", "duration": float("inf")}, ("Take Five", None, None)),
    ],
)  # fmt: skip
def test_tracks(attributes: dict[str, Any], track: tuple[str, str | None, float | None] | None) -> None:
    assert told(**attributes) == track
