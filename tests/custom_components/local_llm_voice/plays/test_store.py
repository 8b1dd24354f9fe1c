"""The history on disk: written at once, and never thrown away because it cannot be read."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from custom_components.local_llm_voice.const import DOMAIN
from custom_components.local_llm_voice.plays.history import History, Origin
from custom_components.local_llm_voice.plays.store import STORAGE_KEY, PlayStore, Saved
from custom_components.local_llm_voice.plays.track import Track
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import Store

ON_DISK = {name: getattr(Store, name) for name in ("_async_load", "_async_write_data")}
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def store(hass: HomeAssistant, tmp_path: Path) -> Iterator[PlayStore]:
    """A store in an empty folder of the real disk; other tests keep their files in memory."""
    hass.config.config_dir = str(tmp_path)
    with patch.multiple(Store, **ON_DISK):
        yield PlayStore(hass)


def some_history() -> History:
    history = History()
    history.count(Track("Baby Shark", "Pinkfong"), Origin(("kitchen",)), NOW, NOW.date())
    return history


def file(tmp_path: Path) -> Path:
    return tmp_path / ".storage" / STORAGE_KEY


def write(tmp_path: Path, content: Any, version: int = 1) -> None:
    path = file(tmp_path)
    path.parent.mkdir(exist_ok=True)
    wrapped = {"version": version, "minor_version": 1, "key": STORAGE_KEY, "data": content}
    path.write_text(json.dumps(wrapped), encoding="utf-8")


def issues(hass: HomeAssistant) -> list[str]:
    return [key for domain, key in ir.async_get(hass).issues if domain == DOMAIN]


async def test_nothing_there(hass: HomeAssistant, store: PlayStore) -> None:
    saved = await store.async_load()
    assert (len(saved.history), saved.counting, issues(hass)) == (0, True, [])


async def test_what_was_saved_is_loaded(hass: HomeAssistant, store: PlayStore) -> None:
    await store.async_save(Saved(some_history(), {}, None, counting=False))
    saved = await PlayStore(hass).async_load()
    assert [(record.track.title, record.plays()) for record in saved.history] == [("Baby Shark", 1)]
    assert saved.counting is False
    assert saved.at is not None


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"counting": True, "at": "2026-11-24T00:00:00+00:00", "playing": [], "records": []},
        {"counting": True, "at": "yesterday", "playing": {}, "records": []},
        {"counting": True, "at": "2026-11-24T00:00:00+00:00", "playing": {}, "records": [{"title": 7}]},
        "nonsense",
    ],
)
async def test_file_of_another_shape_is_moved_aside_and_told(
    hass: HomeAssistant, store: PlayStore, tmp_path: Path, content: object
) -> None:
    write(tmp_path, content)
    saved = await store.async_load()
    assert len(saved.history) == 0
    assert issues(hass) == ["plays_damaged"]
    assert not file(tmp_path).exists()
    (aside,) = file(tmp_path).parent.glob(f"{STORAGE_KEY}.corrupt.*")
    assert json.loads(aside.read_text())["data"] == content
    await store.async_save(Saved(some_history()))
    assert len((await PlayStore(hass).async_load()).history) == 1


@pytest.mark.parametrize("text", ["", "{", '{"version": 1', "\x00\x00\x00"])
async def test_file_that_is_no_json_is_moved_aside(
    hass: HomeAssistant, store: PlayStore, tmp_path: Path, text: str
) -> None:
    file(tmp_path).parent.mkdir()
    file(tmp_path).write_text(text)
    assert len((await store.async_load()).history) == 0
    assert list(file(tmp_path).parent.glob(f"{STORAGE_KEY}.corrupt.*"))
    assert ir.async_get(hass).issues


@pytest.mark.parametrize("text", ["[]", '{"version": 1}', '{"version": "x", "data": {}}'])
async def test_file_that_is_no_store_is_moved_aside(
    hass: HomeAssistant, store: PlayStore, tmp_path: Path, text: str
) -> None:
    file(tmp_path).parent.mkdir()
    file(tmp_path).write_text(text)
    assert len((await store.async_load()).history) == 0
    assert issues(hass) == ["plays_damaged"]
    (aside,) = file(tmp_path).parent.glob(f"{STORAGE_KEY}.corrupt.*")
    assert aside.read_text() == text


async def test_file_of_a_newer_release_is_left_alone(hass: HomeAssistant, store: PlayStore, tmp_path: Path) -> None:
    write(tmp_path, {"of": "the future"}, version=2)
    before = file(tmp_path).read_text()
    assert len((await store.async_load()).history) == 0
    assert issues(hass) == ["plays_too_new"]
    await store.async_save(Saved(some_history()))
    assert file(tmp_path).read_text() == before


async def test_file_that_cannot_be_read_is_left_alone(hass: HomeAssistant, store: PlayStore, tmp_path: Path) -> None:
    file(tmp_path).mkdir(parents=True)
    assert len((await store.async_load()).history) == 0
    assert issues(hass) == ["plays_unreadable"]
    assert file(tmp_path).is_dir()
