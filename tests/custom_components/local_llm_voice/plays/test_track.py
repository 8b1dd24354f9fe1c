"""When two reports mean the same piece."""

import pytest
from custom_components.local_llm_voice.plays.track import Track


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Track("Café del Mar", "ENERGY 52"), Track("cafe del mar", "Energy 52")),
        (Track("Halo (feat. Someone)", "Beyoncé"), Track("Halo", "Beyonce")),
        (Track("Help! - Remastered 2009", "The Beatles"), Track("Help!", "The Beatles")),
        (Track("Help! (2009 Remaster)", "The Beatles"), Track("Help!", "The Beatles")),
        (Track("Hey [Official Video]", "X"), Track("Hey", "X")),
    ],
)
def test_the_same_piece_written_differently(one: Track, other: Track) -> None:
    assert one.key == other.key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Track("Halo", "Beyoncé"), Track("Halo", "Kelly")),
        (Track("がき", "X"), Track("かき", "X")),
        (Track("1", "X"), Track("2", "X")),
        (Track("!!!", "X"), Track("???", "X")),
        (Track("Theme", album="A"), Track("Theme", album="B")),
    ],
)
def test_different_pieces(one: Track, other: Track) -> None:
    assert one.key != other.key
