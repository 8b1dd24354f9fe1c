"""Lists, on real to-do entities."""

from typing import Any

import pytest
from custom_components.local_llm_voice.skills.lists import READ_OUT
from homeassistant.components.todo import TodoItem, TodoItemStatus
from tests.custom_components.local_llm_voice.devices import Paper
from tests.custom_components.local_llm_voice.home import Home
from tests.custom_components.local_llm_voice.household import Household, Show

SHOPPING, CHORES = "todo.shopping_list", "todo.chores"


def write(home: Home, entity_id: str, *items: str) -> None:
    """Write items on a list."""
    todo = [TodoItem(summary=item, uid=f"{item}-id", status=TodoItemStatus.NEEDS_ACTION) for item in items]
    home.become(entity_id, todo_items=todo)


def open_items(home: Home, entity_id: str) -> list[str]:
    """The open items of a list."""
    paper = home.devices[entity_id]
    assert isinstance(paper, Paper)
    return [item.summary or "" for item in paper.todo_items or [] if item.status is not TodoItemStatus.COMPLETED]


@pytest.mark.parametrize(
    ("said", "function", "args", "speech", "shopping", "chores"),
    [
        ("put milk on the list", "add_item", {"item": "milk"}, "Added milk to Shopping List.",
         ["eggs", "rye bread", "milk"], ["windows"]),
        ("add mop the floor to my chores", "add_item", {"item": "mop the floor", "list": "chores"},
         "Added mop the floor to Chores.", ["eggs", "rye bread"], ["windows", "mop the floor"]),
        ("put eggs on the list", "add_item", {"item": "Eggs"}, "Eggs is already on Shopping List.",
         ["eggs", "rye bread"], ["windows"]),
        ("tick off the bread", "complete_item", {"item": "bread"}, "Ticked rye bread off Shopping List.",
         ["eggs"], ["windows"]),
        ("remove eggs from the shoping list", "remove_item", {"item": "egs", "list": "shoping list"},
         "Took eggs off Shopping List.", ["rye bread"], ["windows"]),
        ("what is on the list", "list_items", {}, "On Shopping List: eggs and rye bread.",
         ["eggs", "rye bread"], ["windows"]),
        ("what are my chores", "list_items", {"list": "chores"}, "On Chores: windows.",
         ["eggs", "rye bread"], ["windows"]),
    ],
)  # fmt: skip
async def test_lists(
    home: Home,
    kitchen: Household,
    show: Show,
    said: str,
    function: str,
    args: dict[str, Any],
    speech: str,
    shopping: list[str],
    chores: list[str],
) -> None:
    write(home, SHOPPING, "eggs", "rye bread")
    write(home, CHORES, "windows")
    heard = await kitchen.say(said, [(function, args)])
    assert heard.speech == speech
    assert (open_items(home, SHOPPING), open_items(home, CHORES)) == (shopping, chores)
    show(heard, f"open on the shopping list: {', '.join(shopping)}; on the chores: {', '.join(chores)}")


@pytest.mark.parametrize(
    ("function", "args", "items"),
    [
        ("add_item", {"item": "milk"}, ["eggs"]),
        ("complete_item", {"item": "eggs"}, ["eggs"]),
        ("remove_item", {"item": "eggs"}, ["eggs"]),
    ],
)
async def test_wrong_takes_it_back(
    home: Home, kitchen: Household, function: str, args: dict[str, Any], items: list[str]
) -> None:
    write(home, SHOPPING, "eggs")
    await kitchen.do(function, **args)
    assert open_items(home, SHOPPING) != items
    assert (await kitchen.do("wrong")).speech == "Sorry, I took that back."
    assert open_items(home, SHOPPING) == items


@pytest.mark.parametrize(
    ("function", "args", "speech"),
    [
        ("complete_item", {"item": "caviar"}, "I can't find caviar on Shopping List."),
        ("complete_item", {"item": " "}, "I can't find   on Shopping List."),
        ("remove_item", {"item": "eggs", "list": "wishes"}, "There is no list called wishes."),
        ("add_item", {}, "That did not work."),
    ],
)
async def test_what_is_not_there(
    home: Home, kitchen: Household, function: str, args: dict[str, Any], speech: str
) -> None:
    write(home, SHOPPING, "eggs")
    heard = await kitchen.do(function, **args)
    assert (heard.speech, heard.failed) == (speech, True)
    assert open_items(home, SHOPPING) == ["eggs"]


