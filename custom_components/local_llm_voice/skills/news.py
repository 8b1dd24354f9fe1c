"""News: headlines of the feeds that the user chose, and more on one of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
import re
from typing import Any, Final

import probatio
from rapidfuzz import fuzz

from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.llm import ToolAnnotations
from homeassistant.util import dt as dt_util

from ..feeds import Story
from ..memory import Call, Choice, Question
from ..speech import words
from ..spoken_time import Kind, TimeRange
from ..spoken_time.time_range import midnight
from ..turn import Answer, SkillError, Turn
from .skill import function
from .spoken_when import understood
from .targets import closeness

AT_ONCE: Final = 3
"""Headlines that are read before the user is asked."""

MOST: Final = 30
"""Headlines that "more" can reach."""

MOST_SOURCES: Final = 5
"""Names of feeds that are read out where another one was asked for."""

CLOSE_ENOUGH: Final = 80

SHORT: Final = 3
"""Characters of words that are only found whole: "US" is not in "usually"."""


@function(
    title="Get news",
    description="Read headlines aloud, or more on one of them.",
    arguments={
        probatio.Optional("topic", description="What the news are about"): cv.string,
        probatio.Optional("source", description="Paper or station"): cv.string,
        probatio.Optional("when", description="Such as 'today'"): cv.string,
    },
    annotations=ToolAnnotations(
        read_only=True, destructive=False, idempotent=True, open_world=True
    ),
    # Text of a feed may be written to command an assistant, so that none gets to read it.
    assist=False,
)
async def get_news(turn: Turn, args: dict[str, Any]) -> Answer:
    """Read three headlines and ask whether to go on; or tell one story."""
    if not turn.runtime.feeds.agreed:
        raise SkillError("news.off")
    stories = await turn.runtime.feeds.async_stories()
    if not stories:
        raise SkillError("news.unreachable")
    if turn.entity_ids:
        # The answer to our question: a story, or those that were not read yet.
        wanted = set(turn.entity_ids)
        found = [story for story in stories if story.id in wanted]
    else:
        found = _chosen(turn, args, stories)
    if not found:
        raise SkillError("news.nothing")
    if len(found) == 1:
        return _told(turn, found[0])
    return _headlines(turn, args, found[:MOST])


def _chosen(turn: Turn, args: dict[str, Any], stories: Sequence[Story]) -> list[Story]:
    """The stories of the topic, the source and the time that were said."""
    found = list(stories)
    if source := args.get("source"):
        found = [story for story in found if _is_from(story, source)]
        if not found:
            sources = list(dict.fromkeys(story.source for story in stories))
            raise SkillError(
                "news.no_source", source=source, sources=sources[:MOST_SOURCES]
            )
    if when := args.get("when"):
        start, end = _span(understood(turn, when, dt_util.now()))
        found = [s for s in found if s.published and start <= s.published < end]
    if topic := args.get("topic"):
        found = [story for story in found if _is_on(story, topic)]
        if not found:
            raise SkillError("news.nothing_on", topic=topic)
    return found


def _headlines(turn: Turn, args: dict[str, Any], stories: Sequence[Story]) -> Answer:
    """Read the first headlines and ask: "more", or more on one of them."""
    told, rest = stories[:AT_ONCE], stories[AT_ONCE:]
    call = Call("get_news", args)
    choices = [Choice(names=(), call=call, entity_ids=(story.id,)) for story in told]
    if rest:
        more = (*words(turn.language, "yes"), *words(turn.language, "news.words_more"))
        ids = tuple(story.id for story in rest)
        choices.append(Choice(names=more, call=call, entity_ids=ids))
    choices.append(Choice(names=words(turn.language, "no"), call=None))
    asked = turn.say("news.more" if rest else "news.which")
    sentences = [_sentence(turn, story.title) for story in told]
    return Answer(
        speech=turn.say("news.headlines", sentences=" ".join(sentences), asked=asked),
        question=Question(choices=tuple(choices), listed=len(told)),
        from_outside=True,
    )


def _told(turn: Turn, story: Story) -> Answer:
    """Tell what the feed says about one story."""
    text = _sentence(turn, story.title)
    more = _sentence(turn, story.summary) if story.summary else turn.say("news.no_more")
    return Answer(speech=f"{text} {more}", from_outside=True)


def _sentence(turn: Turn, text: str) -> str:
    """A text with an end, so that speech pauses behind it."""
    return text if text[-1:] in ".!?…。！？" else turn.say("news.sentence", text=text)


def _is_from(story: Story, source: str) -> bool:
    """Whether a story is of a source; feeds have names like "tagesschau.de - all news"."""
    named = set(re.findall(r"\w+", story.source.casefold()))
    said = re.findall(r"\w+", source.casefold())
    return (
        closeness(source, story.source) >= CLOSE_ENOUGH
        or named.issuperset(said)
        or (len("".join(said)) > SHORT and "".join(said) in story.host)
    )


def _is_on(story: Story, topic: str) -> bool:
    """Whether a story is about a topic: all of its words are in it, or nearly."""
    text = f"{story.title} {story.topics} {story.summary} {story.source}".casefold()
    heard = re.findall(r"\w+", text)
    return all(
        any(fuzz.ratio(word, other) >= CLOSE_ENOUGH for other in heard)
        # Longer words stand at the beginning of others, or between those without spaces.
        or (len(word) > SHORT and any(o.startswith(word) for o in heard))
        or (not word.isascii() and word in text)
        for word in re.findall(r"\w+", topic.casefold())
    )


def _span(wanted: TimeRange) -> tuple[datetime, datetime]:
    """The time that was said: of today and this week, news are what has been."""
    start = midnight(wanted.day, wanted.start)
    if wanted.kind is Kind.WEEK:
        start -= timedelta(days=start.weekday())
    elif wanted.kind is Kind.MONTH:
        start = start.replace(day=1)
    return start, wanted.end


FUNCTIONS = (get_news,)
