"""A real Home Assistant in a process of its own, and what a person would click to set it up, done over its web API."""

import asyncio
import contextlib
import json
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import aiohttp

from .paths import FOLDER, HOME_ASSISTANT_PORT, HOST, REPOSITORY
from .process import DemoError, Process

USERNAME = "demo"
PASSWORD = "demo"  # noqa: S105 - a demo on loopback, printed for the person who runs it
URL = f"http://{HOST}:{HOME_ASSISTANT_PORT}"
CLIENT_ID = f"{URL}/"
CONFIGURATION = FOLDER / "config"
START_SECONDS = 120
"""The longest that Home Assistant may take, to its web server and from there to the end of its start."""


async def start_home_assistant(*, real_players: bool = True) -> Process:
    """Start Home Assistant on the demo's configuration; returns once its web server answers."""
    CONFIGURATION.mkdir(parents=True, exist_ok=True)
    template = (Path(__file__).parent / "configuration.yaml").read_text(encoding="utf-8")
    text = template.replace("__HOME_ASSISTANT_PORT__", str(HOME_ASSISTANT_PORT))
    if not real_players:
        text += "\nmedia_player:\n  - platform: demo_players\n"
    (CONFIGURATION / "configuration.yaml").write_text(text, encoding="utf-8")
    _answer_onboarding()
    components = CONFIGURATION / "custom_components"
    components.mkdir(exist_ok=True)
    for component in (REPOSITORY / "custom_components" / "local_llm_voice", Path(__file__).parent / "demo_players"):
        if not (components / component.name).is_symlink():
            (components / component.name).symlink_to(component, target_is_directory=True)
    hass = shutil.which("hass", path=str(Path(sys.executable).parent)) or "hass"
    process = await Process.start("home-assistant", [hass, "--config", str(CONFIGURATION)], FOLDER)
    await process.until_port_answers(HOME_ASSISTANT_PORT, seconds=START_SECONDS)
    return process


@dataclass
class HomeAssistant:
    """A logged-in connection: REST calls and websocket commands as the demo user."""

    session: aiohttp.ClientSession
    socket: aiohttp.ClientWebSocketResponse
    token: str
    last_id: int = 0

    @classmethod
    async def connect(cls, session: aiohttp.ClientSession) -> Self:
        """Log in as the demo user, who is made on the first run."""
        await _until_running(session)
        await _onboard(session)
        token = await _log_in(session)
        socket = await session.ws_connect(f"{URL}/api/websocket", max_msg_size=0)
        await socket.receive_json()
        await socket.send_json({"type": "auth", "access_token": token})
        answer = await socket.receive_json()
        if answer["type"] != "auth_ok":
            raise DemoError("Home Assistant did not accept the demo user")
        home = cls(session, socket, token)
        await home.until_started()
        return home

    async def until_started(self) -> None:
        """Wait for the end of Home Assistant's start: the web server answers before there are entities."""
        for _ in range(START_SECONDS * 5):
            if (await self.command("get_config"))["state"] == "RUNNING":
                return
            await asyncio.sleep(0.2)
        raise DemoError(f"Home Assistant has not started after {START_SECONDS} s; see its log")

    async def post(self, path: str, data: dict[str, Any]) -> Any:
        """POST to the web API; raises DemoError where it is refused."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.post(f"{URL}{path}", json=data, headers=headers) as response:
            body = await response.text()
            if response.status >= 400:
                raise DemoError(f"Home Assistant refused {path}: {body[:300]}")
            return json.loads(body) if body else None

    async def send(self, command: str, **data: Any) -> int:
        """Send a websocket command; returns its id."""
        self.last_id += 1
        await self.socket.send_json({"id": self.last_id, "type": command, **data})
        return self.last_id

    async def command(self, command: str, **data: Any) -> Any:
        """Send a websocket command and wait for its result; events that come before it are dropped."""
        sent = await self.send(command, **data)
        while True:
            message = await self.socket.receive_json()
            if message.get("id") == sent and message["type"] == "result":
                if not message["success"]:
                    raise DemoError(f"Home Assistant refused {command}: {message['error']['message']}")
                return message["result"]

    @contextlib.asynccontextmanager
    async def subscription(self, command: str, **data: Any) -> AsyncIterator[int]:
        """Subscribe to something for a while; gives the id that its events bear."""
        await self.command(command, **data)
        subscription = self.last_id
        yield subscription
        await self.command("unsubscribe_events", subscription=subscription)

    async def add_integration(self, domain: str, data: dict[str, Any] | None) -> str:
        """Set an integration up through its config flow; returns the entry's id."""
        flow = await self.post("/api/config/config_entries/flow", {"handler": domain})
        if flow["type"] == "form":
            flow = await self.post(f"/api/config/config_entries/flow/{flow['flow_id']}", data or {})
        if flow["type"] != "create_entry":
            raise DemoError(f"{domain} could not be set up: {flow.get('errors') or flow.get('reason') or flow['type']}")
        entry_id: str = flow["result"]["entry_id"]
        return entry_id


async def _until_running(session: aiohttp.ClientSession) -> None:
    """Wait for the routes; the port answers a moment before them."""
    async with session.get(f"{URL}/api/onboarding") as response:
        if response.status not in (200, 404):
            raise DemoError(f"port {HOME_ASSISTANT_PORT} is answered by something that is not Home Assistant")


def _answer_onboarding() -> None:
    """Leave only the user for the first visit: the other steps would set up integrations that ask the internet."""
    store = CONFIGURATION / ".storage" / "onboarding"
    if not store.exists():
        store.parent.mkdir(exist_ok=True)
        data = {"done": ["core_config", "analytics", "integration"]}
        content = {"version": 4, "minor_version": 1, "key": "onboarding", "data": data}
        store.write_text(json.dumps(content), encoding="utf-8")


async def _onboard(session: aiohttp.ClientSession) -> None:
    """Make the demo user, as the web page does on a first visit."""
    async with session.get(f"{URL}/api/onboarding") as response:
        if response.status == 404 or all(step["done"] for step in await response.json()):
            return
    user = {
        "name": "Demo",
        "username": USERNAME,
        "password": PASSWORD,
        "client_id": CLIENT_ID,
        "language": "en",
    }
    async with session.post(f"{URL}/api/onboarding/users", json=user) as response:
        response.raise_for_status()


async def _log_in(session: aiohttp.ClientSession) -> str:
    """Log in with name and password, as the web page does."""
    start = {"client_id": CLIENT_ID, "handler": ["homeassistant", None], "redirect_uri": f"{URL}/?auth_callback=1"}
    async with session.post(f"{URL}/auth/login_flow", json=start) as response:
        flow = await response.json()
    answer = {"client_id": CLIENT_ID, "username": USERNAME, "password": PASSWORD}
    async with session.post(f"{URL}/auth/login_flow/{flow['flow_id']}", json=answer) as response:
        result = await response.json()
    if result.get("type") != "create_entry":
        raise DemoError("the demo user's password was changed; delete .demo to start a new home")
    return await _token(session, result["result"])


async def _token(session: aiohttp.ClientSession, code: str) -> str:
    form = {"grant_type": "authorization_code", "code": code, "client_id": CLIENT_ID}
    async with session.post(f"{URL}/auth/token", data=form) as response:
        response.raise_for_status()
        token: str = (await response.json())["access_token"]
    return token
