"""Names that more than one module of the integration needs."""

from typing import Final

DOMAIN: Final = "local_llm_voice"

CONF_DEFAULT_PLAYER: Final = "default_player"
CONF_FALLBACK_AGENT: Final = "fallback_agent"
CONF_FEEDS: Final = "feeds"
CONF_NEWS: Final = "news"
CONF_PIN: Final = "pin"
CONF_WEATHER_ELSEWHERE: Final = "weather_elsewhere"

SUBENTRY_PERSON: Final = "person"

DEFAULT_PORT: Final = 10600

UNKNOWN: Final = "unknown"
"""The function of the catalogue that says: nothing here can do that."""

REMEMBER_SECONDS: Final = 120
"""How long a follow-up may refer to the previous command or answer a question."""

DEFAULT_FALLBACK_AGENT: Final = "conversation.home_assistant"
