"""Music by name, on real players."""

from datetime import timedelta
from typing import Any

import pytest
from custom_components.local_llm_voice.plays.history import Origin
from custom_components.local_llm_voice.plays.track import Track
from homeassistant.components.media_player import MediaPlayerEntityFeature as Feature
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    async_fire_time_changed,
)
from tests.custom_components.local_llm_voice.household import Household, Show
from tests.custom_components.local_llm_voice.music_home import MusicHome
from tests.custom_components.local_llm_voice.players import FULL

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


async def test_player_is_the_one_named_or_in_the_room_named_or_here(listener: Household, music_home: MusicHome) -> None:
    await listener.do("play_music", song="take five", player="bedroom stereo")
    assert [music_home.title(room) for room in ("kitchen", "living_room", "bedroom")] == [None, None, "Take Five"]
    await listener.do("play_music", song="baby shark", area="living room")
    assert music_home.title("living_room") == "Baby Shark"
    await listener.do("play_music", song="baby shark")
    assert music_home.title("kitchen") == "Baby Shark"


async def test_room_without_player_takes_the_one_that_plays(listener: Household, music_home: MusicHome) -> None:
    listener.device_id = music_home.device_id("hall")
    music_home.put_on("bedroom", "sun")
    heard = await listener.do("play_music", song="take five")
    assert heard.speech == "Playing Take Five by Dave Brubeck. On Bedroom Stereo."
    assert music_home.title("bedroom") == "Take Five"


async def test_toss_up_is_asked_about(listener: Household, music_home: MusicHome) -> None:
    listener.device_id = music_home.device_id("hall")
    heard = await listener.do("play_music", song="take five")
    assert heard.goes_on
    assert heard.speech == "Which one do you mean: Kitchen Stereo, Living Room Stereo or Bedroom Stereo?"
    heard = await listener.say("the bedroom")
    assert music_home.title("bedroom") == "Take Five"


async def test_a_player_that_is_gone_does_not_keep_the_other_one_of_the_room_silent(
    hass: HomeAssistant, listener: Household, music_home: MusicHome
) -> None:
    kitchen = ar.async_get(hass).async_get_area_by_name("Kitchen")
    assert kitchen
    er.async_get(hass).async_update_entity("media_player.bedroom_stereo", area_id=kitchen.id)
    music_home.become("media_player.kitchen_stereo", available=False)
    await listener.do("play_music", song="baby shark", area="kitchen")
    assert music_home.title("bedroom") == "Baby Shark"


async def test_configured_player_settles_it(
    hass: HomeAssistant, listener: Household, music_home: MusicHome, entry: MockConfigEntry
) -> None:
    options = {**entry.options, "default_player": "media_player.living_room_stereo"}
    hass.config_entries.async_update_entry(entry, options=options)
    listener.device_id = music_home.device_id("hall")
    heard = await listener.do("play_music", song="take five")
    assert heard.speech == "Playing Take Five by Dave Brubeck. On Living Room Stereo."


async def test_only_player_of_the_house(listener: Household, music_home: MusicHome) -> None:
    listener.device_id = music_home.device_id("hall")
    music_home.hide("media_player.kitchen_stereo", "media_player.living_room_stereo")
    heard = await listener.do("play_music", song="take five")
    assert heard.speech == "Playing Take Five by Dave Brubeck. On Bedroom Stereo."
    music_home.hide("media_player.bedroom_stereo")
    heard = await listener.do("play_music", song="take five")
    assert heard.speech == "There is no player here that I can use."


async def test_rather_a_loudspeaker_than_the_television(
    hass: HomeAssistant, listener: Household, music_home: MusicHome
) -> None:
    kitchen = ar.async_get(hass).async_get_area_by_name("Kitchen")
    assert kitchen
    er.async_get(hass).async_update_entity("media_player.bedroom_stereo", area_id=kitchen.id)
    heard = await listener.do("play_music", song="take five")
    assert heard.speech == "Which one do you mean: Kitchen Stereo or Bedroom Stereo?"
    music_home.become("media_player.bedroom_stereo", device_class="tv")
    await listener.do("play_music", song="take five")
    assert music_home.title("kitchen") == "Take Five"


async def test_everywhere_plays_in_one_group(listener: Household, music_home: MusicHome) -> None:
    await listener.do("play_music", song="take five", area="everywhere")
    groups = [music_home.player(room).attributes["group_members"] for room in ("kitchen", "living_room", "bedroom")]
    assert sorted(map(len, groups)) == [0, 0, 3]


