"""Listing, exporting, importing and resetting the history, as an administrator does."""

from types import MappingProxyType
from typing import Any

import probatio
import pytest
from custom_components.local_llm_voice.const import DOMAIN, SUBENTRY_PERSON
from custom_components.local_llm_voice.plays.history import Origin
from custom_components.local_llm_voice.plays.track import Kind, Track
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import area_registry as ar
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (  # type: ignore[import-untyped]
    MockConfigEntry,
    MockUser,
)

SHARK, SUN = Track("Baby Shark", "Pinkfong"), Track("Here Comes the Sun", "The Beatles", "Abbey Road")


@pytest.fixture
def history(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Three plays in the kitchen, two in the bedroom."""
    now = dt_util.utcnow()
    for name in ("Kitchen", "Bedroom"):
        ar.async_get(hass).async_create(name)
    for track, room, times in ((SHARK, "bedroom", 2), (SUN, "kitchen", 3)):
        for _ in range(times):
            entry.runtime_data.plays.history.count(track, Origin((room,)), now, now.date())
    party = Track("Party", kind=Kind.PLAYLIST)
    entry.runtime_data.plays.history.count(party, Origin(), now, now.date())


async def call(hass: HomeAssistant, action: str, **data: Any) -> Any:
    return await hass.services.async_call(DOMAIN, action, data, blocking=True, return_response=True)


async def listed(hass: HomeAssistant, **data: Any) -> list[tuple[str, int]]:
    response = await call(hass, "list_plays", **data)
    return [(favorite["name"], favorite["plays"]) for favorite in response["favorites"]]


async def test_list(hass: HomeAssistant, history: None) -> None:
    assert await listed(hass) == [("Here Comes the Sun", 3), ("Baby Shark", 2)]
    assert await listed(hass, limit=1) == [("Here Comes the Sun", 3)]
    assert await listed(hass, area_id="bedroom") == [("Baby Shark", 2)]
    assert await listed(hass, kind="artist") == [("The Beatles", 3), ("Pinkfong", 2)]
    assert await listed(hass, kind="playlist") == [("Party", 1)]
    with pytest.raises(ServiceValidationError):
        await listed(hass, person="Nobody")


async def test_export_goes_to_another_house(hass: HomeAssistant, history: None) -> None:
    exported = (await call(hass, "export_plays"))["history"]
    await call(hass, "reset_plays", confirm=True)
    assert await listed(hass) == []
    assert await call(hass, "import_plays", history=exported) == {"tracks": 3}
    assert await listed(hass) == [("Here Comes the Sun", 3), ("Baby Shark", 2)]
    await call(hass, "import_plays", history=exported)
    assert await listed(hass) == [("Here Comes the Sun", 6), ("Baby Shark", 4)]
    await call(hass, "import_plays", history=exported, replace=True)
    assert await listed(hass) == [("Here Comes the Sun", 3), ("Baby Shark", 2)]


async def test_import_of_what_another_player_counted(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    tracks = [{"title": "Baby Shark", "artist": "Pinkfong", "plays": 34}, {"title": "Take Five", "plays": 4}]
    await call(hass, "import_plays", tracks=tracks)
    assert await listed(hass) == [("Baby Shark", 34), ("Take Five", 4)]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"version": 9, "records": []},
        {"version": 1},
        {"version": 1, "records": [{"title": "x"}]},
        {"version": 1, "records": {"a": 1}},
        {
            "version": 1,
            "records": [
                {
                    "title": "x",
                    "artist": 5,
                    "album": None,
                    "media_id": None,
                    "duration": None,
                    "platform": None,
                    "kind": "song",
                    "first": "2026-11-24T00:00:00+00:00",
                    "last": "2026-11-24T00:00:00+00:00",
                    "counts": [],
                }
            ],
        },
        {"version": 1, "records": 5},
    ],
)
async def test_what_is_no_export_is_refused_and_changes_nothing(
    hass: HomeAssistant, history: None, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ServiceValidationError):
        await call(hass, "import_plays", history=wrong, replace=True)
    assert await listed(hass) == [("Here Comes the Sun", 3), ("Baby Shark", 2)]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"tracks": [{"title": "x"}]},
        {"tracks": [{"title": "x", "plays": 0}]},
        {"tracks": [{"title": "x", "plays": 10**9}]},
        {"tracks": [], "history": {}},
    ],
)
async def test_import_of_nonsense_is_refused(hass: HomeAssistant, entry: MockConfigEntry, wrong: Any) -> None:
    with pytest.raises(probatio.Invalid):
        await call(hass, "import_plays", **wrong)


async def test_reset_asks_for_confirmation(hass: HomeAssistant, history: None) -> None:
    with pytest.raises(ServiceValidationError):
        await call(hass, "reset_plays", confirm=False)
    with pytest.raises(probatio.Invalid):
        await call(hass, "reset_plays")
    assert len(await listed(hass)) == 2


@pytest.mark.parametrize(
    ("chosen", "plays", "left"),
    [
        ({"song": "baby shark"}, 2, ["Here Comes the Sun"]),
        ({"artist": "The Beatles"}, 3, ["Baby Shark"]),
        ({"area_id": "kitchen"}, 3, ["Baby Shark"]),
        ({"song": "Baby Shark", "area_id": "kitchen"}, 0, ["Here Comes the Sun", "Baby Shark"]),
        ({}, 6, []),
    ],
)
async def test_reset(hass: HomeAssistant, history: None, chosen: Any, plays: int, left: list[str]) -> None:
    assert await call(hass, "reset_plays", confirm=True, **chosen) == {"plays": plays}
    assert [name for name, _ in await listed(hass)] == left


async def test_reset_of_a_person(hass: HomeAssistant, history: None, entry: MockConfigEntry) -> None:
    data = {"person": None, "aliases": [], "areas": ["bedroom"], "satellites": []}
    subentry = ConfigSubentry(
        data=MappingProxyType(data), subentry_type=SUBENTRY_PERSON, title="Matilda", unique_id=None
    )
    hass.config_entries.async_add_subentry(entry, subentry)
    await hass.async_block_till_done()
    assert await listed(hass, person="matilda") == [("Baby Shark", 2)]
    assert await call(hass, "reset_plays", confirm=True, person="Matilda") == {"plays": 2}
    assert await listed(hass) == [("Here Comes the Sun", 3)]
    with pytest.raises(ServiceValidationError):
        await call(hass, "reset_plays", confirm=True, person="Nobody")
    assert await listed(hass) == [("Here Comes the Sun", 3)]


async def test_only_administrators(hass: HomeAssistant, history: None, hass_read_only_user: MockUser) -> None:
    context = Context(user_id=hass_read_only_user.id)
    for action, data in (("list_plays", {}), ("reset_plays", {"confirm": True})):
        with pytest.raises(Unauthorized):
            await hass.services.async_call(DOMAIN, action, data, blocking=True, return_response=True, context=context)


async def test_entry_that_is_not_loaded(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config_entries.async_unload(entry.entry_id)
    with pytest.raises(ServiceValidationError):
        await listed(hass)
