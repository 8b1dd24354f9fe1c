"""What an instruct model is told: the catalogue, examples, the utterance. Fine-tuning trains on the very same prompt.

The prompt has three parts, each turned into tokens by itself: what stands before the utterance and never changes, the
utterance, in which no special token can be spoken, and what stands after it.
"""

from ..calls import Call
from ..catalogue import catalogue

LONGEST_ANSWER = 160
"""Tokens."""
LONGEST_UTTERANCE = 500
"""Characters; what is said beyond is cut off."""
CONTEXT = 6144
"""Tokens: the fixed part takes 3,000 to 4,000 with common tokenizers."""
MARK = "<<<utterance>>>"
INTRODUCTION = """\
You are the ears of a smart home. You get one utterance and answer with calls of these functions, one a line, nothing
else. Arguments are keywords; leave out what was not said. Strings are the spoken words in the speaker's language,
without article. Areas are rooms; area="everywhere" is the whole house; domain ("light", "fan", "cover", "lock",
"climate") and device_class say which kind of device; name is a device's own name. Talk that is not meant for you, and
everything that no function does, is unknown().
"""
EXAMPLES = (
    ("turn off the kitchen lights", 'turn_off(area="kitchen", domain="light")'),
    ("Play Hey Jude by the Beatles on Spotify", 'play_music(song="Hey Jude", artist="Beatles", service="Spotify")'),
    ("play something by Abba in the bedroom", 'play_music(artist="Abba", area="bedroom")'),
    ("play my daughter's favorite song", 'play_favorite(person="daughter")'),
    ("wie wird das Wetter morgen in Köln", 'get_weather(location="Köln", when="morgen")'),
    ("do I need an umbrella tonight", 'get_weather(when="tonight", condition="umbrella")'),
    ("set a timer for an hour and a half", "start_timer(hours=1, minutes=30)"),
    ("what is fifteen percent of eighty", 'calculate(expression="15/100*80")'),
    ("how many miles are 20 kilometers", 'convert(value=20, from_unit="kilometer", to_unit="mile")'),
    ("mets le volume à trente", "set_volume(level=30)"),
    ("add milk and eggs to my list", 'add_item(item="milk")\nadd_item(item="eggs")'),
    (
        "open the blinds and turn on the heating in ten minutes",
        'open(device_class="blind")\nturn_on(domain="climate", in_minutes=10)',
    ),
    ("wake me at seven", "unknown()"),
    ("and then she said she would not come", "unknown()"),
)


def utterance(text: str, previous: Call | None) -> str:
    """What was said, after the call before it where it follows up on one."""
    before = f"Before: {previous}\n" if previous else ""
    return before + " ".join(text.split())[:LONGEST_UTTERANCE]


def frame(template: str | None, end_of_sequence: str = "") -> tuple[str, str]:
    """What stands before and after an utterance: in the words of the chat template where the model has one.

    Raises ValueError where the template does not work.
    """
    if template is None:
        return f"{_briefing()}\n{_examples()}Utterance: ", "\nCalls:\n"
    from .chat_template import render  # noqa: PLC0415  (a home with the embedded model never needs it)

    content = f"{_briefing()}\n{_examples()}Utterance: {MARK}\nCalls:"
    rendered = render(template, [{"role": "user", "content": content}], end_of_sequence, answer=True)
    before, mark, after = rendered.partition(MARK)
    if not mark:
        raise ValueError("the chat template leaves out what was said")
    return before, after


def _briefing() -> str:
    lines = [INTRODUCTION]
    skill = ""
    for function in catalogue().values():
        if function.skill != skill:
            skill = function.skill
            lines.append(f"# {skill}")
        lines.append(f"{function.signature}  # {function.purpose}")
    return "\n".join(lines) + "\n"


def _examples() -> str:
    return "".join(f"Utterance: {said}\nCalls:\n{calls}\n\n" for said, calls in EXAMPLES)
