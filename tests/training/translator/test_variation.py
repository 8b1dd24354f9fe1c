"""Varied examples are still right: what the answer points at is what stands in the prompt."""

from training.translator.batches import collate, plain_batches, training_batches
from training.translator.examples import Example
from training.translator.tagging import Tags
from training.translator.variation import Variation
from wyoming_server.translation.vocabulary import Vocabulary


def pointed(prompt: list[int], answer: list[int], vocabulary: Vocabulary) -> list[list[int]]:
    """The prompt's tokens that each pair of places in the answer spans, places left out."""
    pairs: list[int] = []
    spans: list[list[int]] = []
    argument = 0
    for token in answer:
        if token in vocabulary.argument_of:
            argument, pairs = token, []
        elif token in vocabulary.place_of and vocabulary.argument_of[argument] in ("song", "artist", "area"):
            pairs.append(prompt.index(token))
            if len(pairs) == 2:
                stops = {*vocabulary.places, vocabulary.answer}
                end = next(i for i in range(pairs[1] + 1, len(prompt)) if prompt[i] in stops)
                spans.append([t for t in prompt[pairs[0] : end] if t not in vocabulary.place_of])
    return spans


def test_a_plain_example_is_the_row(examples: list[Example], vocabulary: Vocabulary) -> None:
    prompt, answer = Variation(examples, vocabulary).tokens(examples[1], vary=False)
    song, artist = pointed(prompt, answer, vocabulary)
    assert vocabulary.text(song).replace(" ", "") == "heyjude"
    assert vocabulary.text(artist) == "beatles"
    assert answer[-1] == vocabulary.end


def test_swapped_values_are_pointed_at(examples: list[Example], vocabulary: Vocabulary) -> None:
    variation = Variation(examples, vocabulary, seed=5)
    seen: set[tuple[str, str]] = set()
    for _ in range(300):
        prompt, answer = variation.tokens(examples[1])
        song, artist = (vocabulary.text(span).replace(" ", "") for span in pointed(prompt, answer, vocabulary))
        assert song
        assert artist
        seen.add((song, artist))
        places = [t for t in prompt if t in vocabulary.place_of]
        assert len(places) == len(set(places))
    assert {("heyjude", "beatles"), ("jolene", "beatles"), ("heyjude", "dollyparton")} <= seen


def test_numbers_change_in_prompt_and_answer_at_once(examples: list[Example], vocabulary: Vocabulary) -> None:
    variation = Variation(examples, vocabulary, seed=5)
    numbers = set()
    for _ in range(100):
        prompt, answer = variation.tokens(examples[3])
        place = answer[answer.index(vocabulary.arguments["level"]) + 1]
        at = prompt.index(place)
        digits = prompt[at + 1 : at + 3]
        assert all(token in vocabulary.digit_of for token in digits)
        numbers.add(tuple(digits))
    assert len(numbers) > 10


def test_batches_hold_the_answer_and_little_else(examples: list[Example], vocabulary: Vocabulary) -> None:
    variation = Variation(examples, vocabulary)
    pairs = [variation.tokens(e, vary=False) for e in examples[:2]]
    batch = collate(pairs, 40, vocabulary.pad, Tags(vocabulary))
    for row, (prompt, answer) in enumerate(pairs):
        mine = batch.rows == row
        assert batch.targets[mine].tolist() == answer
        first = int(batch.chosen[mine][0])
        assert batch.tokens.flatten()[first] == prompt[-1] == vocabulary.answer
        assert batch.prompt_lengths[row] == len(prompt)


def test_every_example_is_measured_once(examples: list[Example], vocabulary: Vocabulary) -> None:
    variation = Variation(examples, vocabulary)
    total = sum(len(b.tokens) for b in plain_batches(examples, variation, vocabulary, 64))
    assert total == len(examples)


def test_batches_are_full(examples: list[Example], vocabulary: Vocabulary) -> None:
    variation = Variation(examples, vocabulary)
    batch = next(training_batches(examples, [1.0] * len(examples), variation, vocabulary, budget=400, seed=1))
    assert 300 < batch.tokens.numel() <= 400
