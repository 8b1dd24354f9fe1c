"""Finding what is wanted in the libraries of a player, in their order."""

from collections.abc import Callable
from dataclasses import dataclass
import logging

from homeassistant.core import Context, HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..plays.history import History
from .choose import EXACTLY, choose, similarity
from .heard import Heard, platform_of, worth_of
from .item import Selection
from .library import Library
from .media_sources import MediaFiles, MediaSources
from .music_assistant import PLATFORM as MUSIC_ASSISTANT, MusicAssistant
from .player_daemon import PLATFORM as PLAYER_DAEMON, Databases, PlayerDaemon
from .player_search import PlayerSearch
from .succession import Succession
from .wanted import Wanted

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is to be played, and the library that it comes from."""

    library: Library
    selection: Selection


class MusicFinder:
    """Knows the libraries of every player."""

    def __init__(self, hass: HomeAssistant, history: Callable[[], History]) -> None:
        """Look for music in a house with this play history."""
        self._hass = hass
        self._history = history
        self._files = MediaFiles(hass)
        self._databases: Databases = {}
        self.succession = Succession(hass)

    def libraries(self, state: State, context: Context) -> list[Library]:
        """Return where a player finds music; the first that has it is taken."""
        platform = platform_of(self._hass, state.entity_id)
        if platform == MUSIC_ASSISTANT:
            return [MusicAssistant(self._hass, state, context)]
        libraries: list[Library] = []
        if platform == PLAYER_DAEMON:
            libraries.append(PlayerDaemon(self._hass, state, context, self._databases))
        known = (self._hass, state, context, self.succession)
        libraries += [
            PlayerSearch(*known),
            MediaSources(*known, self._files),
            Heard(*known, self._history()),
        ]
        return libraries

    async def async_find(
        self, state: State, context: Context, wanted: Wanted
    ) -> Found | None:
        """Return what fits best in the first library that has something that fits.

        Where nothing of the kind has the name, something of another kind may, if it has
        exactly that name. Raises HomeAssistantError or OSError only where no library
        could be asked.
        """
        if found := await self._async_find(state, context, wanted):
            return found
        if (loosely := wanted.loosely) is None:
            return None
        found = await self._async_find(state, context, loosely)
        if found is None:
            return None
        names = (found.selection.title, found.selection.artist)
        exact = any(similarity(wanted.name, name) >= EXACTLY for name in names)
        return found if exact else None

    async def _async_find(
        self, state: State, context: Context, wanted: Wanted
    ) -> Found | None:
        worth = worth_of(self._history(), dt_util.utcnow())
        failure: Exception | None = None
        answered = False
        for library in self.libraries(state, context):
            try:
                items = await library.async_find(wanted)
            except (HomeAssistantError, OSError) as err:
                _LOGGER.debug("%s failed: %s", type(library).__name__, err)
                failure = err
                continue
            answered = answered or bool(items)
            if selection := choose(items, wanted, worth):
                return Found(library=library, selection=selection)
        if failure and not answered:
            raise failure
        return None
