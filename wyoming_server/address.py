"""Where a server listens, as a URI."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .failure import Failure


@dataclass(frozen=True)
class Address:
    """Where to listen; one of `path` and `port` is set, or none for standard input and output."""

    host: str | None = None
    port: int | None = None
    path: Path | None = None

    @classmethod
    def from_uri(cls, uri: str) -> "Address":
        """Read a URI; raises Failure."""
        try:
            parts = urlsplit(uri)
            port = parts.port
        except ValueError as error:
            raise Failure(f"{uri} is not an address: {error}.") from error
        if parts.scheme == "tcp" and parts.hostname and port is not None:
            return cls(host=parts.hostname, port=port)
        if parts.scheme == "unix" and parts.path:
            return cls(path=Path(parts.path))
        if parts.scheme == "stdio":
            return cls()
        raise Failure(f"{uri} is not an address; write tcp://HOST:PORT, unix:///PATH or stdio://.")
