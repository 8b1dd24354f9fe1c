"""The rule that decides when a play counts, report by report."""

import pytest
from custom_components.local_llm_voice.plays.progress import Rule
from custom_components.local_llm_voice.plays.track import Track
from tests.custom_components.local_llm_voice.plays.reporting import GONE, OTHER, PAUSED, PLAYING, SONG, STOPPED, Player


@pytest.mark.parametrize(
    ("duration", "heard", "counts"),
    [
        (96, 47.9, False),
        (96, 48.1, True),
        (30, 30, False),  # not longer than 30 seconds
        (31, 15.6, True),
        (3600, 239, False),
        (3600, 240, True),  # four minutes are enough
        (None, 119, False),
        (None, 120, True),
    ],
)
def test_threshold(duration: float | None, heard: float, counts: bool) -> None:
    player = Player()
    track = Track("Title", "Artist", duration=duration)
    player.sees(100, PLAYING, track, 0)
    player.sees(100 + heard, PAUSED, track, heard)
    assert bool(player.counted) is counts


def test_counts_when_the_time_is_up_without_a_report_of_the_player() -> None:
    player = Player()
    player.sees(10, PLAYING, SONG, 0)
    assert player.progress.remaining == 48
    player.sees(58, PLAYING, SONG, 48)
    assert player.counted == ["Baby Shark"]
    assert player.progress.remaining is None
    player.sees(100, PLAYING, SONG, 90)
    assert player.counted == ["Baby Shark"]


def test_a_pause_neither_helps_nor_hurts() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(40, PAUSED, SONG, 40)
    player.sees(4000, PLAYING, SONG, 40)
    assert player.counted == []
    assert player.progress.remaining == 8
    player.sees(4008, PLAYING, SONG, 48)
    assert player.counted == ["Baby Shark"]


def test_seeking_forward_gains_nothing_and_back_loses_nothing() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(5, PLAYING, SONG, 80)
    player.sees(10, PLAYING, SONG, 85)
    assert player.counted == []
    player.sees(11, PLAYING, SONG, 30)
    player.sees(48, PLAYING, SONG, 67)
    assert player.counted == ["Baby Shark"]


def test_repeating_the_track_counts_again() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    for again in range(3):
        start = again * 96
        player.sees(start + 50, PLAYING, SONG, 50)
        player.sees(start + 95, PLAYING, SONG, 95)
        player.sees(start + 97, PLAYING, SONG, 1)
    assert player.counted == ["Baby Shark"] * 3


def test_repeating_the_track_counts_again_on_a_player_polled_every_ten_seconds() -> None:
    player = Player()
    for at in range(0, 96 * 4, 10):
        player.sees(at, PLAYING, SONG, at % 96)
    assert player.counted == ["Baby Shark"] * 4


def test_starting_over_after_it_counted_is_a_new_play_and_before_it_is_not() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(20, PLAYING, SONG, 0)
    player.sees(40, PLAYING, SONG, 20)
    assert player.counted == []
    player.sees(50, PLAYING, SONG, 30)
    assert player.counted == ["Baby Shark"]
    player.sees(60, PLAYING, SONG, 0)
    player.sees(107, PLAYING, SONG, 47)
    assert player.counted == ["Baby Shark"]
    player.sees(109, PLAYING, SONG, 49)
    assert player.counted == ["Baby Shark"] * 2


def test_without_positions_the_player_that_stands_still_counts_once() -> None:
    """A player that says "playing" for ever must not fill the history."""
    player = Player()
    for at in range(0, 5000, 10):
        player.sees(at, PLAYING, SONG)
    assert player.counted == ["Baby Shark"]


def test_a_skip_is_remembered_and_a_late_one_is_none() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(12, PLAYING, OTHER, 0)
    assert player.skipped == ["Baby Shark"]
    player.sees(200, PLAYING, SONG, 0)
    assert player.counted == ["Let It Go"]
    assert player.skipped == ["Baby Shark"]


def test_stopping_is_no_skip() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(12, STOPPED)
    player.sees(50, PLAYING, OTHER, 0)
    assert player.skipped == []


