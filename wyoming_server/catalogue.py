"""The functions that the model may call: names, arguments and what they are for.

The table below is the contract with the models and with Home Assistant. Grammar, parser, prompt, training data and
docs/catalogue.md are derived from it. A line is a signature, the text after the dash says what it does. Arguments are
strings unless typed, optional unless marked with a star. Words in capitals stand for a group of arguments.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

GROUPS = {
    "PLAYER": "area, floor, player",
    "TARGET": "area, floor, name, domain, device_class",
    "DELAY": "in_hours: number, in_minutes: number, in_seconds: number",
    "DURATION": "hours: number, minutes: number, seconds: number",
    "WHICH": "name, area, start_hours: number, start_minutes: number, start_seconds: number",
}

TABLE = """
media
  play_music(song, artist, album, playlist, genre, year, sort, service, query, shuffle: bool, PLAYER, DELAY) - play music; without arguments, play something
  play_favorite(kind, person, artist, genre, period, PLAYER, DELAY) - play what is played most here
  play_radio(station, PLAYER, DELAY) - play a radio station
  play_podcast(title, sort, PLAYER, DELAY) - play a podcast
  play_audiobook(title, PLAYER, DELAY) - read an audiobook
  pause(PLAYER, DELAY) - pause what plays
  resume(PLAYER) - go on playing
  stop(PLAYER, DELAY) - stop a ringing timer, else what plays
  next_track(PLAYER) - skip to the next track
  previous_track(PLAYER) - back to the previous track
  restart_track(PLAYER) - play the current track again from its beginning
  shuffle(on: bool, PLAYER) - play in random order, or no longer
  repeat(mode: one|all|off, PLAYER) - repeat one track, all, or no longer
  seek(seconds*: int, PLAYER) - jump forward, or back where negative
  set_volume(level*: int, PLAYER) - set the volume, 0 to 100
  volume_up(amount: int, PLAYER) - louder
  volume_down(amount: int, PLAYER) - quieter
  mute(PLAYER) - silence the player
  unmute(PLAYER) - end the silence
  whats_playing(PLAYER) - say what plays
  rate_song(liked*: bool) - remember that the current song is liked or disliked
  move_music(from_area, PLAYER) - move what plays to another room
  join_music(PLAYER) - play the same here too
  add_to_queue(song, artist, album, playlist, genre, query, next: bool, PLAYER) - play later, or next
  add_to_playlist(playlist*) - add the current song to a playlist
  whats_favorite(kind, person, artist, period) - say what is played most
weather
  get_weather(location, when, condition) - say the weather
math
  calculate(expression*) - work out an arithmetic expression
  convert(value*: number, from_unit*, to_unit*) - convert between units
news
  get_news(topic, source, when) - read the headlines
time
  get_time(location) - say the time
  get_date(when) - say the date
timers
  start_timer(DURATION, name) - start a timer
  extend_timer(DURATION, WHICH) - add time to a timer
  shorten_timer(DURATION, WHICH) - take time off a timer
  cancel_timer(WHICH) - cancel a timer
  cancel_all_timers(area) - cancel every timer
  pause_timer(WHICH) - pause a timer
  resume_timer(WHICH) - let a paused timer go on
  restart_timer(WHICH) - start a timer over
  timer_status(WHICH) - say what is left on a timer
lists
  add_item(item*, list) - put an item on a list
  complete_item(item*, list) - tick an item off
  remove_item(item*, list) - take an item off a list
  list_items(list) - read a list
home
  turn_on(TARGET, DELAY) - switch on
  turn_off(TARGET, DELAY) - switch off
  toggle(TARGET, DELAY) - switch over
  open(TARGET, DELAY) - open a cover, blind, door or valve
  close(TARGET, DELAY) - close it
  set_position(position*: int, TARGET, DELAY) - open to a position, 0 (closed) to 100
  lock(TARGET, DELAY) - lock
  unlock(TARGET, DELAY) - unlock
  set_light(brightness: int, color, color_temperature: int, TARGET, DELAY) - brightness 0 to 100, color, or kelvin
  brighten(amount: int, TARGET, DELAY) - more light
  dim(amount: int, TARGET, DELAY) - less light
  set_temperature(temperature*: number, TARGET, DELAY) - set a thermostat
  warmer(amount: number, TARGET, DELAY) - warmer
  cooler(amount: number, TARGET, DELAY) - cooler
  get_temperature(TARGET) - say how warm it is in the house
  set_fan_speed(speed*: int, TARGET, DELAY) - fan speed, 0 to 100
  start_vacuum(TARGET, DELAY) - start cleaning
  dock_vacuum(TARGET, DELAY) - send the vacuum home
  start_mower(TARGET, DELAY) - start mowing
  dock_mower(TARGET, DELAY) - send the mower home
  get_state(state, TARGET) - answer a question on a device
  run_scene(name*, DELAY) - activate a scene
  run_script(name*, DELAY) - run a script or routine
  broadcast(message*, area, DELAY) - say something on the speakers
chance
  flip_coin() - heads or tails
  roll_dice(sides: int, count: int) - roll dice
  random_number(low: int, high: int) - a random number
talk
  nevermind() - the request is taken back
  help() - what can you do?
  repeat_answer() - say that again
  wrong() - that was not what was asked
  unknown() - nothing here can do that, or it was not meant for the assistant
"""

UNKNOWN = "unknown"
MAX_CALLS = 4
"""Commands in one breath; more than four is a story, not a request."""


class Kind(Enum):
    """What an argument holds."""

    TEXT = "text"
    INTEGER = "int"
    NUMBER = "number"
    BOOLEAN = "bool"
    CHOICE = "choice"


@dataclass(frozen=True)
class Parameter:
    """One keyword argument of a function."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Function:
    """One function of the catalogue."""

    name: str
    skill: str
    purpose: str
    parameters: Mapping[str, Parameter]

    @property
    def signature(self) -> str:
        """The function as a line of Python, e.g. `rate_song(liked: bool)`."""
        types = {Kind.TEXT: "", Kind.INTEGER: ": int", Kind.NUMBER: ": float", Kind.BOOLEAN: ": bool"}
        parts = [
            p.name + (f": {'|'.join(p.choices)}" if p.kind is Kind.CHOICE else types[p.kind])
            for p in self.parameters.values()
        ]
        return f"{self.name}({', '.join(parts)})"


@cache
def catalogue() -> Mapping[str, Function]:
    """Every function by its name, in the order of the table."""
    functions: dict[str, Function] = {}
    skill = ""
    for line in TABLE.strip().splitlines():
        if not line.startswith(" "):
            skill = line.strip()
            continue
        signature, purpose = line.strip().split(" - ", 1)
        name, arguments = signature.rstrip(")").split("(", 1)
        parameters = {p.name: p for p in _parameters(arguments)}
        functions[name] = Function(name, skill, purpose, parameters)
    return functions


def _parameters(arguments: str) -> list[Parameter]:
    """The parameters of one signature; groups are expanded in place."""
    parameters: list[Parameter] = []
    for argument in filter(None, arguments.split(", ")):
        if argument in GROUPS:
            parameters += _parameters(GROUPS[argument])
            continue
        matched = re.fullmatch(r"(\w+)(\*?)(?:: (\S+))?", argument)
        if matched is None:
            raise ValueError(f"not an argument: {argument!r}")
        name, star, kind = matched.groups()
        if kind and "|" in kind:
            parameters.append(Parameter(name, Kind.CHOICE, bool(star), tuple(kind.split("|"))))
        else:
            parameters.append(Parameter(name, Kind(kind) if kind else Kind.TEXT, bool(star)))
    return parameters
