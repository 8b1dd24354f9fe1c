"""A real Home Assistant with the integration, and a real TCP server that speaks Wyoming by script."""

from collections.abc import AsyncGenerator

import pytest
from custom_components.local_llm_voice.const import CONF_FALLBACK_AGENT, DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry  # type: ignore[import-untyped]
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show
from tests.custom_components.local_llm_voice.music_home import MusicHome
from tests.custom_components.local_llm_voice.skills_page import PAGE, TESTS, SkillsPage
from tests.custom_components.local_llm_voice.voice_server import VoiceServer

_PAGE = SkillsPage()


@pytest.fixture
def show() -> Show:
    """Put what was heard, and the effect that the test has asserted, into docs/skills.md."""
    return _PAGE.show


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where every test ran and passed, write docs/skills.md; fail where it was not up to date."""
    option = session.config.option
    collected = {item.path for item in session.items}
    if exitstatus or option.keyword or option.markexpr or option.collectonly:
        return
    if not collected.issuperset(TESTS.rglob("test_*.py")) or any("::" in arg for arg in session.config.args):
        return
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != _PAGE.text():
        PAGE.write_text(_PAGE.text(), encoding="utf-8")
        print(f"\n{PAGE.name} was not up to date; it is written anew")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def custom_integrations(enable_custom_integrations: None) -> None:
    """Let Home Assistant load what is not its own."""


@pytest.fixture
async def server(socket_enabled: None) -> AsyncGenerator[VoiceServer]:
    """A running scripted voice server."""
    server = VoiceServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def entry(hass: HomeAssistant, server: VoiceServer) -> MockConfigEntry:
    """The integration, set up with the scripted server and without a fallback agent."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Local LLM Voice",
        data={"host": "127.0.0.1", "port": server.port},
        options={CONF_FALLBACK_AGENT: ""},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


@pytest.fixture
def household(hass: HomeAssistant, entry: MockConfigEntry, server: VoiceServer) -> Household:
    """A home to speak to."""
    return Household(hass, server)


@pytest.fixture
async def home(hass: HomeAssistant, entry: MockConfigEntry) -> Home:
    """Rooms with devices, to look at."""
    home = Home(hass)
    await home.furnish()
    return home


@pytest.fixture
def kitchen(home: Home, household: Household) -> Household:
    """The furnished home, spoken to through the satellite in the kitchen."""
    household.device_id = home.device_id("kitchen")
    return household


@pytest.fixture
async def music_home(hass: HomeAssistant, entry: MockConfigEntry) -> MusicHome:
    """Rooms with players."""
    home = MusicHome(hass)
    await home.furnish()
    return home


@pytest.fixture
def listener(music_home: MusicHome, household: Household) -> Household:
    """The home with players, spoken to through the satellite in the kitchen."""
    household.device_id = music_home.device_id("kitchen")
    return household