async def test_everywhere_without_groups_plays_on_each(listener: Household, music_home: MusicHome) -> None:
    for room in ("kitchen", "living_room", "bedroom"):
        music_home.stereo(room).become(supported_features=FULL & ~Feature.GROUPING)
    await listener.do("play_music", song="take five", area="everywhere")
    assert {music_home.title(room) for room in ("kitchen", "living_room", "bedroom")} == {"Take Five"}


async def test_shuffle_is_set_first(listener: Household, music_home: MusicHome) -> None:
    await listener.do("play_music", artist="dave brubeck", shuffle=True)
    assert music_home.player("kitchen").attributes["shuffle"] is True
    assert sorted(music_home.stereo("kitchen").queue) == ["five", "rondo"]


async def test_the_house_s_song_is_taken_where_two_have_the_name(listener: Household, music_home: MusicHome) -> None:
    await listener.do("play_music", song="hello")
    assert music_home.player("kitchen").attributes["media_artist"] == "Adele"
    tracks = [{"title": "Hello", "artist": "Lionel Richie", "plays": 3}]
    await listener.hass.services.async_call("local_llm_voice", "import_plays", {"tracks": tracks}, blocking=True)
    await listener.do("play_music", song="hello")
    assert music_home.player("kitchen").attributes["media_artist"] == "Lionel Richie"


async def test_wrong_takes_it_back(listener: Household, music_home: MusicHome) -> None:
    await listener.do("play_music", song="take five")
    heard = await listener.do("wrong")
    assert heard.speech == "Sorry, I took that back."
    assert music_home.title("kitchen") is None


async def test_player_that_does_not_start_is_told(
    listener: Household, music_home: MusicHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("custom_components.local_llm_voice.skills.act.SETTLE_SECONDS", 0.1)
    music_home.stereo("kitchen").deaf = True
    heard = await listener.do("play_music", song="take five")
    assert (heard.speech, heard.failed) == ("Kitchen Stereo hasn't started playing yet.", True)
    music_home.stereo("kitchen").broken = True
    heard = await listener.do("play_music", song="take five")
    assert heard.failed


async def test_later(hass: HomeAssistant, listener: Household, music_home: MusicHome) -> None:
    heard = await listener.do("play_music", song="take five", in_minutes=10)
    assert heard.speech == "OK, in 10 minutes."
    assert music_home.title("kitchen") is None
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(minutes=11))
    await hass.async_block_till_done()
    assert music_home.title("kitchen") == "Take Five"


async def test_titles_that_are_missing_are_asked_for(listener: Household) -> None:
    assert (await listener.do("play_radio")).speech == "Which station?"
    assert (await listener.do("play_podcast")).speech == "Which podcast?"
    assert (await listener.do("play_audiobook")).speech == "Which audiobook?"


async def test_radio_is_a_source_of_the_player(listener: Household, music_home: MusicHome, show: Show) -> None:
    features = FULL | Feature.SELECT_SOURCE
    music_home.become("media_player.kitchen_stereo", supported_features=features, source_list=["Line In", "Radio One"])
    heard = await listener.say("play radio one", [("play_radio", {"station": "radio one"})])
    assert heard.speech == "Playing Radio One."
    assert music_home.player("kitchen").attributes["source"] == "Radio One"
    show(heard, "the source of the player is Radio One")
    heard = await listener.do("play_podcast", title="the daily")
    assert heard.speech == "I can't find the daily."


async def test_nothing_to_play_is_said(listener: Household, music_home: MusicHome) -> None:
    heard = await listener.do("play_music")
    assert heard.speech == "I can't find any music here."


async def test_what_was_played_before_is_found_again(
    hass: HomeAssistant, listener: Household, music_home: MusicHome
) -> None:
    music_home.become("media_player.kitchen_stereo", supported_features=FULL & ~Feature.SEARCH_MEDIA)
    assert (await listener.do("play_music", song="take five")).failed
    plays = hass.config_entries.async_loaded_entries("local_llm_voice")[0].runtime_data.plays
    now = dt_util.utcnow()
    plays.history.count(Track("Take Five", "Dave Brubeck", None, "five", 200, "test"), Origin(), now, now.date())
    await listener.do("play_music", song="take five")
    assert music_home.title("kitchen") == "Take Five"
