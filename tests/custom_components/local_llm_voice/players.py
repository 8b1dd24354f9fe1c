"""Media players for a test home: real entities that play a shelf of records."""

from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.media_player import (
    BrowseMedia,
    MediaClass,
    MediaPlayerEnqueue,
    MediaPlayerEntity,
    MediaPlayerState,
    MediaType,
    RepeatMode,
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.components.media_player import (
    MediaPlayerEntityFeature as Feature,
)
from homeassistant.util import dt as dt_util
from tests.custom_components.local_llm_voice.devices import Device


@dataclass(frozen=True)
class Song:
    """A song on the shelf."""

    title: str
    artist: str
    album: str
    seconds: int = 200


SHELF = {
    "shark": Song("Baby Shark", "Pinkfong", "Best of Baby Shark", 100),
    "five": Song("Take Five", "Dave Brubeck", "Time Out"),
    "rondo": Song("Blue Rondo à la Turk", "Dave Brubeck", "Time Out"),
    "sun": Song("Here Comes the Sun", "The Beatles", "Abbey Road"),
    "hello": Song("Hello", "Adele", "25"),
    "hello2": Song("Hello", "Lionel Richie", "Can't Slow Down"),
}

FULL = (
    Feature.PAUSE
    | Feature.PLAY
    | Feature.STOP
    | Feature.SEEK
    | Feature.VOLUME_SET
    | Feature.VOLUME_STEP
    | Feature.VOLUME_MUTE
    | Feature.PREVIOUS_TRACK
    | Feature.NEXT_TRACK
    | Feature.PLAY_MEDIA
    | Feature.MEDIA_ENQUEUE
    | Feature.SEARCH_MEDIA
    | Feature.SHUFFLE_SET
    | Feature.REPEAT_SET
    | Feature.GROUPING
    | Feature.TURN_ON
    | Feature.TURN_OFF
)


class Stereo(Device, MediaPlayerEntity):
    """A player with a queue of songs from the shelf."""

    _attr_media_content_type = MediaType.MUSIC

    def __init__(self, name: str, features: Feature = FULL, **attributes: Any) -> None:
        state = {
            "state": MediaPlayerState.IDLE,
            "volume_level": 0.5,
            "is_volume_muted": False,
            "shuffle": False,
            "repeat": RepeatMode.OFF,
            "group_members": [],
        }
        super().__init__(name, supported_features=features, **(state | attributes))
        self.queue: list[str] = []
        self.searches: list[SearchMediaQuery] = []

    def play(self, state: MediaPlayerState = MediaPlayerState.PLAYING, position: float = 0) -> None:
        """Play the first of the queue."""
        song = SHELF.get(self.queue[0])
        self.become(
            state=state,
            media_content_id=self.queue[0],
            media_title=song.title if song else self.queue[0],
            media_artist=song.artist if song else None,
            media_album_name=song.album if song else None,
            media_duration=song.seconds if song else None,
            media_position=position,
            media_position_updated_at=dt_util.utcnow(),
        )

    @override
    async def async_play_media(self, media_type: str, media_id: str, **kwargs: Any) -> None:
        match kwargs.get("enqueue"):
            case MediaPlayerEnqueue.ADD:
                self.queue.append(media_id)
            case MediaPlayerEnqueue.NEXT:
                self.queue.insert(1, media_id)
            case _:
                self.queue = [media_id]
                self.play()

    @override
    async def async_search_media(self, query: SearchMediaQuery) -> SearchMedia:
        self.searches.append(query)
        classes = query.media_filter_classes or [MediaClass.TRACK, MediaClass.PLAYLIST]
        found = []
        if MediaClass.TRACK in classes:
            found += [self.found(key, f"{s.artist} - {s.title}", MediaClass.TRACK) for key, s in SHELF.items()]
        if MediaClass.PLAYLIST in classes:
            found.append(self.found("party", "Party Mix", MediaClass.PLAYLIST))
        return SearchMedia(result=found)

    def found(self, media_id: str, title: str, media_class: MediaClass) -> BrowseMedia:
        return BrowseMedia(
            media_class=media_class,
            media_content_id=media_id,
            media_content_type="playlist" if media_class is MediaClass.PLAYLIST else "music",
            title=title,
            can_play=True,
            can_expand=False,
        )

    @override
    async def async_media_pause(self) -> None:
        self.become(state=MediaPlayerState.PAUSED)

    @override
    async def async_media_play(self) -> None:
        self.become(state=MediaPlayerState.PLAYING)

    @override
    async def async_media_stop(self) -> None:
        self.become(state=MediaPlayerState.IDLE)

    @override
    async def async_media_next_track(self) -> None:
        if len(self.queue) > 1:
            self.queue.append(self.queue.pop(0))
        self.play()

    @override
    async def async_media_previous_track(self) -> None:
        if len(self.queue) > 1:
            self.queue.insert(0, self.queue.pop())
        self.play()

    @override
    async def async_media_seek(self, position: float) -> None:
        self.become(media_position=position, media_position_updated_at=dt_util.utcnow())

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        self.become(volume_level=volume)

    @override
    async def async_volume_up(self) -> None:
        self.become(volume_level=(self.volume_level or 0) + 0.05)

    @override
    async def async_volume_down(self) -> None:
        self.become(volume_level=(self.volume_level or 0) - 0.05)

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        self.become(is_volume_muted=mute)

    @override
    async def async_set_shuffle(self, shuffle: bool) -> None:
        self.become(shuffle=shuffle)

    @override
    async def async_set_repeat(self, repeat: RepeatMode) -> None:
        self.become(repeat=repeat)

    @override
    async def async_turn_on(self) -> None:
        self.become(state=MediaPlayerState.ON)

    @override
    async def async_turn_off(self) -> None:
        self.become(state=MediaPlayerState.OFF)

    @override
    async def async_select_source(self, source: str) -> None:
        self.become(source=source, state=MediaPlayerState.PLAYING)

    @override
    async def async_join_players(self, group_members: list[str]) -> None:
        self.become(group_members=[self.entity_id, *group_members])

    @override
    async def async_unjoin_player(self) -> None:
        self.become(group_members=[])
