import pytest

from training.ear.words import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Set Bed Light brightness to 50 percent", "set bed light brightness to fifty percent"),
        ("What's 12.5% of 80?", "what's twelve point five percent of eighty"),
        ("play music from 1984", "play music from nineteen eighty four"),
        ("add one-hundred eggs, please!", "add one hundred eggs please"),
        ("what is 120 times 3", "what is one hundred twenty times three"),
        ("joue ma chanson préférée", "joue ma chanson préférée"),
    ],
)
def test_writing_becomes_words(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize("written", ["", "...", "email me @ home", "a/b", "<unk>"])
def test_what_cannot_be_read_aloud_is_left_out(written: str) -> None:
    assert spoken(written) is None
