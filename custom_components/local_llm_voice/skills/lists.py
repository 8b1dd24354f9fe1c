"""Lists: the to-do lists of Home Assistant."""

from collections.abc import Iterable
from typing import Any, Final, cast

import probatio

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.todo import DOMAIN as TODO, TodoItemStatus
from homeassistant.components.todo.const import TodoServices
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import State
from homeassistant.helpers import config_validation as cv, entity_registry as er

from ..music.choose import CLOSE_ENOUGH, EXACTLY, PARTLY, similarity
from ..speech import words
from ..turn import Answer, Option, SkillError, Turn, Unclear
from .schema import Arguments
from .skill import READS, function
from .targets import TOSS_UP, names_of

READ_OUT: Final = 10

LIST: Arguments = {
    probatio.Optional(
        "list", description="Name; the shopping list if left out"
    ): cv.string
}
ITEM: Arguments = {probatio.Required("item"): cv.string, **LIST}


@function(
    title="Add to list",
    description="Put an item on a to-do list.",
    arguments=ITEM,
    assist=False,
)
async def add_item(turn: Turn, args: dict[str, Any]) -> Answer:
    """Put an item on a list."""
    todo = _find_list(turn, args.get("list"))
    item: str = args["item"].strip()
    present = await _async_items(turn, todo)
    if any(similarity(item, other["summary"]) == EXACTLY for other in present):
        return turn.answer("lists.already", item=item, list=todo.name)
    await _async_call(turn, todo, TodoServices.ADD_ITEM, item=item)

    async def undo() -> None:
        await _async_call(turn, todo, TodoServices.REMOVE_ITEM, item=[item])

    return turn.answer("lists.added", item=item, list=todo.name, undo=undo)


@function(
    title="Complete list item",
    description="Tick an item of a to-do list off.",
    arguments=ITEM,
    assist=False,
)
async def complete_item(turn: Turn, args: dict[str, Any]) -> Answer:
    """Tick an item off."""
    todo, item = await _async_found(turn, args)
    await _async_set_status(turn, todo, item, TodoItemStatus.COMPLETED)

    async def undo() -> None:
        await _async_set_status(turn, todo, item, TodoItemStatus.NEEDS_ACTION)

    return turn.answer(
        "lists.completed", item=item["summary"], list=todo.name, undo=undo
    )


@function(
    title="Remove list item",
    description="Take an item off a to-do list.",
    arguments=ITEM,
    assist=False,
)
async def remove_item(turn: Turn, args: dict[str, Any]) -> Answer:
    """Take an item off a list."""
    todo, item = await _async_found(turn, args)
    await _async_call(turn, todo, TodoServices.REMOVE_ITEM, item=[_id(item)])

    async def undo() -> None:
        await _async_call(turn, todo, TodoServices.ADD_ITEM, item=item["summary"])

    return turn.answer("lists.removed", item=item["summary"], list=todo.name, undo=undo)


@function(
    title="Read list",
    description="Read the open items of a to-do list.",
    arguments=LIST,
    annotations=READS,
    assist=False,
)
async def list_items(turn: Turn, args: dict[str, Any]) -> Answer:
    """Read a list."""
    todo = _find_list(turn, args.get("list"))
    items = [item["summary"] for item in await _async_items(turn, todo)]
    data = {"items": list(items)}
    if not items:
        return turn.answer("lists.empty", list=todo.name, data=data)
    if len(items) > READ_OUT:
        more = len(items) - READ_OUT
        return turn.answer(
            "lists.items_more",
            list=todo.name,
            items=items[:READ_OUT],
            n=more,
            count=more,
            data=data,
        )
    return turn.answer("lists.items", list=todo.name, items=items, data=data)


def _find_list(turn: Turn, name: str | None) -> State:
    """The list of a name; without one, the shopping list."""
    state = _list_meant(turn, name)
    if state.state == STATE_UNAVAILABLE:
        raise SkillError("home.unavailable", names=[state.name])
    return state


