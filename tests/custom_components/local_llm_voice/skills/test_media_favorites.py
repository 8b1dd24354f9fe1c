"""Favorites of the house, of rooms and of people."""

from datetime import timedelta
from typing import Any

import pytest
from custom_components.local_llm_voice.plays.history import Origin
from custom_components.local_llm_voice.plays.track import Kind, Track
from custom_components.local_llm_voice.plays.tracker import PlayTracker
from custom_components.local_llm_voice.skills.media_period import period_of
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.household import Household, Show
from tests.custom_components.local_llm_voice.music_home import MusicHome
from tests.custom_components.local_llm_voice.players import SHELF

KITCHEN = "media_player.kitchen_stereo"


class Listening:
    """The play history, filled by tests."""

    def __init__(self, hass: HomeAssistant, plays: PlayTracker) -> None:
        self.hass = hass
        self.plays = plays

    def heard(self, key: str, times: int, room: str = "Kitchen", days_ago: int = 0, by: str | None = None) -> None:
        """Count plays of a song of the shelf."""
        area = ar.async_get(self.hass).async_get_area_by_name(room)
        song, when = SHELF[key], dt_util.utcnow() - timedelta(days=days_ago)
        track = Track(song.title, song.artist, song.album, None, song.seconds, "test")
        origin = Origin((area.id,) if area else (), by)
        for _ in range(times):
            self.plays.history.count(track, origin, when, dt_util.as_local(when).date())
        self.plays.async_changed()


@pytest.fixture
def listening(hass: HomeAssistant, entry: MockConfigEntry, music_home: MusicHome) -> Listening:
    return Listening(hass, entry.runtime_data.plays)


@pytest.fixture
def matilda(hass: HomeAssistant, entry: MockConfigEntry, listening: Listening) -> None:
    """A child with a room of her own."""
    bedroom = ar.async_get(hass).async_get_area_by_name("Bedroom")
    assert bedroom
    add_person(hass, entry, "Matilda", aliases=["Tilly", "daughter"], areas=[bedroom.id])


def add_person(hass: HomeAssistant, entry: MockConfigEntry, name: str, **data: Any) -> None:
    subentry = ConfigSubentryData(data=data, subentry_type="person", title=name, unique_id=None)
    hass.config_entries.async_add_subentry(entry, make(subentry))


def make(data: ConfigSubentryData) -> Any:
    from types import MappingProxyType

    from homeassistant.config_entries import ConfigSubentry

    return ConfigSubentry(
        data=MappingProxyType(dict(data["data"])),
        subentry_type=data["subentry_type"],
        title=data["title"],
        unique_id=data["unique_id"],
    )


async def test_favorite_song(listener: Household, music_home: MusicHome, listening: Listening, show: Show) -> None:
    listening.heard("shark", 34)
    listening.heard("five", 4)
    heard = await listener.say("play my favorite song", [("play_favorite", {})])
    assert heard.speech == "Playing Baby Shark by Pinkfong."
    show(heard, music_home.shows({f"{KITCHEN} media_title": "Baby Shark", KITCHEN: "playing"}))
    heard = await listener.say("what's my favorite song", [("whats_favorite", {})])
    assert heard.speech == "Baby Shark by Pinkfong; you have played it 34 times."
    show(heard, "the song with the most plays")


@pytest.mark.parametrize(
    ("language", "speech"),
    [
        ("de", "Baby Shark von Pinkfong; das lief hier 2 Mal."),
        ("fr", "Baby Shark de Pinkfong ; tu l'as écouté 2 fois."),
        ("es", "Baby Shark de Pinkfong; ha sonado 2 veces."),
        ("it", "Baby Shark di Pinkfong; l'hai ascoltato 2 volte."),
        ("nl", "Baby Shark van Pinkfong; dat heb je 2 keer gespeeld."),
        ("da", "Baby Shark med Pinkfong; det har du spillet 2 gange."),
        ("ja", "PinkfongのBaby Sharkです。2回再生しました。"),
        ("zh", "Pinkfong的Baby Shark，你已经播放了2次。"),
    ],
)
async def test_favorite_in_every_language(
    listener: Household, listening: Listening, language: str, speech: str
) -> None:
    listening.heard("shark", 2)
    assert (await listener.say("?", [("whats_favorite", {})], language=language)).speech == speech


async def test_favorite_of_a_person(
    listener: Household, music_home: MusicHome, listening: Listening, matilda: None, show: Show
) -> None:
    listening.heard("five", 9)
    listening.heard("shark", 3, "Bedroom")
    for name in ("Matilda", "Mathilda", "daughter"):
        heard = await listener.say("play Matilda's favorite song", [("play_favorite", {"person": name})])
        assert (name, heard.speech) == (name, "Playing Baby Shark by Pinkfong.")
    show(heard, music_home.shows({f"{KITCHEN} media_title": "Baby Shark"}))
    heard = await listener.do("whats_favorite", person="tilly")
    assert heard.speech == "Matilda's favorite is Baby Shark by Pinkfong, played 3 times."
    assert (await listener.do("whats_favorite")).speech.startswith("Take Five")


