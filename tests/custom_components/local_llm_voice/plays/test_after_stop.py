"""A song that was stopped: does it go on, or begin anew?"""

import pytest
from custom_components.local_llm_voice.plays.play import Activity
from custom_components.local_llm_voice.plays.track import Track
from tests.custom_components.local_llm_voice.plays.reporting import GONE, PAUSED, PLAYING, SONG, STOPPED, Player


def test_stopped_and_played_again_from_the_beginning_counts_again() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(60, STOPPED, SONG, 60)
    player.sees(100, PLAYING, SONG, 0)
    player.sees(150, PLAYING, SONG, 50)
    assert player.counted == ["Baby Shark"] * 2


@pytest.mark.parametrize("told_at_stop", [None, 0, 20])
@pytest.mark.parametrize("silence", [1, 60, 4000])
@pytest.mark.parametrize("first", [[], [(PAUSED, 0)], [(PAUSED, None), (PLAYING, None)], [(PLAYING, 90)]])
def test_stopped_and_played_from_the_beginning_is_a_new_play(
    told_at_stop: float | None, silence: float, first: list[tuple[Activity, float | None]]
) -> None:
    """However little the player tells: nothing when it stops, and a wrong or no position before it plays."""
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(20, STOPPED, None if told_at_stop is None else SONG, told_at_stop)
    start = 20 + silence
    for activity, position in first:
        player.sees(start, activity, SONG, position)
    player.sees(start + 0.2, PLAYING, SONG, 0.2)
    player.sees(start + 47, PAUSED, SONG, 47)
    assert player.counted == []
    player.sees(start + 50, PLAYING, SONG, 47)
    player.sees(start + 52, PLAYING, SONG, 49)
    assert player.counted == ["Baby Shark"]


def test_stopped_after_the_first_poll_and_played_from_the_beginning_is_a_new_play() -> None:
    player = Player()
    for at in range(0, 21, 10):
        player.sees(at, PLAYING, SONG, at)
    player.sees(24, STOPPED)
    player.sees(200, PLAYING, SONG, 8)  # the poll is late
    assert player.progress.remaining == 40


def test_starting_again_and_again_never_counts() -> None:
    player = Player()
    for start in range(0, 2000, 60):
        player.sees(start, PLAYING, SONG, 0)
        player.sees(start + 20, STOPPED)
    assert player.counted == []


@pytest.mark.parametrize("position", [0, 20])
def test_stopped_and_gone_on_with_is_the_same_play(position: float) -> None:
    """Some players go on where they were stopped; here from the beginning, or after a jump ahead."""
    player = Player()
    player.sees(0, PLAYING, SONG, position)
    player.sees(20, STOPPED, SONG, 0)
    player.sees(4000, PLAYING, SONG, position + 20)
    assert player.progress.remaining == 28
    player.sees(4028, PLAYING, SONG, position + 48)
    assert player.counted == ["Baby Shark"]
    player.sees(4030, STOPPED)
    player.sees(4060, PLAYING, SONG, position + 50)
    player.sees(4076, PLAYING, SONG, 96)
    assert player.counted == ["Baby Shark"]


@pytest.mark.parametrize("track", [None, SONG])
@pytest.mark.parametrize("positions", [True, False])
def test_a_player_that_stumbles_goes_on(track: Track | None, positions: bool) -> None:
    def position(seconds: float) -> float | None:
        return seconds if positions else None

    player = Player()
    player.sees(0, PLAYING, SONG, position(0))
    player.sees(30, STOPPED, track, position(0))
    player.sees(30.5, PAUSED, SONG)
    player.sees(31, PLAYING, SONG)
    player.sees(32, PLAYING, SONG, position(31))
    assert player.progress.remaining == pytest.approx(17)
    player.sees(50, PLAYING, SONG, position(49))
    player.sees(51, STOPPED, track)
    player.sees(52, PLAYING, SONG, position(50))
    player.sees(95, PLAYING, SONG, position(95))
    assert player.counted == ["Baby Shark"]


def test_a_player_that_seemed_to_stand_but_played_on_loses_nothing() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(30, STOPPED)
    player.sees(35, PLAYING, SONG, 35)
    assert player.progress.remaining == 13
    player.restart(10, at=5.0)
    player.sees(6, STOPPED)  # not yet connected
    player.sees(7, PLAYING, SONG, 47)
    player.sees(9, PLAYING, SONG, 49)
    assert player.counted == ["Baby Shark"]


def test_an_old_position_right_after_a_stop_is_not_believed() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(20, STOPPED)
    player.sees(90, PLAYING, SONG, 90)  # reckoned from the first start
    assert player.progress.remaining == 28
    player.sees(91, PLAYING, SONG, 0)
    assert player.progress.remaining == 48


def test_without_positions_a_longer_stop_ends_the_play() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG)
    player.sees(30, STOPPED)
    player.sees(40, PLAYING, SONG)
    assert player.progress.remaining == 48


def test_without_positions_a_song_that_ended_and_repeats_counts_again() -> None:
    player = Player()
    for start in (0, 96.5, 193):
        player.sees(start, PLAYING, SONG)
        player.sees(start + 50, PLAYING, SONG)
        player.sees(start + 96, STOPPED)
    assert player.counted == ["Baby Shark"] * 3


@pytest.mark.parametrize("counted", [True, False])
def test_stopped_before_a_restart_and_played_from_the_beginning_during_it(counted: bool) -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(50 if counted else 20, STOPPED)
    player.restart(60, at=5)
    player.sees(5, GONE)
    player.sees(6, PLAYING, SONG, 40)
    assert player.counted == ["Baby Shark"] * counted
    player.sees(13, PLAYING, SONG, 47)
    assert player.counted == ["Baby Shark"] * counted
    player.sees(15, PLAYING, SONG, 49)
    assert player.counted == ["Baby Shark"] * (1 + counted)
