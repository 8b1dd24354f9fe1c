"""Music moves from room to room, plays in several, and later."""

from homeassistant.components.media_player import MediaPlayerEntityFeature as Feature
from tests.custom_components.local_llm_voice.household import Household, Show
from tests.custom_components.local_llm_voice.music_home import MusicHome
from tests.custom_components.local_llm_voice.players import FULL

KITCHEN, LIVING_ROOM = "media_player.kitchen_stereo", "media_player.living_room_stereo"


async def test_music_follows(listener: Household, music_home: MusicHome, show: Show) -> None:
    music_home.put_on("living_room", "five")
    await listener.do("seek", seconds=60)
    heard = await listener.say("move the music here", [("move_music", {})])
    assert heard.speech == "Now playing on Kitchen Stereo."
    show(heard, music_home.shows({f"{KITCHEN} media_title": "Take Five", KITCHEN: "playing", LIVING_ROOM: "idle"}))
    assert 59 <= music_home.player("kitchen").attributes["media_position"] <= 65
    await listener.do("wrong")
    assert music_home.states(KITCHEN, LIVING_ROOM) == ["idle", "playing"]


async def test_music_moves_from_room_to_room(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("living_room", "five")
    music_home.put_on("kitchen", "sun")
    await listener.do("move_music", from_area="living room", area="bedroom")
    assert (music_home.title("bedroom"), music_home.title("living_room")) == ("Take Five", None)
    assert music_home.title("kitchen") == "Here Comes the Sun"
    music_home.become("media_player.bedroom_stereo", supported_features=FULL & ~Feature.SEEK & ~Feature.STOP)
    await listener.do("move_music", from_area="bedroom", area="living room")
    assert (music_home.title("living_room"), music_home.player("bedroom").state) == ("Take Five", "paused")


async def test_music_that_cannot_move(listener: Household, music_home: MusicHome) -> None:
    assert (await listener.do("move_music")).speech == "Nothing is playing."
    music_home.put_on("kitchen", "sun")
    assert (await listener.do("move_music")).speech == "It is already playing on Kitchen Stereo."
    music_home.become(LIVING_ROOM, supported_features=Feature.PAUSE)
    heard = await listener.do("move_music", area="living room")
    assert heard.speech == "Living Room Stereo can't do that."
    music_home.become(KITCHEN, media_content_id=None)
    heard = await listener.do("move_music", area="bedroom")
    assert heard.speech == "The player doesn't say what is playing."


async def test_players_that_can_are_grouped(listener: Household, music_home: MusicHome, show: Show) -> None:
    music_home.put_on("living_room", "five")
    heard = await listener.say("play it here too", [("join_music", {})])
    assert heard.speech == "Also playing on Kitchen Stereo."
    assert music_home.player("living_room").attributes["group_members"] == [LIVING_ROOM, KITCHEN]
    show(heard, f"`{KITCHEN}` is in the group of `{LIVING_ROOM}`")
    await listener.do("join_music", area="bedroom")
    assert len(music_home.player("living_room").attributes["group_members"]) == 3
    await listener.do("wrong")


async def test_players_that_cannot_group_play_the_same(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("living_room", "five")
    music_home.become(KITCHEN, supported_features=FULL & ~Feature.GROUPING)
    await listener.do("join_music")
    assert (music_home.title("kitchen"), music_home.title("living_room")) == ("Take Five", "Take Five")


async def test_queue(listener: Household, music_home: MusicHome, show: Show) -> None:
    assert (await listener.do("add_to_queue")).speech == "What should I add?"
    heard = await listener.do("add_to_queue", song="take five")
    assert (heard.speech, music_home.title("kitchen")) == ("Playing Take Five by Dave Brubeck.", "Take Five")
    heard = await listener.say("then play Baby Shark", [("add_to_queue", {"song": "baby shark"})])
    assert heard.speech == "Added Baby Shark by Pinkfong to the queue."
    assert music_home.stereo("kitchen").queue == ["five", "shark"]
    show(heard, "it is behind what plays")
    heard = await listener.do("add_to_queue", song="here comes the sun", next=True)
    assert heard.speech == "Here Comes the Sun by The Beatles plays next."
    assert music_home.stereo("kitchen").queue == ["five", "sun", "shark"]
    assert (await listener.do("add_to_queue", song="nonesuch")).speech == "I can't find nonesuch."
    music_home.become(KITCHEN, supported_features=Feature.SEARCH_MEDIA)
    assert (await listener.do("add_to_queue", song="baby shark")).speech == "Kitchen Stereo can't do that."


async def test_playlists_of_most_players_cannot_be_changed(listener: Household, music_home: MusicHome) -> None:
    music_home.put_on("kitchen", "sun")
    heard = await listener.do("add_to_playlist", playlist="party mix")
    assert heard.speech == "I can't change the playlists of Kitchen Stereo."
    music_home.become(KITCHEN, media_content_id=None)
    assert (await listener.do("add_to_playlist", playlist="party")).speech == "The player doesn't say what is playing."
