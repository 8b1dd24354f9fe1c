"""The prompt in a chat template: what the model is asked, and where it goes on."""

import pytest

from wyoming_server.calls import Call
from wyoming_server.translation.chat_template import render
from wyoming_server.translation.instruct_prompt import LONGEST_UTTERANCE, frame, utterance

CHATML = """\
{% for message in messages %}<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""


def test_the_utterance_stands_between() -> None:
    before, after = frame(CHATML)
    assert before.startswith("<|im_start|>user\nYou are the ears")
    assert before.endswith("\n\nUtterance: ")
    assert after == "\nCalls:<|im_end|>\n<|im_start|>assistant\n"


def test_a_model_without_a_template_is_asked_plainly() -> None:
    before, after = frame(None)
    assert before.startswith("You are the ears")
    assert after == "\nCalls:\n"


def test_what_templates_may_use() -> None:
    said = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    template = (
        "{{ bos_token }}{{ strftime_now('%d %b %Y') }}{{ eos_token }}"
        "{% for m in messages %}{% if m.role == 'user' %}{% continue %}{% endif %}"
        "{% generation %}{{ m.content | tojson }}{% endgeneration %}{% endfor %}"
    )
    assert render(template, said, "</s>") == '26 Jul 2024</s>"b"'


@pytest.mark.parametrize(
    "template", ["{{ raise_exception('no') }}", "{% if %}", "{{ messages[9].content.x }}", "hello"]
)
def test_a_template_that_does_not_work_is_named(template: str) -> None:
    with pytest.raises(ValueError, match="the chat template"):
        frame(template)


def test_what_was_said() -> None:
    assert utterance(" and \n the  hall", Call("pause", {"area": "den"})) == 'Before: pause(area="den")\nand the hall'
    assert utterance("word " * 500, None) == ("word " * 500)[:LONGEST_UTTERANCE]
