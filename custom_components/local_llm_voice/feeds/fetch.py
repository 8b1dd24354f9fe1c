"""A feed's bytes, with limits: it comes from outside and may be anything."""

from dataclasses import dataclass
from typing import Final

import aiohttp

from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

LARGEST: Final = 2 * 1024 * 1024
"""Bytes; the feeds of large papers have a tenth of it."""

TIMEOUT: Final = aiohttp.ClientTimeout(total=20)


class FetchError(Exception):
    """The feed could not be had; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What a server answered, and by what it recognizes it the next time."""

    content: bytes
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None


async def async_fetch(
    hass: HomeAssistant, url: str, previous: Fetched | None
) -> Fetched:
    """Return the bytes of a feed, those of before where it has not changed."""
    headers = {"Accept": "application/atom+xml, application/rss+xml, application/xml"}
    if previous and previous.etag:
        headers["If-None-Match"] = previous.etag
    if previous and previous.modified:
        headers["If-Modified-Since"] = previous.modified
    try:
        async with async_get_clientsession(hass).get(
            url, headers=headers, timeout=TIMEOUT
        ) as response:
            if previous and response.status == 304:
                return previous
            response.raise_for_status()
            content = bytearray()
            async for chunk in response.content.iter_chunked(64 * 1024):
                content += chunk
                if len(content) > LARGEST:
                    raise FetchError("it is too large")
            return Fetched(
                content=bytes(content),
                content_type=response.headers.get("Content-Type", ""),
                etag=response.headers.get("ETag"),
                modified=response.headers.get("Last-Modified"),
            )
    except (aiohttp.ClientError, TimeoutError, ValueError) as err:
        # Without the address, which may hold a secret of a paid feed.
        raise FetchError(type(err).__name__) from err
