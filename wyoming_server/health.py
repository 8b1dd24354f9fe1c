"""Whether a running server is well: for containers, which ask every half minute, so little is imported here."""

import argparse
import asyncio

from wyoming.client import AsyncClient
from wyoming.info import Describe, Info

from .address import Address
from .failure import Failure


async def health(options: argparse.Namespace) -> int:
    """Ask a server what it is; raises Failure where it does not answer in time."""
    Address.from_uri(options.uri)
    uri = options.uri.replace("tcp://0.0.0.0:", "tcp://127.0.0.1:")
    try:
        async with asyncio.timeout(options.timeout), AsyncClient.from_uri(uri) as client:
            await client.write_event(Describe().event())
            while (event := await client.read_event()) is not None:
                if Info.is_type(event.type):
                    info = Info.from_event(event)
                    print(", ".join(p.description or p.name for p in [*info.asr, *info.intent]))
                    return 0
    except TimeoutError as error:
        raise Failure(f"{uri} did not answer within {options.timeout:g} s.") from error
    except OSError as error:
        raise Failure(f"{uri} does not answer: {error}") from error
    raise Failure(f"{uri} closed the connection.")
