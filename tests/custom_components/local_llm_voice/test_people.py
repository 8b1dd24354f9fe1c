"""People: set up as subentries, found by what they are called."""

from typing import Any

import pytest
from custom_components.local_llm_voice.people import person_named, person_speaking
from custom_components.local_llm_voice.plays.history import Origin
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, SubentryFlowContext
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import area_registry as ar
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]


async def add(hass: HomeAssistant, entry: MockConfigEntry, **data: Any) -> Any:
    flows = hass.config_entries.subentries
    result = await flows.async_init((entry.entry_id, "person"), context={"source": SOURCE_USER})
    assert result["type"] is FlowResultType.FORM
    result = await flows.async_configure(result["flow_id"], data)
    await hass.async_block_till_done()
    return result


async def test_adding_and_changing_a_person(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    ar.async_get(hass).async_create("Bedroom")
    result = await add(hass, entry, name=" Matilda ", aliases=["Tilly"], areas=["bedroom"])
    assert (result["type"], result["title"]) == (FlowResultType.CREATE_ENTRY, "Matilda")
    assert entry.runtime_data.vocabulary.home["people"] == [{"names": ["Matilda", "Tilly"]}]
    (subentry,) = entry.subentries.values()
    flows = hass.config_entries.subentries
    context = SubentryFlowContext(source=SOURCE_RECONFIGURE, subentry_id=subentry.subentry_id)
    result = await flows.async_init((entry.entry_id, "person"), context=context)
    assert result["step_id"] == "reconfigure"
    result = await flows.async_configure(result["flow_id"], {"name": "Mathilda"})
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert entry.runtime_data.vocabulary.home["people"] == [{"names": ["Mathilda"]}]


@pytest.mark.parametrize(("name", "error"), [("  ", "no_name"), ("MATILDA", "name_taken")])
async def test_names_that_could_not_be_told_apart(
    hass: HomeAssistant, entry: MockConfigEntry, name: str, error: str
) -> None:
    await add(hass, entry, name="Matilda")
    result = await add(hass, entry, name=name)
    assert (result["type"], result["errors"]) == (FlowResultType.FORM, {"name": error})


async def test_people_of_home_assistant_are_people_too(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    hass.states.async_set("person.ben", "home", {"friendly_name": "Ben", "user_id": "ben's user"})
    hass.states.async_set("person.anna", "home", {"friendly_name": "Anna Maria", "user_id": "anna's user"})
    await add(hass, entry, name="Anna", person="person.anna", aliases=["mum"])
    ben = person_named(hass, entry, "ben")
    assert ben is not None
    assert ben.scope.covers(Origin((), "user:ben's user"))
    assert not ben.scope.covers(Origin((), "user:anna's user"))
    mum = person_named(hass, entry, "Mum")
    assert mum is not None
    assert (mum.name, mum.user_id) == ("Anna", "anna's user")
    assert person_named(hass, entry, "Anna Maria") is None
    assert person_named(hass, entry, "Bilbo") is None


async def test_who_speaks(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    for name in ("Bedroom", "Attic"):
        ar.async_get(hass).async_create(name)
    await add(hass, entry, name="Matilda", areas=["bedroom"])
    await add(hass, entry, name="Ben", areas=["attic"], satellites=["a satellite"])
    await add(hass, entry, name="Tom", areas=["attic"])

    def speaking(user: str | None = None, device: str | None = None, area: str | None = None) -> str | None:
        person = person_speaking(hass, entry, user_id=user, device_id=device, area_id=area)
        return person.name if person else None

    assert speaking(area="bedroom") == "Matilda"
    assert speaking(device="a satellite", area="bedroom") == "Ben"
    assert speaking(area="attic") is None
    assert speaking(area="kitchen") is None
    assert speaking() is None
    hass.states.async_set("person.eve", "home", {"friendly_name": "Eve", "user_id": "eve's user"})
    assert speaking(user="eve's user", area="bedroom") == "Eve"
