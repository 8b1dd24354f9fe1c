import json
import random
from pathlib import Path

from training.ear.sentences import choose, is_held_out, mix_words, read_sentences


def test_sentences_come_from_text_and_rows_once_and_in_one_language(tmp_path: Path) -> None:
    text, rows = tmp_path / "a.txt", tmp_path / "b.jsonl"
    text.write_text("# a comment\nStop!\nwhat time is it?\n")
    written = [("en", "stop"), ("de", "wie spät ist es"), ("en", "volume 30")]
    rows.write_text("".join(json.dumps({"lang": lang, "text": text}) + "\n" for lang, text in written))
    assert read_sentences([text, rows], "en") == ["stop", "what time is it", "volume thirty"]


def test_mixes_use_only_known_words() -> None:
    mixes = mix_words(["turn on the light", "stop the music"], 50, random.Random(1))
    assert len(mixes) == 50
    assert {word for mix in mixes for word in mix.split()} == {"turn", "on", "the", "light", "stop", "music"}
    assert all(1 <= len(mix.split()) <= 7 for mix in mixes)


def test_every_sentence_is_chosen_before_any_comes_twice() -> None:
    chosen = choose(["a", "b", "c"], 7, random.Random(1))
    assert sorted(chosen[:3]) == sorted(chosen[3:6]) == ["a", "b", "c"]
    assert len(chosen) == 7


def test_a_fixed_share_is_held_out() -> None:
    held = [number for number in range(5000) if is_held_out(f"sentence {number}")]
    assert 60 < len(held) < 140
    assert held == [number for number in range(5000) if is_held_out(f"sentence {number}")]
