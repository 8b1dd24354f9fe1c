import json

from wyoming_server.translation.vocabulary import Vocabulary, structure


def test_structure_comes_first_and_is_whole(tokenizer_json: str, vocabulary: Vocabulary) -> None:
    assert len(structure()) == len(set(structure()))
    assert [vocabulary.id(token) for token in structure()] == list(range(len(structure())))


def test_words_come_back_and_digits_stay_apart(vocabulary: Vocabulary) -> None:
    for word in ("beatles", "zürich", "東", "naïve", "🎵"):
        assert vocabulary.text(list(vocabulary.word(word))) == word
    assert vocabulary.word("2026") == tuple(vocabulary.digits[int(c)] for c in "2026")


def test_the_file_is_a_hugging_face_tokenizer(tokenizer_json: str) -> None:
    assert json.loads(tokenizer_json)["model"]["type"] == "BPE"
