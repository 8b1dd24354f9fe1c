"""The feeds of a home: fetched in the background, so that an answer waits for nothing."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import zip_longest
import logging
from typing import Final
from urllib.parse import urlsplit

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.start import async_at_started

from ..const import CONF_FEEDS, CONF_NEWS
from ..models import LocalLlmVoiceConfigEntry
from ..speech import closest
from .defaults import DEFAULT_FEEDS
from .fetch import Fetched, FetchError, async_fetch
from .read import ReadError, Story, from_host, read

_LOGGER = logging.getLogger(__name__)

INTERVAL: Final = timedelta(minutes=30)
MOST_FEEDS: Final = 20
WAIT_SECONDS: Final = 5
"""How long an answer waits where nothing has been fetched yet."""


@dataclass
class _Feed:
    url: str
    fetched: Fetched | None = None
    stories: list[Story] = field(default_factory=list)
    works: bool = True


class Feeds:
    """Stories of the feeds that the user agreed to; nothing is fetched before that."""

    def __init__(self, hass: HomeAssistant, entry: LocalLlmVoiceConfigEntry) -> None:
        """Read the options; nothing is fetched yet."""
        self._hass = hass
        self._entry = entry
        self.agreed = bool(entry.options.get(CONF_NEWS))
        urls = (
            entry.options.get(CONF_FEEDS)
            or DEFAULT_FEEDS[closest(hass.config.language)]
        )
        self._feeds = [_Feed(url) for url in dict.fromkeys(urls)][:MOST_FEEDS]
        self._ready = asyncio.Event()

    @callback
    def async_start(self) -> None:
        """Fetch once Home Assistant has started, and again and again until unloaded."""
        if not self.agreed:
            return
        entry, hass = self._entry, self._hass

        @callback
        def fetch(_: HomeAssistant | datetime) -> None:
            entry.async_create_background_task(
                hass, self.async_refresh(), "local_llm_voice news"
            )

        entry.async_on_unload(async_at_started(hass, fetch))
        entry.async_on_unload(
            async_track_time_interval(hass, fetch, INTERVAL, cancel_on_shutdown=True)
        )

    async def async_refresh(self) -> None:
        """Fetch every feed; one that fails keeps its stories of before."""
        await asyncio.gather(*(self._async_refresh(feed) for feed in self._feeds))
        self._ready.set()

    async def async_stories(self) -> Sequence[Story]:
        """Return the stories, those of the feeds in turns, without repetitions."""
        if not self._ready.is_set():
            try:
                async with asyncio.timeout(WAIT_SECONDS):
                    await self._ready.wait()
            except TimeoutError:
                _LOGGER.debug("The news have not arrived yet")
        turns = zip_longest(*(feed.stories for feed in self._feeds))
        stories = [story for turn in turns for story in turn if story]
        return list({story.title.casefold(): story for story in stories}.values())

    async def _async_refresh(self, feed: _Feed) -> None:
        host = urlsplit(feed.url).hostname or ""
        try:
            fetched = await async_fetch(self._hass, feed.url, feed.fetched)
            if fetched is not feed.fetched:
                stories = await self._hass.async_add_executor_job(
                    read, fetched.content, fetched.content_type
                )
                feed.stories = from_host(stories, host)
            feed.fetched = fetched
        except (FetchError, ReadError) as err:
            if feed.works:
                _LOGGER.warning("The feed of %s can't be read: %s", host, err)
            feed.works = False
        except Exception:
            # A parser that trips over one feed must not take the others with it.
            _LOGGER.exception("The feed of %s can't be read", host)
            feed.works = False
        else:
            if not feed.works:
                _LOGGER.info("The feed of %s can be read again", host)
            feed.works = True
