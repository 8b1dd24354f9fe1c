"""Setting up a person: name, other names, and which plays are theirs."""

from typing import Any

import probatio

from homeassistant.components.assist_satellite import DOMAIN as SATELLITE
from homeassistant.components.person import DOMAIN as PERSON
from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import (
    AreaSelector,
    AreaSelectorConfig,
    DeviceSelector,
    DeviceSelectorConfig,
    EntityFilterSelectorConfig,
    EntitySelector,
    EntitySelectorConfig,
    TextSelector,
    TextSelectorConfig,
)

from .people import CONF_ALIASES, CONF_AREAS, CONF_PERSON, CONF_SATELLITES

SCHEMA = probatio.Schema(
    {
        probatio.Required(CONF_NAME): TextSelector(),
        probatio.Optional(CONF_ALIASES): TextSelector(
            TextSelectorConfig(multiple=True)
        ),
        probatio.Optional(CONF_PERSON): EntitySelector(
            EntitySelectorConfig(domain=PERSON)
        ),
        probatio.Optional(CONF_AREAS): AreaSelector(AreaSelectorConfig(multiple=True)),
        probatio.Optional(CONF_SATELLITES): DeviceSelector(
            DeviceSelectorConfig(
                entity=EntityFilterSelectorConfig(domain=SATELLITE), multiple=True
            )
        ),
    }
)


class PersonFlow(ConfigSubentryFlow):
    """Add or change a person."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask who it is."""
        errors: dict[str, str] = {}
        if user_input is not None and not (errors := self._errors(user_input, None)):
            title, data = _split(user_input)
            return self.async_create_entry(title=title, data=data)
        return self._form("user", user_input, errors)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask what has changed."""
        subentry = self._get_reconfigure_subentry()
        errors: dict[str, str] = {}
        if user_input is not None and not (
            errors := self._errors(user_input, subentry.subentry_id)
        ):
            title, data = _split(user_input)
            return self.async_update_and_abort(
                self._get_entry(), subentry, title=title, data=data
            )
        suggested = user_input or {CONF_NAME: subentry.title, **subentry.data}
        return self._form("reconfigure", suggested, errors)

    def _form(
        self, step_id: str, suggested: dict[str, Any] | None, errors: dict[str, str]
    ) -> SubentryFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(SCHEMA, suggested),
            errors=errors,
        )

    def _errors(self, user_input: dict[str, Any], but: str | None) -> dict[str, str]:
        """Two people of one name could not be told apart."""
        name = user_input[CONF_NAME].strip().casefold()
        if not name:
            return {CONF_NAME: "no_name"}
        taken = {
            subentry.title.casefold()
            for subentry in self._get_entry().subentries.values()
            if subentry.subentry_type == self._subentry_type
            and subentry.subentry_id != but
        }
        return {CONF_NAME: "name_taken"} if name in taken else {}


def _split(user_input: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    data = dict(user_input)
    return data.pop(CONF_NAME).strip(), data
