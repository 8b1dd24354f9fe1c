"""Everyday commands, what they call, and what they do in the demo home."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from demo.music import SONGS, file_of


@dataclass(frozen=True)
class Action:
    """A service of Home Assistant on one thing, known by the name that people see."""

    service: str
    name: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Command:
    """One utterance and what is due."""

    text: str
    calls: str
    """In the call syntax, one a line; further accepted answers behind a line `or`."""
    effect: Mapping[str, Any] = field(default_factory=dict)
    """States afterwards: by "Kitchen Light", or by "Kitchen Light brightness" for an attribute."""
    spoken: str = ""
    """A pattern found in the answer, in any case."""
    given: tuple[Action | str, ...] = ()
    """What happens before; a string is said."""


def either(*calls: str) -> str:
    """Calls of which each is right."""
    return "\nor\n".join(calls)


def do(service: str, name: str, **data: Any) -> Action:
    """An action, written shortly."""
    return Action(service, name, data)


def playing(title: str, room: str = "Kitchen") -> tuple[Action, ...]:
    """A song playing in one room, and nothing in the other."""
    song = next(song for song in SONGS if song.title == title)
    return (
        *QUIET,
        do(
            "media_player.play_media",
            f"{room} Speaker",
            media_content_id=file_of(song),
            media_content_type="music",
        ),
    )


QUIET = (do("media_player.media_stop", "Kitchen Speaker"), do("media_player.media_stop", "Living Room Speaker"))
ALL_LIGHTS = ("Kitchen Light", "Living Room Light", "Floor Lamp", "Bed Light")
LIGHTS_ON = tuple(do("light.turn_on", name) for name in ALL_LIGHTS)
LIGHTS_OFF = tuple(do("light.turn_off", name) for name in ALL_LIGHTS)

LIGHTS = (
    Command(
        "turn on the kitchen light",
        either('turn_on(area="kitchen", domain="light")', 'turn_on(name="kitchen light")'),
        {"Kitchen Light": "on", "Living Room Light": "off", "Bed Light": "off"},
        "kitchen light",
        LIGHTS_OFF,
    ),
    Command(
        "turn off the kitchen light",
        either('turn_off(area="kitchen", domain="light")', 'turn_off(name="kitchen light")'),
        {"Kitchen Light": "off", "Living Room Light": "on"},
        given=LIGHTS_ON,
    ),
    Command(
        "switch on the light in the bedroom",
        'turn_on(area="bedroom", domain="light")',
        {"Bed Light": "on", "Kitchen Light": "off", "Bedroom Fan": "off"},
        given=(*LIGHTS_OFF, do("fan.turn_off", "Bedroom Fan")),
    ),
    Command(
        "turn off all the lights",
        either('turn_off(area="everywhere", domain="light")', 'turn_off(domain="light")'),
        dict.fromkeys(ALL_LIGHTS, "off"),
        given=LIGHTS_ON,
    ),
    Command(
        "turn on the bed light",
        'turn_on(name="bed light")',
        {"Bed Light": "on", "Kitchen Light": "off"},
        given=LIGHTS_OFF,
    ),
    Command(
        "please turn off the floor lamp",
        'turn_off(name="floor lamp")',
        {"Floor Lamp": "off", "Living Room Light": "on"},
        given=LIGHTS_ON,
    ),
    Command(
        "turn off the lights in the living room",
        'turn_off(area="living room", domain="light")',
        {"Living Room Light": "off", "Floor Lamp": "off", "Kitchen Light": "on"},
        given=LIGHTS_ON,
    ),
    Command(
        "set the bed light to 40 percent",
        'set_light(name="bed light", brightness=40)',
        {"Bed Light brightness": 102},
        given=LIGHTS_OFF,
    ),
    Command(
        "make the kitchen light blue",
        either(
            'set_light(area="kitchen", domain="light", color="blue")',
            'set_light(area="kitchen", color="blue")',
            'set_light(name="kitchen light", color="blue")',
        ),
        {"Kitchen Light": "on", "Kitchen Light hs_color": [240.0, 100.0]},
        given=LIGHTS_OFF,
    ),
    Command(
        "dim the bed light",
        'dim(name="bed light")',
        {"Bed Light brightness": 140},
        given=(do("light.turn_on", "Bed Light", brightness=191),),
    ),
    Command(
        "make it brighter in the kitchen",
        either('brighten(area="kitchen")', 'brighten(area="kitchen", domain="light")'),
        {"Kitchen Light brightness": 153},
        given=(do("light.turn_on", "Kitchen Light", brightness=102),),
    ),
    Command("toggle the floor lamp", 'toggle(name="floor lamp")', {"Floor Lamp": "on"}, given=LIGHTS_OFF),
    Command(
        "are any lights on in the kitchen",
        'get_state(state="on", area="kitchen", domain="light")',
        {"Kitchen Light": "on"},
        "^yes",
        LIGHTS_ON,
    ),
)

HOUSE = (
    Command(
        "turn on the coffee machine",
        'turn_on(name="coffee machine")',
        {"Coffee Machine": "on"},
        given=(do("switch.turn_off", "Coffee Machine"),),
    ),
    Command(
        "turn the coffee machine off",
        'turn_off(name="coffee machine")',
        {"Coffee Machine": "off"},
        given=(do("switch.turn_on", "Coffee Machine"),),
    ),
    Command(
        "open the blinds in the living room",
        'open(area="living room", device_class="blind")',
        {"Living Room Blinds": "open", "Garage Door": "closed"},
        given=(do("cover.close_cover", "Living Room Blinds"), do("cover.close_cover", "Garage Door")),
    ),
    Command(
        "close the living room blinds",
        either('close(area="living room", device_class="blind")', 'close(name="living room blinds")'),
        {"Living Room Blinds": "closed"},
        given=(do("cover.open_cover", "Living Room Blinds"),),
    ),
    Command(
        "set the living room blinds to 30 percent",
        either(
            'set_position(area="living room", device_class="blind", position=30)',
            'set_position(name="living room blinds", position=30)',
        ),
        {"Living Room Blinds current_position": 30},
        given=(do("cover.close_cover", "Living Room Blinds"),),
    ),
    Command(
        "open the garage door",
        either('open(device_class="garage")', 'open(name="garage door")'),
        {"Garage Door": "closed"},
        r"\?$",
        (do("cover.close_cover", "Garage Door"),),
    ),
    Command(
        "close the garage door",
        either('close(device_class="garage")', 'close(name="garage door")'),
        {"Garage Door": "closed"},
        given=(do("cover.open_cover", "Garage Door"),),
    ),
    Command(
        "lock the front door",
        'lock(name="front door")',
        {"Front Door": "locked"},
        given=(do("lock.unlock", "Front Door"),),
    ),
    Command(
        "unlock the front door",
        'unlock(name="front door")',
        {"Front Door": "locked"},
        r"\?$",
        (do("lock.lock", "Front Door"),),
    ),
    Command(
        "is the front door locked",
        'get_state(name="front door", state="locked")',
        {"Front Door": "locked"},
        "^yes",
        (do("lock.lock", "Front Door"),),
    ),
    Command(
        "turn on the fan in the bedroom",
        'turn_on(area="bedroom", domain="fan")',
        {"Bedroom Fan": "on", "Bed Light": "off"},
        given=(do("fan.turn_off", "Bedroom Fan"), *LIGHTS_OFF),
    ),
    Command(
        "set the bedroom fan to 50 percent",
        either(
            'set_fan_speed(area="bedroom", domain="fan", speed=50)',
            'set_fan_speed(area="bedroom", speed=50)',
            'set_fan_speed(name="bedroom fan", speed=50)',
        ),
        {"Bedroom Fan percentage": 50},
    ),
    Command("start the vacuum", "start_vacuum()", {"Robot": "cleaning"}, given=(do("vacuum.return_to_base", "Robot"),)),
    Command(
        "send the vacuum back to its dock",
        "dock_vacuum()",
        {"Robot": "returning"},
        given=(do("vacuum.start", "Robot"),),
    ),
    Command(
        "set the thermostat to 22 degrees",
        either(
            "set_temperature(temperature=22)",
            'set_temperature(temperature=22, name="thermostat")',
            'set_temperature(temperature=22, domain="climate")',
        ),
        {"Thermostat temperature": 22},
        given=(do("climate.set_temperature", "Thermostat", temperature=20),),
    ),
    Command(
        "make it warmer in the living room",
        'warmer(area="living room")',
        {"Thermostat temperature": 21},
        given=(do("climate.set_temperature", "Thermostat", temperature=20),),
    ),
    Command("how warm is it in the living room", 'get_temperature(area="living room")', spoken=r"19\.4"),
    Command(
        "activate movie night",
        either('run_scene(name="movie night")', 'run_script(name="movie night")'),
        {"Living Room Light": "on", "Living Room Light brightness": 40},
        given=LIGHTS_OFF,
    ),
    Command(
        "run the good night script",
        'run_script(name="good night")',
        dict.fromkeys(ALL_LIGHTS, "off"),
        given=LIGHTS_ON,
    ),
    Command(
        "turn on the coffee machine and turn off the bed light",
        'turn_on(name="coffee machine")\nturn_off(name="bed light")',
        {"Coffee Machine": "on", "Bed Light": "off"},
        given=(do("switch.turn_off", "Coffee Machine"), do("light.turn_on", "Bed Light")),
    ),
)

MUSIC = (
    Command(
        "play my favorite song in the kitchen",
        'play_favorite(area="kitchen")',
        {"Kitchen Speaker": "playing", "Kitchen Speaker media_title": "Baby Shark"},
        "baby shark",
        QUIET,
    ),
    Command(
        "play Let It Go in the kitchen",
        'play_music(song="Let It Go", area="kitchen")',
        {"Kitchen Speaker": "playing", "Kitchen Speaker media_title": "Let It Go"},
        given=QUIET,
    ),
    Command(
        "play Take Five in the living room",
        'play_music(song="Take Five", area="living room")',
        {"Living Room Speaker": "playing", "Living Room Speaker media_title": "Take Five"},
        given=QUIET,
    ),
    Command(
        "play Yellow Submarine by the Beatles in the kitchen",
        'play_music(song="Yellow Submarine", artist="the Beatles", area="kitchen")',
        {"Kitchen Speaker": "playing", "Kitchen Speaker media_title": "Yellow Submarine"},
        given=QUIET,
    ),
    Command(
        "play some jazz in the living room",
        'play_music(genre="jazz", area="living room")',
        {"Living Room Speaker": "playing"},
        given=QUIET,
    ),
    Command(
        "play music by Miles Davis in the kitchen",
        'play_music(artist="Miles Davis", area="kitchen")',
        {"Kitchen Speaker": "playing", "Kitchen Speaker media_artist": "Miles Davis"},
        given=QUIET,
    ),
    Command(
        "play the album Abbey Road in the living room",
        'play_music(album="Abbey Road", area="living room")',
        {"Living Room Speaker": "playing", "Living Room Speaker media_title": "Here Comes the Sun"},
        given=QUIET,
    ),
    Command("pause the music", "pause()", {"Kitchen Speaker": "paused"}, given=playing("Take Five")),
    Command(
        "resume the music",
        "resume()",
        {"Kitchen Speaker": "playing"},
        given=(*playing("Take Five"), do("media_player.media_pause", "Kitchen Speaker")),
    ),
    Command("stop the music", either("stop()", "pause()"), given=playing("Take Five")),
    Command("skip this song", "next_track()", given=playing("Take Five")),
    Command(
        "set the volume to 30 percent",
        "set_volume(level=30)",
        {"Kitchen Speaker volume_level": 0.3},
        given=playing("So What"),
    ),
    Command(
        "turn the volume up",
        "volume_up()",
        {"Kitchen Speaker volume_level": 0.6},
        given=(*playing("So What"), do("media_player.volume_set", "Kitchen Speaker", volume_level=0.5)),
    ),
    Command(
        "turn it down",
        "volume_down()",
        {"Kitchen Speaker volume_level": 0.4},
        given=(*playing("So What"), do("media_player.volume_set", "Kitchen Speaker", volume_level=0.5)),
    ),
    Command("what song is this", "whats_playing()", spoken="so what.*miles davis", given=playing("So What")),
    Command("shuffle the music", "shuffle(on=True)", {"Kitchen Speaker shuffle": True}, given=playing("So What")),
    Command(
        "repeat this song",
        'repeat(mode="one")',
        {"Kitchen Speaker repeat": "one"},
        given=playing("So What"),
    ),
    Command("what's my favorite song", "whats_favorite()", spoken="baby shark"),
    Command("I like this song", "rate_song(liked=True)", given=playing("Baby Shark")),
    Command(
        "move the music to the living room",
        'move_music(area="living room")',
        {"Living Room Speaker": "playing", "Living Room Speaker media_title": "So What"},
        given=playing("So What"),
    ),
)

QUESTIONS = (
    Command("what's the weather", "get_weather()", spoken="14"),
    Command("what's the weather tomorrow", 'get_weather(when="tomorrow")', spoken="rain"),
    Command("will it rain tomorrow", 'get_weather(condition="rain", when="tomorrow")', spoken="^yes|rain"),
    Command("do I need an umbrella today", 'get_weather(condition="umbrella", when="today")', spoken="umbrella|^no"),
    Command("what is 12 times 7", 'calculate(expression="12*7")', spoken="84"),
    Command("what's 15 percent of 80", 'calculate(expression="15/100*80")', spoken="12"),
    Command("what is the square root of 144", 'calculate(expression="sqrt(144)")', spoken="12"),
    Command(
        "how many kilometers are 10 miles",
        'convert(value=10, from_unit="mile", to_unit="kilometer")',
        spoken=r"16\.09",
    ),
    Command("what time is it", "get_time()", spoken=r"\d"),
    Command("what's today's date", either("get_date()", 'get_date(when="today")'), spoken=r"\d"),
    Command("flip a coin", "flip_coin()", spoken="heads|tails"),
    Command("roll a die", "roll_dice()", spoken="[1-6]"),
)

PLANS = (
    Command("set a timer for 10 minutes", "start_timer(minutes=10)", spoken="10 minutes"),
    Command("set a pizza timer for 15 minutes", 'start_timer(minutes=15, name="pizza")', spoken="15 minutes|pizza"),
    Command(
        "how much time is left on the timer",
        "timer_status()",
        spoken="minute",
        given=("cancel all timers", "set a timer for 10 minutes"),
    ),
    Command("cancel the timer", "cancel_timer()", given=("cancel all timers", "set a timer for 10 minutes")),
    Command("add milk to the shopping list", 'add_item(item="milk")', spoken="milk"),
    Command("what's on my shopping list", "list_items()", spoken="butter", given=("add butter to the shopping list",)),
)

TALK = (
    Command("never mind", "nevermind()"),
    Command("what can you do", "help()", spoken="."),
    Command("book me a flight to Lisbon", "unknown()", dict.fromkeys(ALL_LIGHTS, "on"), "sorry", LIGHTS_ON),
    Command(
        "and then she told me that her sister never called back",
        "unknown()",
        dict.fromkeys(ALL_LIGHTS, "off"),
        "sorry",
        LIGHTS_OFF,
    ),
)

COMMANDS = (*LIGHTS, *HOUSE, *MUSIC, *QUESTIONS, *PLANS, *TALK)
