"""What is asked for, and which of a library's items it is."""

import pytest
from custom_components.local_llm_voice.music.choose import CLOSE_ENOUGH, choose, similarity
from custom_components.local_llm_voice.music.item import Item
from custom_components.local_llm_voice.music.wanted import MediaKind, Wanted, years_of


@pytest.mark.parametrize(
    ("spoken", "language", "years"),
    [
        ("1984", "en", range(1984, 1985)),
        ("the 1980s", "en", range(1980, 1990)),
        ("80s", "en", range(1980, 1990)),
        ("eighties", "en", range(1980, 1990)),
        ("the fifties", "en", range(1950, 1960)),
        ("two thousands", "en", range(2000, 2010)),
        ("2010er", "de", range(2010, 2020)),
        ("90er", "de", range(1990, 2000)),
        ("achtziger", "de", range(1980, 1990)),
        ("années soixante", "fr", range(1960, 1970)),
        ("années soixante-dix", "fr", range(1970, 1980)),
        ("años ochenta", "es", range(1980, 1990)),
        ("anni settanta", "it", range(1970, 1980)),
        ("jaren tachtig", "nl", range(1980, 1990)),
        ("firserne", "da", range(1980, 1990)),
        ("80年代", "ja", range(1980, 1990)),
        ("八十年代", "zh", range(1980, 1990)),
        ("cat", "en", None),
        ("12", "en", None),
    ],
)
def test_years(spoken: str, language: str, years: range | None) -> None:
    assert years_of(spoken, language) == years


def song(title: str, artist: str | None = None, **more: object) -> Item:
    return Item(kind=MediaKind.TRACK, title=title, artist=artist, content_id=title, content_type="music", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spoken", "name", "close"),
    [
        ("Baby Shark", "Baby Shark", True),
        ("babyshark", "Baby Shark", True),
        ("baby shark", "Baby Shark (feat. Somebody)", True),
        ("cafe del mar", "Café del Mar", True),
        ("here comes the son", "Here Comes the Sun", True),
        ("beetles", "The Beatles", True),
        ("the the", "The The", True),
        ("aria", "Goldberg Variations Aria", True),
        ("let it go", "Let It Be", False),
        ("yesterday", "Yellow Submarine", False),
        ("hello", None, False),
        ("", "Baby Shark", False),
    ],
)
def test_names_that_sound_alike(spoken: str, name: str | None, close: bool) -> None:
    assert (similarity(spoken, name) >= CLOSE_ENOUGH) is close


def test_best_name_wins_over_what_the_house_plays() -> None:
    items = [song("Hello Goodbye", "The Beatles"), song("Hello", "Adele")]
    wanted = Wanted(kind=MediaKind.TRACK, name="hello")
    chosen = choose(items, wanted, lambda item: 1000.0 if item.artist == "The Beatles" else 0.0)
    assert chosen is not None
    assert chosen.title == "Hello"


def test_album_narrows_a_song_down() -> None:
    items = [song("Aria", "Gould", album="1955"), song("Aria", "Gould", album="1981")]
    chosen = choose(items, Wanted(kind=MediaKind.TRACK, name="aria", album="1981"), lambda _: 0.0)
    assert chosen is not None
    assert chosen.items[0].album == "1981"


def test_newest_first() -> None:
    items = [song("Old", "X", year=1980), song("New", "X", year=2020), song("Undated", "X")]
    wanted = Wanted.of({"artist": "x", "sort": "newest"}, "en")
    chosen = choose(items, wanted, lambda _: 0.0)
    assert chosen is not None
    assert [item.title for item in chosen.items] == ["New", "Old", "Undated"]


def test_favorites_of_an_artist_come_first() -> None:
    items = [song("A", "X"), song("B", "X"), song("C", "Y")]
    chosen = choose(items, Wanted.of({"artist": "x"}, "en"), lambda item: 5.0 if item.title == "B" else 0.0)
    assert chosen is not None
    assert ([item.title for item in chosen.items], chosen.title, chosen.artist) == (["B", "A"], "X", None)


def test_an_album_keeps_its_order() -> None:
    items = [song("One", "X", album="Red"), song("Two", "X", album="Red"), song("Other", "X", album="Blue")]
    chosen = choose(items, Wanted.of({"album": "red"}, "en"), lambda item: 5.0 if item.title == "Two" else 0.0)
    assert chosen is not None
    assert [item.title for item in chosen.items] == ["One", "Two"]
    assert (chosen.title, chosen.artist) == ("Red", "X")


def test_folder_is_a_playlist() -> None:
    chosen = choose([song("One", album="Party")], Wanted.of({"playlist": "party"}, "en"), lambda _: 0.0)
    assert chosen is not None
    assert chosen.items[0].title == "One"


def test_nothing_fits() -> None:
    for args in ({"song": "x"}, {"artist": "x"}, {"genre": "x"}, {"playlist": "x"}, {"query": "x"}, {"year": "1950"}):
        assert choose([song("Baby Shark", "Pinkfong", year=2016)], Wanted.of(args, "en"), lambda _: 0.0) is None
    assert choose([], Wanted(), lambda _: 0.0) is None
    radio = Wanted(kind=MediaKind.RADIO, name="baby shark")
    assert choose([song("Baby Shark")], radio, lambda _: 0.0) is None
