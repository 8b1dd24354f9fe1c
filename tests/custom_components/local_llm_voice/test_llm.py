"""The functions as tools for other agents."""

from collections.abc import Sequence

import probatio
import pytest
from custom_components.local_llm_voice.const import DOMAIN
from custom_components.local_llm_voice.skills import FUNCTIONS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import llm
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household
from wyoming_server.catalogue import UNKNOWN, Kind, catalogue

KINDS: dict[Kind, Sequence[object]] = {
    Kind.TEXT: ["some words", "Küche"],
    Kind.INTEGER: [1, "2"],
    Kind.NUMBER: [0.5, 3],
    Kind.BOOLEAN: [True, False],
}


async def test_every_function_is_offered(household: Household) -> None:
    names = {tool.name for tool in await household.tools(DOMAIN)}
    assert names == {f"{DOMAIN}__{name}" for name in FUNCTIONS}


async def test_the_assist_api_gets_what_home_assistant_lacks(hass: HomeAssistant, household: Household) -> None:
    names = [tool.name for tool in await household.tools(llm.LLM_API_ASSIST)]
    ours = {name for name in names if name.startswith(DOMAIN)}
    assert ours == {f"{DOMAIN}__{name}" for name, function in FUNCTIONS.items() if function.assist}
    assert len(names) == len(set(names))
    assert f"{DOMAIN}__turn_on" not in ours, "Home Assistant has it"
    assert f"{DOMAIN}__get_date" in ours


async def test_unloaded_there_is_nothing(hass: HomeAssistant, household: Household, entry: MockConfigEntry) -> None:
    tool = FUNCTIONS["flip_coin"]
    await hass.config_entries.async_unload(entry.entry_id)
    assert not any(t.name.startswith(DOMAIN) for t in await household.tools(llm.LLM_API_ASSIST))
    with pytest.raises(Exception, match="not loaded"):
        await tool.async_call(hass, llm.ToolInput(tool.name, {}), household.llm_context())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_tools_are_well_formed(name: str) -> None:
    tool = FUNCTIONS[name]
    assert tool.integration == DOMAIN
    assert tool.title
    assert tool.description
    assert not tool.annotations.open_world or name in ("get_weather", "get_news", *MUSIC)
    schema = probatio.to_openapi(tool.parameters, custom_serializer=llm.selector_serializer, openapi_version="3.1.0")
    assert schema["type"] == "object"


MUSIC = tuple(name for name, function in catalogue().items() if function.skill == "media")


@pytest.mark.parametrize("name", [name for name in catalogue() if name in FUNCTIONS])
def test_arguments_are_those_of_the_catalogue(name: str) -> None:
    parameters = catalogue()[name].parameters
    schema: dict[probatio.Marker, object] = FUNCTIONS[name].parameters.schema
    required = {str(marker) for marker in schema if isinstance(marker, probatio.Required)}
    assert {str(marker) for marker in schema} == set(parameters)
    assert required <= {parameter.name for parameter in parameters.values() if parameter.required}
    values = {p.name: KINDS.get(p.kind, p.choices) for p in parameters.values()}
    for parameter in parameters.values():
        needed = {p.name: values[p.name][0] for p in parameters.values() if p.required}
        for value in values[parameter.name]:
            assert FUNCTIONS[name].parameters(needed | {parameter.name: value})


def test_no_function_is_missing() -> None:
    assert set(catalogue()) - set(FUNCTIONS) == {UNKNOWN}


async def test_another_agent_acts_with_them(home: Home, kitchen: Household) -> None:
    result = await kitchen.call_tool(DOMAIN, f"{DOMAIN}__turn_on", {"name": "bed light"})
    assert result.data == {"speech": "Turned on Bed Light.", "entities": ["light.bed_light"]}
    assert not result.error
    assert home.state("light.bed_light").state == "on"
    result = await kitchen.call_tool(DOMAIN, f"{DOMAIN}__turn_on", {"name": "chandelier"})
    assert (result.data, result.error) == ({"speech": "I can't find chandelier here."}, True)
    with pytest.raises(probatio.Invalid):
        await kitchen.call_tool(DOMAIN, f"{DOMAIN}__turn_on", {"nonsense": 1})