def _list_meant(turn: Turn, name: str | None) -> State:
    if turn.entity_ids and (state := turn.hass.states.get(turn.entity_ids[0])):
        return state
    lists = [
        state
        for state in turn.hass.states.async_all(TODO)
        if async_should_expose(turn.hass, turn.assistant, state.entity_id)
    ]
    if not lists:
        raise SkillError("lists.none")
    named = [([state.name, *names_of(turn.hass, state)], state) for state in lists]
    shopping = words(turn.language, "lists.shopping")
    if name and (found := _closest(name, named)):
        return _one_list(turn, found)
    if name and name.casefold() not in (word.casefold() for word in shopping):
        raise SkillError("lists.no_list", list=name)
    for word in shopping:
        if found := _closest(word, named):
            return _one_list(turn, found)
    registry = er.async_get(turn.hass)
    for state in lists:
        entry = registry.async_get(state.entity_id)
        if entry and entry.platform == "shopping_list":
            return state
    return _one_list(turn, lists)


def _one_list(turn: Turn, lists: list[State]) -> State:
    """The only one of these; asks where there are several."""
    if len(lists) == 1:
        return lists[0]
    raise Unclear(
        "lists.which",
        [
            Option(
                label=state.name,
                names=tuple(names_of(turn.hass, state)),
                entity_ids=(state.entity_id,),
            )
            for state in lists
        ],
    )


async def _async_found(
    turn: Turn, args: dict[str, Any]
) -> tuple[State, dict[str, Any]]:
    """The list and the open item on it that sounds like what was said."""
    todo = _find_list(turn, args.get("list"))
    spoken: str = args["item"]
    items = await _async_items(turn, todo)
    found = _closest(spoken, [([item["summary"]], item) for item in items])
    if not found:
        raise SkillError("lists.no_item", item=spoken, list=todo.name)
    summaries = list(dict.fromkeys(item["summary"] for item in found))
    if len(summaries) > 1:
        raise Unclear(
            "home.which",
            [
                Option(
                    label=summary,
                    args={"item": summary},
                    entity_ids=(todo.entity_id,),
                )
                for summary in summaries
            ],
        )
    return todo, found[0]


def _closest[T](spoken: str, named: Iterable[tuple[Iterable[str], T]]) -> list[T]:
    """What fits best what was said: one, several that fit as well, or nothing.

    "Bread" is both the rye bread and the white bread, but not where a bread is listed.
    """
    if not spoken.strip():
        return []
    scored = [(max(similarity(spoken, n) for n in names), it) for names, it in named]
    best = max((score for score, _ in scored), default=0.0)
    if best < CLOSE_ENOUGH:
        return []
    if best > PARTLY:
        # A part of the name was said, or all of it.
        best = EXACTLY if best == EXACTLY else PARTLY
        return [it for score, it in scored if score >= best]
    return [it for score, it in scored if score > best - TOSS_UP]


async def _async_items(turn: Turn, todo: State) -> list[dict[str, Any]]:
    response = await turn.hass.services.async_call(
        TODO,
        TodoServices.GET_ITEMS,
        {ATTR_ENTITY_ID: todo.entity_id, "status": TodoItemStatus.NEEDS_ACTION},
        blocking=True,
        context=turn.context,
        return_response=True,
    )
    return cast("dict[str, Any]", response)[todo.entity_id]["items"]  # type: ignore[no-any-return]


async def _async_set_status(
    turn: Turn, todo: State, item: dict[str, Any], status: TodoItemStatus
) -> None:
    await _async_call(
        turn, todo, TodoServices.UPDATE_ITEM, item=_id(item), status=status
    )


async def _async_call(
    turn: Turn, todo: State, service: TodoServices, **data: Any
) -> None:
    await turn.hass.services.async_call(
        TODO,
        service,
        {ATTR_ENTITY_ID: todo.entity_id, **data},
        blocking=True,
        context=turn.context,
    )


def _id(item: dict[str, Any]) -> str:
    """How the services name an item; its text where the list keeps no ids."""
    return str(item.get("uid") or item["summary"])


FUNCTIONS = (add_item, complete_item, remove_item, list_items)
