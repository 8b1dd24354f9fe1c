"""A Music Assistant server for tests: its websocket API with its own models, on players without sound."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from music_assistant_models.api import ErrorResultMessage, EventMessage, ServerInfoMessage, SuccessResultMessage
from music_assistant_models.config_entries import PlayerConfig
from music_assistant_models.enums import EventType, MediaType, PlaybackState, PlayerFeature, PlayerType, ProviderType
from music_assistant_models.helpers import get_serializable_value
from music_assistant_models.media_items import MediaItemType, UniqueList
from music_assistant_models.player import DeviceInfo, Player, PlayerMedia
from music_assistant_models.player_queue import PlayerQueue
from music_assistant_models.provider import ProviderInstance
from music_assistant_models.queue_item import QueueItem
from tests.custom_components.local_llm_voice.music_assistant_library import FILES, TUBE, MusicLibrary, library

PLAYERS = "sendspin"

SCHEMA = 46


@dataclass
class Command:
    """What its client asked for."""

    name: str
    args: dict[str, Any]


@dataclass
class Room:
    """A player with its queue."""

    player: Player
    queue: PlayerQueue
    items: list[QueueItem] = field(default_factory=list)
    index: int = 0
    position: float = 0
    since: float = 0

    @property
    def elapsed(self) -> float:
        """Seconds into what plays."""
        playing = self.player.playback_state is PlaybackState.PLAYING
        return self.position + (time.time() - self.since if playing else 0)


@dataclass
class MusicAssistantServer:
    """Runs on a port; the tests look at what it was asked, and at what its players play."""

    port: int = 0
    library: MusicLibrary = field(default_factory=library)
    commands: list[Command] = field(default_factory=list)
    rooms: dict[str, Room] = field(default_factory=dict)
    sockets: set[web.WebSocketResponse] = field(default_factory=set)
    transports: list[asyncio.Transport] = field(default_factory=list)
    runner: web.AppRunner | None = None

    def add(self, name: str) -> None:
        """Put up a player."""
        player_id = name.casefold().replace(" ", "_")
        player = Player(
            player_id=player_id,
            provider=PLAYERS,
            type=PlayerType.PLAYER,
            name=name,
            available=True,
            device_info=DeviceInfo(),
            supported_features={PlayerFeature.SET_MEMBERS, PlayerFeature.VOLUME_SET},
            powered=True,
            volume_level=30,
            active_source=player_id,
        )
        queue = PlayerQueue(queue_id=player_id, active=True, display_name=name, available=True, items=0)
        self.rooms[player_id] = Room(player, queue)

    async def start(self) -> None:
        """Open the port."""
        app = web.Application()
        app.router.add_get("/ws", self._serve)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self.runner.addresses[0][1]

    async def stop(self) -> None:
        """Go away as a crashed process does, with every connection; its players play on."""
        if self.runner is None:
            return
        for site in tuple(self.runner.sites):
            await site.stop()
        for transport in self.transports:
            transport.abort()
        self.transports.clear()
        await self.runner.cleanup()

    def asked(self, name: str) -> list[dict[str, Any]]:
        """The arguments of every command of a name."""
        return [command.args for command in self.commands if command.name == name]

    def titles(self, player_id: str) -> list[str]:
        """What is in a queue."""
        return [item.media_item.name for item in self.rooms[player_id].items if item.media_item]

    async def play(self, player_id: str, media: list[str], option: str = "replace", position: float = 0) -> None:
        """Put media into a queue, and play it where nothing is to come before it."""
        room = self.rooms[player_id]
        tracks = [track for uri in media for track in self.library.tracks(uri)]
        items = [QueueItem.from_media_item(player_id, track) for track in tracks]  # type: ignore[arg-type]
        if option == "add":
            room.items += items
        elif option == "next":
            room.items[room.index + 1 : room.index + 1] = items
        else:
            room.items, room.index, room.position = items, 0, position
            self._sound(room)
        await self.tell(room)

    async def pause(self, player_id: str, state: PlaybackState = PlaybackState.PAUSED) -> None:
        """Pause or stop a player."""
        room = self.rooms[player_id]
        room.position, room.player.playback_state = room.elapsed, state
        room.since = time.time()
        await self.tell(room)

    async def resume(self, player_id: str) -> None:
        """Go on."""
        room = self.rooms[player_id]
        self._sound(room)
        await self.tell(room)

    async def announce(self, player_id: str, seconds: float) -> None:
        """Speak in the middle of a song: the server stops the song, and goes on with it later."""
        room = self.rooms[player_id]
        await self.pause(player_id, PlaybackState.IDLE)
        announcement = PlayerMedia(uri="announcement", media_type=MediaType.ANNOUNCEMENT, title="ANNOUNCEMENT")
        room.player.playback_state = PlaybackState.PLAYING
        await self.tell(room, announcement)
        await asyncio.sleep(seconds)
        await self.resume(player_id)

    async def name_song(self, player_id: str, line: str) -> None:
        """Let a station that plays name its song, artist and title in one line."""
        room = self.rooms[player_id]
        assert room.items[0].media_item is not None
        media = _media(room, room.items[0].media_item)
        media.title, media.album = line, room.items[0].name
        await self.tell(room, media)

    async def transfer(self, source: str, target: str) -> None:
        """Move a queue; nothing is left behind."""
        old, new = self.rooms[source], self.rooms[target]
        await self.pause(source, PlaybackState.IDLE)
        new.items, new.index, new.position = old.items, old.index, old.position
        old.items, old.index, old.position = [], 0, 0
        await self.tell(old)
        await self.resume(target)

    async def group(self, leader: str, members: list[str]) -> None:
        """Let players play what another plays."""
        first = self.rooms[leader]
        for member in members:
            other = self.rooms[member].player
            other.synced_to, other.active_source = leader, leader
            other.playback_state, other.current_media = first.player.playback_state, first.player.current_media
            await self._send(EventType.PLAYER_UPDATED, member, other)
        first.player.group_members = UniqueList([leader, *members])
        await self.tell(first)

    async def tell(self, room: Room, media: PlayerMedia | None = None) -> None:
        """Send a player and its queue to everyone who listens."""
        player, queue = room.player, room.queue
        current = room.items[room.index] if room.items else None
        queue.current_item, queue.items, queue.state = current, len(room.items), player.playback_state
        queue.elapsed_time, queue.elapsed_time_last_updated = room.elapsed, time.time()
        player.current_media = media or (_media(room, current.media_item) if current and current.media_item else None)
        await self._send(EventType.QUEUE_UPDATED, player.player_id, queue)
        await self._send(EventType.PLAYER_UPDATED, player.player_id, player)

    async def _send(self, event: EventType, object_id: str, data: Any) -> None:
        message = EventMessage(event=event, object_id=object_id, data=data)
        for socket in tuple(self.sockets):
            await socket.send_str(message.to_json())

    def _sound(self, room: Room) -> None:
        room.player.playback_state, room.since = PlaybackState.PLAYING, time.time()

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        info = ServerInfoMessage("test", "2.9.0", SCHEMA, 28, base_url=f"http://127.0.0.1:{self.port}")
        await socket.send_str(info.to_json())
        self.sockets.add(socket)
        assert request.transport is not None
        self.transports.append(request.transport)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                data = message.json()
                await socket.send_str(await self._answer(data["message_id"], data["command"], data["args"] or {}))
        self.sockets.discard(socket)
        return socket

    async def _answer(self, message_id: str, name: str, args: dict[str, Any]) -> str:
        self.commands.append(Command(name, args))
        try:
            result = get_serializable_value(await self._carry_out(name, args))
        except LookupError as err:
            return ErrorResultMessage(message_id, 999, str(err)).to_json()
        return SuccessResultMessage(message_id, result).to_json()

    async def _carry_out(self, name: str, args: dict[str, Any]) -> Any:
        match name:
            case "auth":
                return {"authenticated": True}
            case "providers":
                return [_provider(FILES, "Music folder"), _provider(TUBE, "YouTube Music"), _provider(PLAYERS, "Rooms")]
            case "providers/manifests" | "dashboard/dashboards" | "dashboard/sessions":
                return []
            case "config/players":
                return [PlayerConfig({}, PLAYERS, player_id) for player_id in self.rooms]
            case "player_queues/all":
                return [room.queue for room in self.rooms.values()]
            case "players/all":
                return [room.player for room in self.rooms.values()]
            case "music/search":
                return self.library.search(args["search_query"], args["media_types"], args["limit"])
            case "music/tracks/get":
                return self.library.track(args["item_id"])
            case "music/recently_played_items":
                return [item for item in self.library.items if self.library.plays.get(str(item.uri))]
            case "music/verify_item_uri":
                return self.library.get(args["uri"]) is not None
            case "music/item_by_name":
                return self.library.named(args["name"], args["artist"], args["media_type"])
            case "player_queues/play_media":
                await self.play(args["queue_id"], args["media"], args["option"])
            case "player_queues/transfer":
                await self.transfer(args["source_queue_id"], args["target_queue_id"])
            case "players/cmd/group_many":
                await self.group(args["target_player"], args["child_player_ids"])
            case "players/cmd/pause":
                await self.pause(args["player_id"])
            case "players/cmd/stop":
                await self.pause(args["player_id"], PlaybackState.IDLE)
            case "players/cmd/volume_set":
                room = self.rooms[args["player_id"]]
                room.player.volume_level = args["volume_level"]
                await self.tell(room)
            case "players/cmd/play":
                await self.resume(args["player_id"])
            case _ if name.startswith("music/") and name.endswith("/library_items"):
                media_type = MediaType(name.split("/")[1].removesuffix("s"))
                return self.library.listing(media_type, args["order_by"], args["limit"])
            case _:
                raise LookupError(f"Unknown command {name}")
        return None


def _provider(instance: str, name: str) -> ProviderInstance:
    kind = ProviderType.PLAYER if instance == PLAYERS else ProviderType.MUSIC
    return ProviderInstance(kind, instance.partition("--")[0], name, instance, set(), available=True)


def _media(room: Room, item: MediaItemType) -> PlayerMedia:
    """What a player shows of an item, as the server puts it together."""
    version, artist = getattr(item, "version", None), getattr(item, "artist_str", None)
    album = getattr(item, "album", None) or getattr(item, "podcast", None)
    return PlayerMedia(
        uri=str(item.uri),
        media_type=item.media_type,
        title=f"{item.name} ({version})" if version else item.name,
        artist=artist,
        album=album.name if album else None,
        duration=getattr(item, "duration", None),
        source_id=room.queue.queue_id,
        elapsed_time=int(room.elapsed),
        elapsed_time_last_updated=time.time(),
    )
