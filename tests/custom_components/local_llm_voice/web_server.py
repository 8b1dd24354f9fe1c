"""A real HTTP server; what it answers is said by the test."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Page:
    """One answer."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    """How long it takes."""


@dataclass
class WebServer:
    """Pages by path; a list is answered one after the other, its last one for good."""

    pages: dict[str, list[Page]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Path and query of every request."""

    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def put(self, path: str, *pages: Page) -> str:
        self.pages[path] = list(pages)
        return f"{self.url}{path}"

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append((request.path, dict(request.query)))
        self.headers.append(dict(request.headers))
        pages = self.pages.get(request.path)
        if not pages:
            raise web.HTTPNotFound
        page = pages.pop(0) if len(pages) > 1 else pages[0]
        await asyncio.sleep(page.seconds)
        response = web.Response(
            body=page.body, status=page.status, content_type=page.content_type, headers=page.headers
        )
        response.force_close()
        return response


@asynccontextmanager
async def serving() -> AsyncGenerator[WebServer]:
    pages = WebServer()
    app = web.Application()
    app.router.add_get("/{path:.*}", pages.answer)
    # A connection that is kept must not hold up the end of a test, nor a frozen clock the log.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    pages.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield pages
    await runner.cleanup()