def test_metadata_that_comes_in_pieces_is_no_skip() -> None:
    player = Player()
    player.sees(0, PLAYING, Track("Baby Shark"), 0)
    player.sees(0.2, PLAYING, Track("Baby Shark", "Pinkfong"), 0)
    player.sees(1.2, PLAYING, SONG, 1)
    player.sees(60, PLAYING, SONG, 60)
    assert player.skipped == []
    assert player.counted == ["Baby Shark"]


def test_a_polled_player_reports_a_new_track_late_and_loses_nothing() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(46, PLAYING, SONG, 46)
    player.sees(56, PLAYING, OTHER, 7)  # the change was at 49
    assert player.counted == ["Baby Shark"]
    play = player.progress.play
    assert play
    assert play.listened == 7


def test_radio_without_titles_counts_nothing() -> None:
    player = Player()
    for at in range(0, 4000, 10):
        player.sees(at, PLAYING)
    assert player.counted == []


def test_radio_that_names_a_song_without_an_artist_counts_nothing() -> None:
    player = Player()
    player.sees(0, PLAYING, Track("The morning show"))
    player.sees(4000, PLAYING, Track("The morning show"))
    assert player.counted == []


@pytest.mark.parametrize("before", [10, 30, 47, 60])
@pytest.mark.parametrize("down", [1, 20, 35])
def test_a_restart_in_mid_song_neither_loses_nor_doubles(before: float, down: float) -> None:
    player = Player()
    player.sees(1000, PLAYING, SONG, 0)
    player.sees(1000 + before, PLAYING, SONG, before)
    player.restart(down, at=5.0)
    player.sees(5.5, GONE)
    player.sees(6, PLAYING, SONG, before + down + 1)
    player.sees(6 + (96 - before - down - 2), PLAYING, SONG, 95)
    assert player.counted == ["Baby Shark"]


def test_a_restart_that_saw_the_song_end_and_begin_again_counts_both() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(30, PLAYING, SONG, 30)
    player.restart(80, at=7)
    player.sees(7, PLAYING, SONG, 14)  # 66 s to the end, 14 s of the next
    assert player.counted == ["Baby Shark"]
    player.sees(42, PLAYING, SONG, 49)
    assert player.counted == ["Baby Shark"] * 2


@pytest.mark.parametrize("gone", [True, False])
def test_a_restart_during_a_change_of_track_credits_both(gone: bool) -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(30, PLAYING, SONG, 30)
    player.restart(100, at=7)
    if gone:
        player.sees(6, GONE)
    player.sees(7, PLAYING, OTHER, 34)
    assert player.counted == ["Baby Shark"]
    assert player.progress.remaining == 112 - 34
    assert player.skipped == []


def test_a_player_without_power_for_a_night_starts_anew() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(40, GONE)
    player.sees(30_000, PLAYING, SONG, 1)
    assert player.counted == []
    assert player.progress.remaining == 47


def test_a_song_paused_overnight_is_not_counted_twice() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(60, PAUSED, SONG, 60)
    player.restart(30_000, at=7)
    player.sees(7, PAUSED, SONG, 60)
    player.sees(60, PLAYING, SONG, 60)
    player.sees(96, PLAYING, SONG, 96)
    assert player.counted == ["Baby Shark"]


def test_a_night_without_power_credits_no_unseen_end() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(40, PLAYING, SONG, 40)
    player.restart(30_000, at=7)
    player.sees(7, PLAYING, OTHER, 1)
    assert player.counted == []


def test_an_unreachable_player_is_caught_up_by_its_position() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(20, GONE)
    player.sees(50, PLAYING, SONG, 50)
    assert player.counted == ["Baby Shark"]


def test_an_unreachable_player_that_stood_still_gains_nothing() -> None:
    player = Player()
    player.sees(0, PLAYING, SONG, 0)
    player.sees(20, GONE)
    player.sees(500, PLAYING, SONG, 20)
    assert player.counted == []


def test_short_rule_for_short_tracks() -> None:
    player = Player(Rule(longer_than=2, at_most=10))
    jingle = Track("Jingle", "Us", duration=4)
    player.sees(0, PLAYING, jingle, 0)
    player.sees(2, PLAYING, jingle, 2)
    assert player.counted == ["Jingle"]
