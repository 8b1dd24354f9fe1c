"""Our functions as an API of Home Assistant's LLM helper, for our agent and for others."""

from dataclasses import dataclass
from typing import override

from homeassistant.core import HomeAssistant
from homeassistant.helpers.llm import API, APIInstance, LLMContext, selector_serializer

from .const import DOMAIN
from .skills import FUNCTIONS

_PROMPT = "Call one function for each thing that is asked for. Say the speech that it returns and nothing else."


@dataclass(slots=True, kw_only=True)
class SkillsAPI(API):
    """Every function of the catalogue that this integration carries out."""

    @override
    async def async_get_api_instance(self, llm_context: LLMContext) -> APIInstance:
        """Return the functions for one conversation."""
        return APIInstance(
            api=self,
            api_prompt=_PROMPT,
            llm_context=llm_context,
            tools=list(FUNCTIONS.values()),
            custom_serializer=selector_serializer,
        )


def skills_api(hass: HomeAssistant) -> SkillsAPI:
    """Return the API; any conversation agent can be given it by its id."""
    return SkillsAPI(hass=hass, id=DOMAIN, name="Local LLM Voice")
