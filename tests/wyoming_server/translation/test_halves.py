import pytest

from wyoming_server.translation.halves import MOST_JOINTS, halves


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("turn off the TV and turn on the lights", "en", [("turn off the TV", "turn on the lights")]),
        ("lights off and then good night", "en", [("lights off", "good night")]),
        ("pause, and dim the lamp", "en", [("pause", "dim the lamp")]),
        ("mach das Licht aus und dann die Musik an", "de", [("mach das Licht aus", "die Musik an")]),
        ("電気を消して、音楽をかけて", "ja", [("電気を消して", "音楽をかけて")]),
        ("关灯然后放音乐", "zh", [("关灯", "放音乐")]),
        ("the band", "en", []),
        ("and the kitchen", "en", []),
        ("a and b", "xx", []),
    ],
)
def test_halves(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert list(halves(text, language)) == expected


def test_only_the_first_joints_are_tried() -> None:
    assert len(list(halves(" and ".join("word" * 20), "en"))) == MOST_JOINTS
