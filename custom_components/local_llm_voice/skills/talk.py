"""Talk about the conversation itself."""

from typing import Any, Final

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.helpers import area_registry as ar

from ..places import area_of_entity
from ..turn import Answer, Turn
from .skill import READS, function

EXAMPLES: Final = 3


@function(
    title="Never mind",
    description="The user takes the request back; nothing is done.",
    annotations=READS,
    assist=False,
)
async def nevermind(turn: Turn, args: dict[str, Any]) -> Answer:
    """Do nothing."""
    return turn.answer("talk.nevermind")


@function(
    title="Help",
    description="Say what the house can do.",
    annotations=READS,
    assist=False,
)
async def help_(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say three things that work in this home."""
    exposed = {
        state.domain
        for state in turn.hass.states.async_all()
        if async_should_expose(turn.hass, turn.assistant, state.entity_id)
    }
    area = _area_with_light(turn)
    examples = []
    if "media_player" in exposed and len(turn.runtime.plays.history):
        examples.append(turn.say("talk.example_music"))
    if area:
        examples.append(turn.say("talk.example_light", area=area.name))
    if "weather" in exposed:
        examples.append(turn.say("talk.example_weather"))
    if "todo" in exposed:
        examples.append(turn.say("talk.example_list"))
    examples += [turn.say("talk.example_timer"), turn.say("talk.example_math")]
    quoted = [turn.say("talk.quoted", text=text) for text in examples[:EXAMPLES]]
    return turn.answer("talk.help", examples=quoted)


def _area_with_light(turn: Turn) -> ar.AreaEntry | None:
    """The speaker's area if it has a light, else another one that has."""
    areas = [
        area
        for state in turn.hass.states.async_all("light")
        if async_should_expose(turn.hass, turn.assistant, state.entity_id)
        and (area := area_of_entity(turn.hass, state.entity_id))
    ]
    if turn.area in areas:
        return turn.area
    return next(iter(areas), None)


@function(
    title="Repeat answer",
    description="Say the last answer again.",
    annotations=READS,
    assist=False,
)
async def repeat_answer(turn: Turn, args: dict[str, Any]) -> Answer:
    """Say the last answer again."""
    recent = turn.recent
    if not recent.speech:
        return turn.answer("talk.nothing_said")
    return Answer(
        speech=recent.speech,
        question=recent.question,
        from_outside=recent.from_outside,
    )


@function(
    title="Wrong",
    description="The last action was not what the user asked for: take it back.",
    assist=False,
)
async def wrong(turn: Turn, args: dict[str, Any]) -> Answer:
    """Undo the last action where that is possible, and mark the turn."""
    recent = turn.recent
    if recent.trace:
        recent.trace.wrong = True
    undo, recent.undo = recent.undo, None
    if undo is None:
        return turn.answer("talk.sorry")
    await undo()
    return turn.answer("talk.undone")


FUNCTIONS = (nevermind, help_, repeat_answer, wrong)