@pytest.mark.parametrize("function", ["complete_item", "remove_item"])
async def test_of_two_items_that_fit_it_is_asked(home: Home, kitchen: Household, function: str) -> None:
    write(home, SHOPPING, "rye bread", "eggs", "white bread")
    heard = await kitchen.do(function, item="bread")
    assert (heard.speech, heard.goes_on) == ("Which one do you mean: rye bread or white bread?", True)
    assert open_items(home, SHOPPING) == ["rye bread", "eggs", "white bread"]
    await kitchen.say("the white one")
    assert open_items(home, SHOPPING) == ["rye bread", "eggs"]


async def test_an_item_that_fits_exactly_is_not_asked_about(home: Home, kitchen: Household) -> None:
    write(home, SHOPPING, "oat milk", "milk")
    assert (await kitchen.do("remove_item", item="the milk")).speech == "Took milk off Shopping List."
    assert (await kitchen.do("add_item", item="Oat Milk ")).speech == "Oat Milk is already on Shopping List."
    assert open_items(home, SHOPPING) == ["oat milk"]


async def test_of_two_lists_that_fit_it_is_asked(home: Home, kitchen: Household) -> None:
    home.rename(SHOPPING, "Work List")
    home.rename(CHORES, "Home List")
    await home.hass.async_block_till_done()
    heard = await kitchen.do("add_item", item="milk", list="list")
    assert (heard.speech, heard.goes_on) == ("Which list: Work List or Home List?", True)
    assert (await kitchen.say("home")).speech == "Added milk to Home List."
    assert (await kitchen.do("add_item", item="call", list="the work list")).speech == "Added call to Work List."


async def test_the_shopping_list_by_another_word(home: Home, kitchen: Household) -> None:
    assert (await kitchen.do("add_item", item="milk", list="groceries")).speech == "Added milk to Shopping List."
    home.rename(CHORES, "Groceries")
    await home.hass.async_block_till_done()
    assert (await kitchen.do("add_item", item="milk", list="groceries")).speech == "Added milk to Groceries."
    assert (await kitchen.do("add_item", item="eggs")).speech == "Added eggs to Shopping List."


async def test_a_list_that_cannot_be_reached(home: Home, kitchen: Household) -> None:
    home.become(SHOPPING, available=False)
    for function, args in (("add_item", {"item": "milk"}), ("remove_item", {"item": "milk"}), ("list_items", {})):
        heard = await kitchen.do(function, **args)
        assert (heard.speech, heard.failed) == ("I can't reach Shopping List right now.", True)


async def test_empty_and_long_lists(home: Home, kitchen: Household) -> None:
    assert (await kitchen.do("list_items")).speech == "There is nothing on Shopping List."
    write(home, SHOPPING, *(f"thing {number}" for number in range(READ_OUT + 2)))
    heard = await kitchen.do("list_items")
    assert heard.speech.endswith("thing 9, and 2 more.")


async def test_which_list_is_the_shopping_list(home: Home, kitchen: Household) -> None:
    home.hide(SHOPPING)
    assert (await kitchen.do("add_item", item="milk")).speech == "Added milk to Chores.", "the only one"
    home.hide(CHORES)
    heard = await kitchen.do("add_item", item="milk")
    assert (heard.speech, heard.failed) == ("There are no lists in this home yet.", True)


async def test_with_other_lists_only_it_is_asked(home: Home, kitchen: Household) -> None:
    home.rename(SHOPPING, "Weekend")
    await home.hass.async_block_till_done()
    heard = await kitchen.do("add_item", item="milk")
    assert (heard.speech, heard.goes_on) == ("Which list: Weekend or Chores?", True)
    assert (await kitchen.say("weekend")).speech == "Added milk to Weekend."


async def test_in_the_users_language(home: Home, kitchen: Household) -> None:
    home.rename(SHOPPING, "Einkaufsliste")
    await home.hass.async_block_till_done()
    heard = await kitchen.say("Milch auf die Liste", [("add_item", {"item": "Milch"})], language="de")
    assert "Milch" in heard.speech
    assert open_items(home, SHOPPING) == ["Milch"]


async def test_a_list_that_cannot_be_changed(home: Home, kitchen: Household) -> None:
    home.devices[SHOPPING].broken = True
    heard = await kitchen.do("add_item", item="milk")
    assert (heard.speech, heard.failed) == ("That did not work.", True)
