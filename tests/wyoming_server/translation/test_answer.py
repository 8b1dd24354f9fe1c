"""What is written for the model and read back from it."""

import pytest

from wyoming_server.calls import Call, parse
from wyoming_server.translation.answer import read, write
from wyoming_server.translation.grammar import Grammar
from wyoming_server.translation.prompt import build
from wyoming_server.translation.vocabulary import PLACES, Vocabulary

SAID = [
    ("Turn off the kitchen lights", "en", 'turn_off(area="kitchen", domain="light")'),
    ("Play Hey Jude by The Beatles", "en", 'play_music(song="Hey Jude", artist="The Beatles")'),
    ("set the volume to 35%", "en", "set_volume(level=35)"),
    ("set the volume to thirty five", "en", "set_volume(level=35)"),
    ("go back 20 seconds", "en", "seek(seconds=-20)"),
    ("a timer for one and a half minutes", "en", "start_timer(minutes=1.5)"),
    ("weather in Boston, in Massachusetts", "en", 'get_weather(location="Boston Massachusetts")'),
    ("what is 15 percent of 80", "en", 'calculate(expression="15/100*80")'),
    ("sqrt of 12.5 plus minus two", "en", 'calculate(expression="sqrt(12.5)+-2")'),
    ("20 miles in km", "en", 'convert(value=20, from_unit="mile", to_unit="kilometer")'),
    ("zehn parsec in meter", "de", 'convert(value=10, from_unit="lightyear", to_unit="meter")'),
    ("repeat this song", "en", 'repeat(mode="one")'),
    ("I like it", "en", "rate_song(liked=True)"),
    ("今日の東京の天気", "ja", 'get_weather(location="東京", when="今日")'),
    ("turn on the fan and play jazz", "en", 'turn_on(domain="fan")\nplay_music(genre="jazz")'),
    ("light a candle for the ill", "en", "unknown()"),
    ("my own wife's favourite", "en", 'play_favorite(person="spouse")'),
]


@pytest.mark.parametrize(("text", "language", "calls"), SAID)
def test_written_calls_are_read_back(vocabulary: Vocabulary, text: str, language: str, calls: str) -> None:
    due = parse(calls)
    prompt = build(text, language, None, vocabulary)
    tokens = write(due, prompt, vocabulary)
    assert read(tokens, prompt, vocabulary) == due


@pytest.mark.parametrize(("text", "language", "calls"), SAID)
def test_the_grammar_lets_what_is_due_through(vocabulary: Vocabulary, text: str, language: str, calls: str) -> None:
    prompt = build(text, language, None, vocabulary)
    grammar = Grammar(prompt, vocabulary)
    for token in write(parse(calls), prompt, vocabulary):
        assert token in grammar.allowed()
        grammar.advance(token)
    assert grammar.done


def test_values_come_back_as_they_were_spoken(vocabulary: Vocabulary) -> None:
    prompt = build("PLAY Don’t  Stop Me Now!", "en", None, vocabulary)
    tokens = write([Call("play_music", {"song": "don't stop me now"})], prompt, vocabulary)
    assert vocabulary.quote not in tokens
    assert read(tokens, prompt, vocabulary) == (Call("play_music", {"song": "Don’t  Stop Me Now"}),)


def test_values_of_the_previous_call_can_be_pointed_at(vocabulary: Vocabulary) -> None:
    before = Call("play_music", {"artist": "ABBA", "area": "living room", "shuffle": True})
    prompt = build("louder by 10", "en", before, vocabulary)
    due = (Call("volume_up", {"amount": 10, "area": "living room"}),)
    tokens = write(due, prompt, vocabulary)
    assert vocabulary.quote not in tokens
    assert read(tokens, prompt, vocabulary) == due


def test_long_texts_lose_their_end_not_their_previous_call(vocabulary: Vocabulary) -> None:
    before = Call("broadcast", {"message": "dinner " * 100})
    prompt = build("and again " * 100, "en", before, vocabulary)
    assert prompt.places <= PLACES
    assert prompt.sources[-1].units[0].text == "and"


def test_only_arithmetic_is_an_expression(vocabulary: Vocabulary) -> None:
    prompt = build("what is it", "en", None, vocabulary)
    with pytest.raises(ValueError, match="not an expression"):
        write([Call("calculate", {"expression": "__import__('os')"})], prompt, vocabulary)
