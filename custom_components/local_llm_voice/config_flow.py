"""Setting up: where the voice server is, and how the agent behaves."""

from collections.abc import Mapping
from typing import Any, override

import probatio

from homeassistant.config_entries import (
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlowWithReload,
)
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    BooleanSelector,
    ConversationAgentSelector,
    EntitySelector,
    EntitySelectorConfig,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo

from .client import NotOurServer, ServerError, async_check
from .const import (
    CONF_DEFAULT_PLAYER,
    CONF_FALLBACK_AGENT,
    CONF_FEEDS,
    CONF_NEWS,
    CONF_PIN,
    CONF_WEATHER_ELSEWHERE,
    DEFAULT_FALLBACK_AGENT,
    DEFAULT_PORT,
    DOMAIN,
    SUBENTRY_PERSON,
)
from .models import LocalLlmVoiceConfigEntry
from .people_flow import PersonFlow

TITLE = "Local LLM Voice"

SERVER_SCHEMA = probatio.Schema(
    {
        probatio.Required(CONF_HOST): TextSelector(),
        probatio.Required(CONF_PORT, default=DEFAULT_PORT): probatio.All(
            probatio.Coerce(int), probatio.Range(min=1, max=65535)
        ),
    }
)

OPTIONS_SCHEMA = probatio.Schema(
    {
        probatio.Optional(CONF_FALLBACK_AGENT): ConversationAgentSelector(),
        probatio.Optional(CONF_DEFAULT_PLAYER): EntitySelector(
            EntitySelectorConfig(domain="media_player")
        ),
        probatio.Optional(CONF_PIN): TextSelector(
            TextSelectorConfig(type=TextSelectorType.PASSWORD)
        ),
        probatio.Optional(CONF_WEATHER_ELSEWHERE, default=False): BooleanSelector(),
        probatio.Optional(CONF_NEWS, default=False): BooleanSelector(),
        probatio.Optional(CONF_FEEDS): TextSelector(
            TextSelectorConfig(type=TextSelectorType.URL, multiple=True)
        ),
    }
)


class LocalLlmVoiceConfigFlow(ConfigFlow, domain=DOMAIN):
    """Ask for the address of the server, or find it on the network."""

    _discovered: Mapping[str, Any]

    @staticmethod
    @callback
    @override
    def async_get_options_flow(
        config_entry: LocalLlmVoiceConfigEntry,
    ) -> LocalLlmVoiceOptionsFlow:
        """Return the flow of the options."""
        return LocalLlmVoiceOptionsFlow()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: LocalLlmVoiceConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return what can be added to an entry: the people of the house."""
        return {SUBENTRY_PERSON: PersonFlow}

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for host and port."""
        if self._async_current_entries():
            return self.async_abort(reason="single_instance_allowed")
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = await _async_errors(user_input)
            if not errors:
                return self._async_create(user_input)
        return self._async_server_form("user", user_input, errors)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new address."""
        entry = self._get_reconfigure_entry()
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = await _async_errors(user_input)
            if not errors:
                return self.async_update_reload_and_abort(
                    entry, data_updates=user_input
                )
        return self._async_server_form("reconfigure", user_input or entry.data, errors)

    @override
    async def async_step_zeroconf(
        self, discovery_info: ZeroconfServiceInfo
    ) -> ConfigFlowResult:
        """Take a server that announced itself."""
        if discovery_info.port is None:
            return self.async_abort(reason="not_our_server")
        data = {CONF_HOST: discovery_info.host, CONF_PORT: discovery_info.port}
        await self.async_set_unique_id(discovery_info.name)
        self._abort_if_unique_id_configured(updates=data)
        if self._async_current_entries():
            return self.async_abort(reason="single_instance_allowed")
        if errors := await _async_errors(data):
            return self.async_abort(reason=errors["base"])
        self._discovered = data
        self.context["title_placeholders"] = {CONF_HOST: discovery_info.host}
        return await self.async_step_zeroconf_confirm()

    async def async_step_zeroconf_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether the server that was found is wanted."""
        if user_input is not None:
            return self._async_create(self._discovered)
        self._set_confirm_only()
        return self.async_show_form(
            step_id="zeroconf_confirm",
            description_placeholders={CONF_HOST: self._discovered[CONF_HOST]},
        )

    def _async_create(self, data: Mapping[str, Any]) -> ConfigFlowResult:
        return self.async_create_entry(
            title=TITLE,
            data=dict(data),
            options={CONF_FALLBACK_AGENT: DEFAULT_FALLBACK_AGENT},
        )

    def _async_server_form(
        self,
        step_id: str,
        suggested: Mapping[str, Any] | None,
        errors: dict[str, str],
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(SERVER_SCHEMA, suggested),
            errors=errors,
        )


class LocalLlmVoiceOptionsFlow(OptionsFlowWithReload):
    """How the agent behaves."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for everything at once."""
        errors: dict[str, str] = {}
        if user_input is not None:
            pin = user_input.get(CONF_PIN, "0")
            if pin.isascii() and pin.isdecimal():
                return self.async_create_entry(data=user_input)
            errors[CONF_PIN] = "pin_not_digits"
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(
                OPTIONS_SCHEMA, user_input or self.config_entry.options
            ),
            errors=errors,
        )


async def _async_errors(data: Mapping[str, Any]) -> dict[str, str]:
    """Try the server; return what is wrong with it, as the flow shows it."""
    try:
        await async_check(data[CONF_HOST], data[CONF_PORT])
    except NotOurServer:
        return {"base": "not_our_server"}
    except ServerError:
        return {"base": "cannot_connect"}
    return {}
