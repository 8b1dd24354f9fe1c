"""On and off, open and closed, locked and unlocked, on real entities."""

from typing import Any

import pytest
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.media_player import MediaPlayerEntityFeature
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show

type Args = dict[str, Any]
type Effect = dict[str, Any]


@pytest.mark.parametrize(
    ("said", "function", "args", "effect", "speech"),
    [
        ("turn on the bed light", "turn_on", {"name": "bed light"}, {"light.bed_light": "on"}, "Turned on Bed Light."),
        (
            "turn on the night lamp",
            "turn_on",
            {"name": "night lamp"},
            {"light.bed_light": "on", "light.counter_light": "off"},
            "Turned on Bed Light.",
        ),
        (
            "turn on the coffee mashine",
            "turn_on",
            {"name": "coffee mashine"},
            {"switch.coffee_machine": "on"},
            "Turned on Coffee Machine.",
        ),
        (
            "turn on the kitchen light",
            "turn_on",
            {"area": "kitchen", "domain": "light"},
            {"light.counter_light": "on", "light.ceiling_light": "on", "light.bed_light": "off"},
            "Turned on Counter Light and Ceiling Light.",
        ),
        (
            "turn on the lights",
            "turn_on",
            {"domain": "light"},
            {"light.counter_light": "on", "light.ceiling_light": "on", "light.bed_light": "off"},
            "Turned on Counter Light and Ceiling Light.",
        ),
        (
            "turn on the kitchen",
            "turn_on",
            {"area": "galley"},
            {"light.counter_light": "on", "switch.coffee_machine": "off", "cover.kitchen_blind": "closed"},
            "Turned on Counter Light and Ceiling Light.",
        ),
        (
            "turn on the lights downstairs",
            "turn_on",
            {"floor": "downstairs", "domain": "light"},
            {"light.counter_light": "on", "light.desk_lamp": "on", "light.bed_light": "off"},
            "Turned on Counter Light, Ceiling Light and Desk Lamp.",
        ),
        (
            "turn on all the lights",
            "turn_on",
            {"area": "everywhere", "domain": "light"},
            {"light.counter_light": "on", "light.desk_lamp": "on", "light.bed_light": "on"},
            "Turned on 4 devices.",
        ),
        (
            "turn on the light in the bedroum",
            "turn_on",
            {"area": "bedroum", "domain": "light"},
            {"light.bed_light": "on", "light.counter_light": "off"},
            "Turned on Bed Light.",
        ),
        (
            "turn off the speaker in the living room",
            "turn_off",
            {"domain": "speaker", "area": "living room"},
            {"media_player.lounge_speaker": "off"},
            "Turned off Lounge Speaker.",
        ),
        ("toggle the desk lamp", "toggle", {"name": "desk lamp"}, {"light.desk_lamp": "on"},
         "Switched Desk Lamp over."),
        (
            "open the blinds",
            "open",
            {"device_class": "blind"},
            {"cover.kitchen_blind": "open", "cover.bedroom_curtain": "closed"},
            "Opening Kitchen Blind.",
        ),
        (
            "open the curtain in the bedroom",
            "open",
            {"device_class": "curtain", "area": "bedroom"},
            {"cover.bedroom_curtain": "open"},
            "Opening Bedroom Curtain.",
        ),
        (
            "close the bedroom curtain",
            "close",
            {"name": "bedroom curtain"},
            {"cover.bedroom_curtain": "closed"},
            "Closing Bedroom Curtain.",
        ),
        ("close the garage", "close", {"device_class": "garage"}, {"cover.garage_door": "closed"},
         "Closing Garage Door."),
        (
            "open the kitchen blind halfway",
            "set_position",
            {"name": "kitchen blind", "position": 50},
            {"cover.kitchen_blind current_position": 50},
            "Moving Kitchen Blind to 50 percent.",
        ),
        ("lock the front door", "lock", {"name": "front door"}, {"lock.front_door": "locked"}, "Locked Front Door."),
        (
            "lock everything",
            "lock",
            {"area": "everywhere", "domain": "lock"},
            {"lock.front_door": "locked", "lock.back_door": "locked"},
            "Locked Front Door and Back Door.",
        ),
        (
            "turn on good night",
            "turn_on",
            {"name": "good night"},
            {"light.bed_light": "off"},
            "Turned on Good Night.",
        ),
    ],
)  # fmt: skip
async def test_does_what_was_said(
    home: Home, kitchen: Household, show: Show, said: str, function: str, args: Args, effect: Effect, speech: str
) -> None:
    if function in ("close", "lock"):
        for entity_id in ("cover.bedroom_curtain", "cover.garage_door"):
            home.become(entity_id, is_closed=False, current_cover_position=100)
        for entity_id in ("lock.front_door", "lock.back_door"):
            home.become(entity_id, is_locked=False)
    if args.get("name") == "good night":
        home.become("light.bed_light", is_on=True)
    heard = await kitchen.say(said, [(function, args)])
    assert (heard.speech, heard.failed, heard.goes_on) == (speech, False, False)
    show(heard, home.shows(effect))