async def test_my_favorite_said_in_her_room_is_hers(
    listener: Household, music_home: MusicHome, listening: Listening, matilda: None
) -> None:
    listening.heard("five", 9)
    listener.device_id = music_home.device_id("bedroom")
    assert (await listener.do("whats_favorite")).speech.startswith("Take Five")
    listening.heard("shark", 3, "Bedroom")
    await listener.do("play_favorite")
    assert music_home.title("bedroom") == "Baby Shark"


async def test_plays_asked_for_at_her_satellite_are_hers(
    hass: HomeAssistant, listener: Household, music_home: MusicHome, listening: Listening, entry: MockConfigEntry
) -> None:
    device = music_home.device_id("hall")
    add_person(hass, entry, "Ben", satellites=[device])
    listening.heard("five", 9)
    listening.heard("sun", 1, "Living Room", by=f"device:{device}")
    listener.device_id = device
    assert (await listener.do("whats_favorite")).speech.startswith("Here Comes the Sun")


async def test_unknown_person_and_person_without_plays(
    listener: Household, listening: Listening, matilda: None
) -> None:
    listening.heard("five", 9)
    assert (await listener.do("play_favorite", person="Gandalf")).speech == "I don't know anybody called Gandalf."
    assert (await listener.do("play_favorite", person="Matilda")).speech == "I don't know what Matilda likes yet."
    assert (await listener.do("whats_favorite", person="Matilda")).speech == "I don't know what Matilda likes yet."


async def test_cold_start_is_said_kindly(hass: HomeAssistant, listener: Household, listening: Listening) -> None:
    kind = "I don't know a favorite yet. Play some music and I'll learn it."
    assert (await listener.do("play_favorite")).speech == kind
    assert (await listener.do("whats_favorite")).speech == kind
    listening.plays.async_set_counting(False)
    assert (await listener.do("whats_favorite")).speech == "I don't know a favorite, because counting is turned off."


async def test_favorite_songs_are_queued(listener: Household, music_home: MusicHome, listening: Listening) -> None:
    listening.heard("shark", 9)
    listening.heard("sun", 5)
    listening.heard("five", 2)
    heard = await listener.do("play_favorite", kind="songs")
    assert heard.speech == "Playing your favorites, first Baby Shark by Pinkfong."
    assert music_home.stereo("kitchen").queue == ["shark", "sun", "five"]
    heard = await listener.do("whats_favorite", kind="songs")
    assert heard.speech == (
        "Your favorites: Baby Shark by Pinkfong, Here Comes the Sun by The Beatles and Take Five by Dave Brubeck."
    )


async def test_favorite_artist_album_playlist(listener: Household, music_home: MusicHome, listening: Listening) -> None:
    listening.heard("shark", 3)
    listening.heard("five", 2)
    listening.heard("rondo", 2)
    heard = await listener.do("play_favorite", kind="artist")
    assert heard.speech == "Playing Dave Brubeck."
    assert sorted(music_home.stereo("kitchen").queue) == ["five", "rondo"]
    assert (await listener.do("whats_favorite", kind="artist")).speech == "Dave Brubeck; you have played it 4 times."
    assert (await listener.do("whats_favorite", kind="album")).speech.startswith("Time Out by Dave Brubeck")
    assert (await listener.do("play_favorite", kind="album")).speech == "I can't find Time Out."
    assert (await listener.do("play_favorite", kind="playlist")).failed
    now = dt_util.utcnow()
    party = Track("Party Mix", media_id="party", platform="test", kind=Kind.PLAYLIST)
    listening.plays.history.count(party, Origin(), now, now.date())
    assert (await listener.do("play_favorite", kind="playlist")).speech == "Playing Party Mix."
    assert music_home.player("kitchen").attributes["media_content_id"] == "party"


async def test_favorite_of_an_artist_and_of_a_time(listener: Household, listening: Listening) -> None:
    listening.heard("shark", 30, days_ago=70)
    listening.heard("rondo", 5, days_ago=40)
    listening.heard("five", 2)
    assert (await listener.do("whats_favorite", artist="dave brubek")).speech.startswith("Take Five")
    heard = await listener.do("whats_favorite", period="today")
    assert heard.speech == "Take Five by Dave Brubeck; you have played it 2 times."
    assert (await listener.do("whats_favorite", period="of all time")).speech.startswith("Baby Shark")
    assert (await listener.do("whats_favorite", period="yesterday")).failed
    heard = await listener.do("whats_favorite", period="when we were young")
    assert heard.speech == "I don't know which time when we were young means."


