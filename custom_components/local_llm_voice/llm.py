"""The functions that Home Assistant's own tools lack, in the Assist API of every agent."""

from homeassistant.components.llm import LLMTools
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.llm import LLM_API_ASSIST, LLMContext

from .const import DOMAIN
from .skills import FUNCTIONS


@callback
def async_get_tools(
    hass: HomeAssistant, llm_context: LLMContext, api_id: str
) -> LLMTools | None:
    """Return our tools; those that repeat a tool of Home Assistant stay in our own API."""
    if api_id != LLM_API_ASSIST or not hass.config_entries.async_loaded_entries(DOMAIN):
        return None
    return LLMTools(tools=[tool for tool in FUNCTIONS.values() if tool.assist])
