"""The rule that decides when a play counts, report by report."""

import json

import pytest
from custom_components.local_llm_voice.plays.play import Activity, Observation, play_from_dict
from custom_components.local_llm_voice.plays.progress import Counted, Progress, Rule, Skipped
from custom_components.local_llm_voice.plays.track import Track

SONG = Track("Baby Shark", "Pinkfong", "Best of", "shark.mp3", 96.0)
OTHER = Track("Let It Go", "Idina Menzel", "Frozen", "go.mp3", 224.0)
PLAYING, PAUSED, STOPPED, GONE = (
    Activity.PLAYING,
    Activity.PAUSED,
    Activity.STOPPED,
    Activity.GONE,
)


class Player:
    """A player whose reports are fed to a Progress."""

    def __init__(self, rule: Rule | None = None) -> None:
        self.progress = Progress(rule or Rule())
        self.outcomes: list[Counted | Skipped] = []
        self.sees(0, STOPPED)

    def sees(self, at: float, activity: Activity, track: Track | None = None, position: float | None = None) -> None:
        self.outcomes += self.progress.observe(Observation(at, activity, track, position))

    def restart(self, down: float, at: float) -> None:
        """Another process takes over; its clock says `at`, and `down` seconds passed."""
        assert self.progress.play
        saved = json.loads(json.dumps(self.progress.play.as_dict()))
        self.progress = Progress(Rule(), play_from_dict(saved, at - down))

    @property
    def counted(self) -> list[str]:
        return [o.track.title for o in self.outcomes if isinstance(o, Counted)]

    @property
    def skipped(self) -> list[str]:
        return [o.track.title for o in self.outcomes if isinstance(o, Skipped)]


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