async def test_song_that_is_gone_is_said(listener: Household, listening: Listening) -> None:
    now = dt_util.utcnow()
    listening.plays.history.count(Track("Lost Tape"), Origin(), now, now.date())
    assert (await listener.do("play_favorite")).speech == "I can't find Lost Tape."


async def test_rating(listener: Household, music_home: MusicHome, listening: Listening, show: Show) -> None:
    assert (await listener.do("rate_song", liked=True)).speech == "Nothing is playing."
    music_home.put_on("kitchen", "sun")
    heard = await listener.say("I like this song", [("rate_song", {"liked": True})])
    assert heard.speech == "I'll remember that you like Here Comes the Sun by The Beatles."
    assert (await listener.do("whats_favorite")).speech == "Here Comes the Sun by The Beatles."
    show(heard, "the song is a favorite, though it was never counted")
    await listener.do("rate_song", liked=False)
    await listener.do("wrong")
    assert (await listener.do("whats_favorite")).speech == "Here Comes the Sun by The Beatles."
    await listener.do("rate_song", liked=False)
    assert (await listener.do("whats_favorite")).failed
    heard = await listener.do("rate_song", liked=False)
    assert heard.speech == "I'll remember that you don't like Here Comes the Sun by The Beatles."


async def test_whats_playing(listener: Household, music_home: MusicHome, show: Show) -> None:
    assert (await listener.do("whats_playing")).speech == "Nothing is playing."
    music_home.put_on("living_room", "five")
    heard = await listener.say("what's playing", [("whats_playing", {})])
    assert heard.speech == "Take Five by Dave Brubeck."
    show(heard, "what the only room that plays reports")
    music_home.put_on("kitchen", "sun")
    heard = await listener.do("whats_playing", area="everywhere")
    assert sorted(heard.speech.rstrip(".").split(" and ")) == [
        "Here Comes the Sun by The Beatles on Kitchen Stereo",
        "Take Five by Dave Brubeck on Living Room Stereo",
    ]
    music_home.become(KITCHEN, media_title=None)
    assert (await listener.do("whats_playing")).speech == "The player doesn't say what is playing."
    assert (await listener.do("rate_song", liked=True)).speech == "The player doesn't say what is playing."


@pytest.mark.parametrize(
    ("spoken", "language", "first", "last"),
    [
        ("today", "en", "2026-11-24", "2026-11-24"),
        ("yesterday", "en", "2026-11-23", "2026-11-23"),
        ("this week", "en", "2026-11-23", "2026-11-29"),
        ("last week", "en", "2026-11-16", "2026-11-22"),
        ("this month", "en", "2026-11-01", "2026-11-30"),
        ("last month", "en", "2026-10-01", "2026-10-31"),
        ("this year", "en", "2026-01-01", "2026-12-31"),
        ("last year", "en", "2025-01-01", "2025-12-31"),
        ("the last 7 days", "en", "2026-11-18", "2026-11-24"),
        ("the last day", "en", "2026-11-23", "2026-11-23"),
        ("on Monday", "en", "2026-11-23", "2026-11-23"),
        ("last Wednesday", "en", "2026-11-18", "2026-11-18"),
        ("am Dienstag", "de", "2026-11-24", "2026-11-24"),
        ("lately", "en", "2026-10-26", "2026-11-24"),
        ("2025", "en", "2025-01-01", "2025-12-31"),
        ("in December", "en", "2025-12-01", "2025-12-31"),
        ("in May", "en", "2026-05-01", "2026-05-31"),
        ("letzte Woche", "de", "2026-11-16", "2026-11-22"),
        ("diesen Monat", "de", "2026-11-01", "2026-11-30"),
        ("cette année", "fr", "2026-01-01", "2026-12-31"),
        ("el mes pasado", "es", "2026-10-01", "2026-10-31"),
        ("la settimana scorsa", "it", "2026-11-16", "2026-11-22"),
        ("vorige week", "nl", "2026-11-16", "2026-11-22"),
        ("sidste år", "da", "2025-01-01", "2025-12-31"),
        ("先週", "ja", "2026-11-16", "2026-11-22"),
        ("去年", "ja", "2025-01-01", "2025-12-31"),
        ("上个月", "zh", "2026-10-01", "2026-10-31"),
        ("今年", "zh", "2026-01-01", "2026-12-31"),
    ],
)
def test_spoken_periods(spoken: str, language: str, first: str, last: str) -> None:
    from datetime import date

    period = period_of(spoken, date(2026, 11, 24), language)
    assert period is not None
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
