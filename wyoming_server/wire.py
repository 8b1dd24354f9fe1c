"""Wyoming events on a stream, read with bounds.

A frame is a line of JSON `{"type": .., "data": {..}, "data_length": N, "payload_length": M}`, then N bytes of JSON that
are merged over `data`, then M bytes of payload. The library's reader raises on malformed frames and takes a payload of
any length, so a stranger could end a connection without a word or fill the memory; this one says what is wrong.
"""

import asyncio
import json
from typing import Any

from wyoming.event import Event

from .failure import RequestError

MAX_HEADER = 64 * 1024
MAX_DATA = 1024 * 1024
MAX_PAYLOAD = 1024 * 1024
"""Bytes. Home Assistant sends 320 bytes of audio an event; a home of 2,000 names is about 100 KB of data."""


async def read_event(reader: asyncio.StreamReader) -> Event | None:
    """The next event, or None where the stream ended between two frames.

    The reader's own limit must be at least MAX_HEADER. Raises RequestError: with `lost` where the place of the next
    frame is unknown, without it where the frame was read to its end and only its content is wrong.
    """
    try:
        line = await reader.readuntil(b"\n")
    except asyncio.IncompleteReadError as error:
        if not error.partial.strip():
            return None
        raise RequestError("frame-cut-short", "The stream ended inside an event.", lost=True) from error
    except asyncio.LimitOverrunError as error:
        raise RequestError(
            "header-too-long", f"An event's first line is over {MAX_HEADER} bytes.", lost=True
        ) from error
    header = _object(line, "An event must begin with one line of JSON that holds an object.")
    data_length = _length(header, "data_length", MAX_DATA, "data-too-long")
    payload_length = _length(header, "payload_length", MAX_PAYLOAD, "payload-too-long")
    try:
        more = await reader.readexactly(data_length)
        payload = await reader.readexactly(payload_length)
    except asyncio.IncompleteReadError as error:
        raise RequestError("frame-cut-short", "The stream ended inside an event.", lost=True) from error
    return _event(header, more, payload or None)


def _event(header: dict[str, Any], more: bytes, payload: bytes | None) -> Event:
    """The event of a frame that was read to its end; its content may still be wrong."""
    kind = header.get("type")
    if not isinstance(kind, str) or not kind:
        raise RequestError("bad-event", "An event needs a type.")
    data = header.get("data")
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise RequestError("bad-event", "The data of an event must be an object.")
    if more:
        try:
            data = data | _object(more, "The data of an event must be an object.")
        except RequestError as error:
            raise RequestError("bad-event", error.sentence) from error
    return Event(type=kind, data=data, payload=payload)


def _object(text: bytes, otherwise: str) -> dict[str, Any]:
    """JSON text that holds an object; raises RequestError that loses the stream."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RequestError("bad-frame", otherwise, lost=True) from error
    if not isinstance(value, dict):
        raise RequestError("bad-frame", otherwise, lost=True)
    if b"\\ud" in text.lower():
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise RequestError("bad-frame", "Text must be valid Unicode.", lost=True) from error
    return value


def _length(header: dict[str, Any], key: str, most: int, code: str) -> int:
    """A length that the header announces, in bytes; 0 where there is none."""
    length = header.get(key)
    if length is None:
        return 0
    if not isinstance(length, int) or isinstance(length, bool) or length < 0:
        raise RequestError("bad-frame", f"{key} must be a number of bytes.", lost=True)
    if length > most:
        raise RequestError(code, f"{key} is over {most} bytes.", lost=True)
    return length
