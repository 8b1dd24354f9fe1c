"""The library of a Music Assistant server for tests, in its own models, with its way of searching."""

from dataclasses import dataclass, field
from typing import Any

from music_assistant_models.enums import MediaType
from music_assistant_models.helpers import create_safe_string
from music_assistant_models.media_items import (
    Album,
    Artist,
    Audiobook,
    Genre,
    ItemMapping,
    MediaItemType,
    Playlist,
    Podcast,
    PodcastEpisode,
    ProviderMapping,
    Radio,
    SearchResults,
    Track,
    TrackSummary,
    UniqueList,
)

FILES = "filesystem_local--music"
TUBE = "ytmusic--x8Fq"

SONGS = (
    ("Baby Shark", "", ("Pinkfong",), "Best of Baby Shark", 2016, "Children"),
    ("Take Five", "", ("Dave Brubeck",), "Time Out", 1959, "Jazz"),
    ("Take Five", "Live", ("Dave Brubeck",), "Time Further Out", 1961, "Jazz"),
    ("Blue Rondo", "2009 Remaster", ("Dave Brubeck",), "Time Out", 1959, "Jazz"),
    ("Under Pressure", "", ("Queen", "David Bowie"), "Hot Space", 1982, "Rock"),
    ("Here Comes the Sun", "", ("The Beatles",), "Abbey Road", 1969, "Rock"),
)
"""Title, version, artists, album, year and genre."""

SECONDS = 180

FIELDS = {
    MediaType.ARTIST: "artists",
    MediaType.ALBUM: "albums",
    MediaType.TRACK: "tracks",
    MediaType.PLAYLIST: "playlists",
    MediaType.RADIO: "radio",
    MediaType.PODCAST: "podcasts",
    MediaType.AUDIOBOOK: "audiobooks",
    MediaType.GENRE: "genres",
}


@dataclass
class MusicLibrary:
    """Its items in the order in which they were added, and how often each was played."""

    items: list[MediaItemType] = field(default_factory=list)
    elsewhere: list[MediaItemType] = field(default_factory=list)
    """What a streaming service has, which is not in the library."""
    plays: dict[str, int] = field(default_factory=dict)
    genres: dict[str, str] = field(default_factory=dict)

    def of(self, media_type: MediaType) -> list[MediaItemType]:
        """The items of a type."""
        return [item for item in self.items if item.media_type is media_type]

    def get(self, uri: str) -> MediaItemType | None:
        """The item of an address."""
        return next((item for item in [*self.items, *self.elsewhere] if item.uri == uri), None)

    def search(self, query: str, media_types: list[str], limit: int) -> SearchResults:
        """Every letter of the query has to occur in the name, in a row; "artist - title" is known for some types."""
        found = SearchResults()
        for media_type in map(MediaType, media_types):
            items = [item for item in self.of(media_type) if _fits(item, query)]
            items += [item for item in self.elsewhere if item.media_type is media_type and _near(item, query)]
            setattr(found, FIELDS[media_type], items[:limit])
        return found

    def named(self, name: str, artist: str | None, media_type: str) -> MediaItemType | None:
        """The item of exactly this name."""
        for item in self.of(MediaType(media_type)):
            artists = [by.name for by in getattr(item, "artists", ())]
            if item.name == name and (artist is None or artist in artists):
                return item
        return None

    def listing(self, media_type: MediaType, order_by: str, limit: int) -> list[MediaItemType]:
        """What it lists: of tracks only a summary, without when they were played."""
        items = self.of(media_type)
        if order_by == "play_count_desc":
            items = sorted(items, key=lambda item: -self.plays.get(str(item.uri), 0))
        return [_summary(item) if isinstance(item, Track) else item for item in items[:limit]]

    def track(self, item_id: str) -> Track:
        """A track with everything that is known about it."""
        track = self.get(f"library://track/{item_id}")
        assert isinstance(track, Track)
        track.last_played = 1_795_000_000 if self.plays.get(str(track.uri)) else 0
        return track

    def tracks(self, uri: str) -> list[MediaItemType]:
        """What plays when an item is played."""
        item = self.get(uri)
        tracks = [track for track in self.items if isinstance(track, Track)]
        match item:
            case Artist():
                return [track for track in tracks if item.name in [artist.name for artist in track.artists]]
            case Album():
                return [track for track in tracks if track.album and track.album.name == item.name]
            case Genre():
                return [track for track in tracks if self.genres[str(track.uri)] == item.name]
            case Playlist():
                return [*tracks]
            case Podcast():
                mapping = ItemMapping.from_item(item)
                return [PodcastEpisode(position=1, podcast=mapping, duration=SECONDS, **_id("1", "Monday"))]
            case None:
                return []
            case _:
                return [item]


