"""Home Assistant's own demo players, named after our rooms: its demo integration would come with a second house."""

from typing import Any

from homeassistant.components.demo.media_player import DemoMusicPlayer
from homeassistant.components.media_player import MediaPlayerEntityFeature, MediaPlayerState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddEntitiesCallback
from homeassistant.helpers.typing import ConfigType, DiscoveryInfoType

ROOMS = ("Kitchen", "Living Room")


class Player(DemoMusicPlayer):
    """A demo player that can be told to play something; it stays with its own songs."""

    _attr_media_image_url = None
    _attr_supported_features = DemoMusicPlayer._attr_supported_features | MediaPlayerEntityFeature.PLAY_MEDIA  # noqa: SLF001

    tracks = [  # noqa: RUF012 - the base class has a list
        ("Pinkfong", "Baby Shark"),
        ("The Beatles", "Here Comes the Sun"),
        ("Dave Brubeck", "Take Five"),
    ]

    def __init__(self, room: str) -> None:
        """Stand in a room, ready to play."""
        super().__init__(f"{room} Speaker")
        self._attr_unique_id = f"demo_player_{room}"
        self._attr_state = MediaPlayerState.IDLE

    def play_media(self, media_type: str, media_id: str, **kwargs: Any) -> None:
        """Play the song whose title stands in the id, else the first."""
        titles = [title for _, title in self.tracks]
        self._cur_track = next((number for number, title in enumerate(titles) if title in media_id), 0)
        self.media_play()


async def async_setup_platform(
    hass: HomeAssistant,
    config: ConfigType,
    async_add_entities: AddEntitiesCallback,
    discovery_info: DiscoveryInfoType | None = None,
) -> None:
    """One player a room."""
    async_add_entities([Player(room) for room in ROOMS])
