"""The examples of the documentation, read as Home Assistant reads them."""

import re
from pathlib import Path
from typing import Any

import pytest
from custom_components.local_llm_voice.config_flow import OPTIONS_SCHEMA
from custom_components.local_llm_voice.const import DOMAIN
from custom_components.local_llm_voice.plays.tracker import EVENT_PLAY_COUNTED
from custom_components.local_llm_voice.schedule import EVENT_TIMER_FINISHED
from homeassistant.components.automation.config import async_validate_config_item
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.util.yaml import parse_yaml
from tests.custom_components.local_llm_voice.household import Household

DOCS = Path(__file__).parents[3] / "docs"
EXAMPLES = [
    parse_yaml(text) for text in re.findall(r"```yaml\n(.*?)```", (DOCS / "favorites.md").read_text(), re.DOTALL)
]


def ids(example: Any) -> str:
    """Name an example by what it holds."""
    return ",".join(example)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "triggers" in e], ids=ids)
async def test_an_automation_is_one(hass: HomeAssistant, household: Household, example: dict[str, Any]) -> None:
    automation = {"alias": "Example", "actions": [], **example}
    config = await async_validate_config_item(hass, "example", automation)
    assert config is not None
    assert config.validation_status == "ok", config.validation_error
    events = {t["event_type"] for t in example["triggers"] if "event_type" in t}
    assert events <= {EVENT_PLAY_COUNTED, EVENT_TIMER_FINISHED}
    for action in example.get("actions", ()):
        if action["action"].startswith(f"{DOMAIN}."):
            await validated(hass, action)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "triggers" not in e], ids=ids)
async def test_an_action_takes_its_data(hass: HomeAssistant, household: Household, example: dict[str, Any]) -> None:
    cv.script_action(example)
    await validated(hass, example)


def test_every_option_is_explained() -> None:
    page = (DOCS / "options.md").read_text(encoding="utf-8")
    assert [name for name in map(str, OPTIONS_SCHEMA.schema) if f"(`{name}`)" not in page] == []


async def validated(hass: HomeAssistant, action: dict[str, Any]) -> None:
    """Check the data of one of our actions as a call does."""
    domain, name = action["action"].split(".")
    service = hass.services.async_services_for_domain(domain)[name]
    assert service.schema is not None
    service.schema(action["data"])