def library() -> MusicLibrary:
    """A library with something of every type."""
    found = MusicLibrary()
    artists: dict[str, Artist] = {}
    albums: dict[str, Album] = {}
    genres: dict[str, Genre] = {}
    tracks: list[Track] = []
    for number, (title, version, names, album, year, genre) in enumerate(SONGS, start=1):
        for name in names:
            artists.setdefault(name, Artist(**_id(str(len(artists) + 1), name)))
        by: UniqueList[Artist | ItemMapping] = UniqueList([ItemMapping.from_item(artists[name]) for name in names])
        albums.setdefault(album, Album(year=year, artists=UniqueList(by[:1]), **_id(str(len(albums) + 1), album)))
        genres.setdefault(genre, Genre(**_id(str(len(genres) + 1), genre)))
        on = ItemMapping.from_item(albums[album])
        track = Track(version=version, duration=SECONDS, artists=by, album=on, **_id(str(number), title))
        tracks.append(track)
        found.genres[str(track.uri)] = genre
    found.items = [*artists.values(), *albums.values(), *genres.values(), *tracks]
    found.items += [
        Playlist(**_id("1", "Friday Night")),
        Radio(**_id("1", "Radio Gaga")),
        Podcast(**_id("1", "The Daily")),
        Audiobook(authors=UniqueList(["J. R. R. Tolkien"]), duration=36000, **_id("1", "The Hobbit")),
    ]
    tube = Artist(**_id("9", "Dave Brubeck", TUBE))
    found.elsewhere = [Album(year=1959, artists=UniqueList([tube]), **_id("9", "Time Out", TUBE))]
    return found


def _id(item_id: str, name: str, provider: str = "library") -> dict[str, Any]:
    instance = FILES if provider == "library" else provider
    mapping = ProviderMapping(item_id=item_id, provider_domain=instance.partition("--")[0], provider_instance=instance)
    return {"item_id": item_id, "provider": provider, "name": name, "provider_mappings": {mapping}}


def _fits(item: MediaItemType, query: str) -> bool:
    artists = " ".join(artist.name for artist in getattr(item, "artists", ()))
    name = query
    if " - " in query and isinstance(item, Track | Album):
        artist, name = query.split(" - ", 1)
        if _plain(artist) not in _plain(artists):
            return False
    elif isinstance(item, Track) and _plain(query) in _plain(artists):
        return True
    return _plain(name) in _plain(item.name)


def _near(item: MediaItemType, query: str) -> bool:
    """A streaming service takes the words in any order."""
    return set(item.name.casefold().split()) <= set(query.casefold().split())


def _plain(name: str) -> str:
    return create_safe_string(name, lowercase=True, replace_space=True)


def _summary(track: Track) -> TrackSummary:
    return TrackSummary(
        item_id=track.item_id,
        provider=track.provider,
        name=track.name,
        version=track.version,
        duration=track.duration,
        provider_mappings=track.provider_mappings,
        artists=track.artists,  # type: ignore[arg-type]
        album=track.album,  # type: ignore[arg-type]
    )