async def test_turning_a_room_off(home: Home, kitchen: Household, show: Show) -> None:
    await kitchen.do("turn_on", area="everywhere", domain="light")
    home.become("switch.coffee_machine", is_on=True)
    home.become("cover.kitchen_blind", is_closed=False)
    heard = await kitchen.say("turn off the kitchen", [("turn_off", {"area": "kitchen"})])
    effect = {"light.counter_light": "off", "switch.coffee_machine": "off", "cover.kitchen_blind": "open"}
    show(heard, home.shows(effect | {"light.bed_light": "on"}))


@pytest.mark.parametrize(
    ("args", "speech"),
    [
        ({"name": "chandelier"}, "I can't find chandelier here."),
        ({"area": "cellar", "domain": "light"}, "I don't know a room called cellar."),
        ({"floor": "attic", "domain": "light"}, "I don't know a floor called attic."),
        ({"area": "hall", "domain": "light"}, "I found nothing like that in Hall."),
        ({"floor": "upstairs", "domain": "switch"}, "I found nothing like that in Upstairs."),
        ({"domain": "siren"}, "There is no such device here."),
        ({"device_class": "spaceship"}, "There is no such device here."),
    ],
)
async def test_what_is_not_there_is_said(home: Home, kitchen: Household, args: Args, speech: str) -> None:
    heard = await kitchen.do("turn_on", **args)
    assert (heard.speech, heard.failed) == (speech, True)
    assert home.services == []


async def test_asks_what_to_turn_off(home: Home, kitchen: Household) -> None:
    heard = await kitchen.do("turn_off")
    assert (heard.speech, heard.goes_on) == ("Which device do you mean?", True)
    assert home.services == []


async def test_what_is_hidden_cannot_be_reached(home: Home, kitchen: Household) -> None:
    home.hide("light.bed_light", "light.counter_light")
    assert (await kitchen.do("turn_on", name="bed light")).failed
    assert (await kitchen.do("turn_on", area="kitchen", domain="light")).speech == "Turned on Ceiling Light."
    assert home.states("light.bed_light", "light.counter_light") == ["off", "off"]


async def test_a_toss_up_is_asked_about(home: Home, kitchen: Household, show: Show) -> None:
    heard = await kitchen.say("turn on the ceiling", [("turn_on", {"name": "ceiling"})])
    assert heard.speech == "Turned on Ceiling Light.", "the one in this room"
    kitchen.device_id = None
    heard = await kitchen.say("turn on the ceiling", [("turn_on", {"name": "ceiling"})])
    assert (heard.speech, heard.goes_on) == ("Which one do you mean: Ceiling Light or Ceiling Fan?", True)
    show(heard, "nothing is switched")


async def test_without_a_room_the_room_is_asked_for(home: Home, household: Household, show: Show) -> None:
    household.device_id = home.device_id("bedroom")
    home.hide("light.bed_light")
    heard = await household.say("turn on the lights", [("turn_on", {"domain": "light"})])
    assert (heard.speech, heard.goes_on) == ("In which room: Kitchen or Living Room?", True)
    heard = await household.say("in the kitchen")
    assert heard.speech == "Turned on Counter Light and Ceiling Light."
    show(heard, home.shows({"light.counter_light": "on", "light.desk_lamp": "off"}))


async def test_the_only_room_with_such_devices_is_meant(home: Home, household: Household) -> None:
    household.device_id = home.device_id("bedroom")
    home.hide("light.bed_light", "light.desk_lamp")
    assert (await household.do("turn_on", domain="light")).speech == "Turned on Counter Light and Ceiling Light."


async def test_devices_without_a_room_are_asked_for_by_name(home: Home, household: Household) -> None:
    household.device_id = home.device_id("bedroom")
    home.hide("light.bed_light")
    registry_update(home, "light.desk_lamp", area_id=None)
    heard = await household.do("turn_on", domain="light")
    assert heard.speech == "Which one do you mean: Counter Light, Ceiling Light or Desk Lamp?"
    assert (await household.say("the desk lamp")).speech == "Turned on Desk Lamp."


async def test_namesakes_are_told_apart_by_their_rooms(home: Home, household: Household) -> None:
    household.device_id = home.device_id("bedroom")
    registry_update(home, "light.desk_lamp", name="Ceiling Light")
    await home.hass.async_block_till_done()
    heard = await household.do("turn_on", name="ceiling light")
    assert heard.speech == "Which one do you mean: Kitchen or Living Room?"
    assert (await household.say("the one in the lounge")).speech == "Turned on Ceiling Light."
    assert home.states("light.desk_lamp", "light.ceiling_light") == ["on", "off"]
    heard = await household.do("turn_on", area="everywhere", name="ceiling light")
    assert heard.goes_on


