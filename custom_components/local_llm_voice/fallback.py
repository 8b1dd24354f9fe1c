"""Handing an utterance that none of the skills can do over to another agent."""

import logging

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant

from .opening import may_open_the_house

_LOGGER = logging.getLogger(__name__)


async def async_fall_back(
    hass: HomeAssistant,
    agent_id: str,
    user_input: conversation.ConversationInput,
    chat_log: conversation.ChatLog,
) -> conversation.ConversationResult | None:
    """Let the other agent answer; None where it is gone, or must not be asked."""
    if conversation.async_get_agent_info(hass, agent_id) is None:
        _LOGGER.debug("The fallback agent %s is gone", agent_id)
        return None
    language, prompt = user_input.language, user_input.extra_system_prompt
    if may_open_the_house(hass, language, [user_input.text]):
        # It would act without the question that the skills ask first.
        return None
    conversation_id: str | None = chat_log.conversation_id
    if may_open_the_house(hass, language, [*_said_before(chat_log), prompt or ""]):
        # "Go ahead" must not be read as a yes to what was asked here.
        conversation_id = prompt = None
    result = await conversation.async_converse(
        hass,
        user_input.text,
        conversation_id,
        user_input.context,
        language=language,
        agent_id=agent_id,
        device_id=user_input.device_id,
        satellite_id=user_input.satellite_id,
        extra_system_prompt=prompt,
    )
    if conversation_id is None:
        speech = result.response.speech.get("plain", {}).get("speech")
        chat_log.async_add_assistant_content_without_tools(
            conversation.AssistantContent(agent_id=user_input.agent_id, content=speech)
        )
        result.conversation_id = chat_log.conversation_id
    return result


def _said_before(chat_log: conversation.ChatLog) -> list[str]:
    """What an agent that goes on with the conversation would read."""
    talk = (conversation.UserContent, conversation.AssistantContent)
    return [c.content or "" for c in chat_log.content if isinstance(c, talk)]