def registry_update(home: Home, entity_id: str, **changes: Any) -> None:
    er.async_get(home.hass).async_update_entity(entity_id, **changes)


async def test_a_place_taken_for_a_name(home: Home, kitchen: Household) -> None:
    assert (await kitchen.do("turn_on", name="bedroom", domain="light")).speech == "Turned on Bed Light."


async def test_a_name_in_another_room(home: Home, kitchen: Household) -> None:
    assert (await kitchen.do("turn_on", name="light", area="bedroom")).speech == "Turned on Bed Light."
    assert (await kitchen.do("turn_on", name="bedd lightt", area="bedroom")).speech == "Turned on Bed Light."
    assert (await kitchen.do("turn_on", name="coffee machine", area="bedroom")).failed


async def test_done_is_said_only_when_it_is_done(
    home: Home, kitchen: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("custom_components.local_llm_voice.skills.act.SETTLE_SECONDS", 0.05)
    home.devices["light.bed_light"].deaf = True
    heard = await kitchen.do("turn_on", name="bed light")
    assert (heard.speech, heard.failed) == ("There was no response from Bed Light.", True)
    home.devices["light.ceiling_light"].deaf = True
    heard = await kitchen.do("turn_on", area="kitchen", domain="light")
    assert heard.speech == "Turned on Counter Light. There was no response from Ceiling Light."
    assert not heard.failed


async def test_a_device_that_refuses(home: Home, kitchen: Household) -> None:
    home.devices["lock.front_door"].broken = True
    heard = await kitchen.do("lock", name="front door")
    assert (heard.speech, heard.failed) == ("That did not work with Front Door.", True)


async def test_a_device_that_is_away(home: Home, kitchen: Household) -> None:
    home.become("light.counter_light", available=False)
    heard = await kitchen.do("turn_on", name="counter light")
    assert (heard.speech, heard.failed) == ("I can't reach Counter Light right now.", True)
    heard = await kitchen.do("turn_on", area="kitchen", domain="light")
    assert heard.speech == "Turned on Ceiling Light. There was no response from Counter Light."


async def test_players_that_cannot_be_switched_stay_as_they_are(home: Home, kitchen: Household) -> None:
    home.become("media_player.lounge_speaker", supported_features=MediaPlayerEntityFeature(0))
    home.become("light.desk_lamp", is_on=True)
    assert (await kitchen.do("turn_off", area="living room")).speech == "Turned off Desk Lamp."
    home.hide("light.desk_lamp")
    assert (await kitchen.do("turn_off", area="living room")).speech == "That did not work with Lounge Speaker."


async def test_several_of_the_same_room_name(home: Home, kitchen: Household) -> None:
    registry_update(home, "light.ceiling_light", name="Light")
    registry_update(home, "light.bed_light", name="Light")
    await home.hass.async_block_till_done()
    home.hide("light.counter_light", "light.desk_lamp")
    heard = await kitchen.do("turn_on", area="everywhere", domain="light")
    assert heard.speech == "Turned on Light (Kitchen) and Light (Bedroom)."


async def test_scenes_and_scripts_have_no_state_to_wait_for(home: Home, kitchen: Household) -> None:
    assert (await kitchen.do("turn_on", name="movie night")).speech == "Turned on Movie Night."
    assert (await kitchen.do("toggle", name="good night")).speech == "Switched Good Night over."
    assert home.state("light.bed_light").state == "off"


async def test_exposure_is_that_of_the_assistant(home: Home, kitchen: Household) -> None:
    home.hide("lock.back_door")
    heard = await kitchen.do("unlock", domain="lock")
    assert heard.speech == "Should I really unlock Front Door?"
    async_expose_entity(home.hass, "conversation", "lock.back_door", True)
    assert (await kitchen.do("unlock", domain="lock")).speech == "Should I really unlock Back Door?"


@pytest.mark.parametrize(
    ("area", "said", "found"),
    [("Bad", "badet", True), ("Køkken", "køkkenet", True), ("Küche", "die Küche", True), ("台所", "台所", True),
     ("厨房", "厨房", True), ("Bad", "badstue", False)],
)  # fmt: skip
async def test_rooms_with_an_article(home: Home, kitchen: Household, area: str, said: str, found: bool) -> None:
    registry = ar.async_get(home.hass)
    room = registry.async_get_area_by_name("Bedroom")
    assert room
    registry.async_update(room.id, name=area, aliases=set())
    await kitchen.do("turn_on", area=said, domain="light")
    assert (home.state("light.bed_light").state == "on") is found


async def test_lights_off_from_nowhere_mean_the_house(home: Home, household: Household) -> None:
    lights = ("light.counter_light", "light.bed_light", "light.desk_lamp")
    await household.do("turn_on", area="everywhere", domain="light")
    assert home.shows(dict.fromkeys(lights, "on"))
    heard = await household.do("turn_off", domain="light")
    assert not heard.goes_on
    assert home.shows(dict.fromkeys(lights, "off"))
