"""Rows that share one reading of the catalogue get what they would get alone."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM

from training.finetune.batches import collate, plain_batches, training_batches
from training.finetune.examples import Example, example
from training.finetune.gguf_tokenizer import pre_tokenizer
from training.finetune.wording import Wording, wording_of


@pytest.fixture(scope="module")
def wording(base: Path) -> Wording:
    return wording_of(str(base))


@pytest.fixture(scope="module")
def examples(rows: list[dict[str, Any]]) -> list[Example]:
    return [e for e in map(example, rows) if e is not None]


def test_rows_do_not_see_each_other(base: Path, wording: Wording, examples: list[Example]) -> None:
    model = AutoModelForCausalLM.from_pretrained(base, local_files_only=True)
    pairs = [wording.tokens(e) for e in examples[:4]]
    together = collate(wording.fixed, pairs)
    with torch.no_grad():
        logits = model(
            input_ids=together.tokens,
            position_ids=together.positions,
            attention_mask=together.mask,
            logits_to_keep=together.chosen,
        ).logits[0]
        for row, (prompt, answer) in enumerate(pairs):
            sequence = torch.tensor([wording.fixed + prompt + answer[:-1]])
            alone = model(sequence, logits_to_keep=len(answer)).logits[0]
            assert torch.allclose(logits[together.rows == row], alone, atol=1e-3)
            assert together.targets[together.rows == row].tolist() == answer


def test_only_answers_count(wording: Wording, examples: list[Example]) -> None:
    pairs = [wording.tokens(e) for e in examples]
    batch = collate(wording.fixed, pairs)
    assert batch.targets.tolist() == [token for _, answer in pairs for token in answer]
    assert batch.tokens.shape[1] == len(wording.fixed) + sum(len(p) + len(a) - 1 for p, a in pairs)
    assert all(answer[-1] == wording.end for _, answer in pairs)


def test_the_base_keeps_its_own_way_with_digits(wording: Wording) -> None:
    assert pre_tokenizer(json.loads(wording.tokenizer_json)["pre_tokenizer"]) == "smollm"


def test_a_follow_up_carries_the_call_before(examples: list[Example]) -> None:
    assert examples[0].said == 'Before: pause(area="den")\nturn off the kitchen lights'
    assert examples[1].said == "play hey jude by the beatles"
    assert examples[6].answer == 'stop()\nturn_on(domain="fan")'


def test_arguments_come_in_the_catalogues_order() -> None:
    row = {"text": "x", "calls": [{"name": "turn_off", "args": {"domain": "light", "area": "den"}}]}
    found = example(row)
    assert found is not None
    assert found.answer == 'turn_off(area="den", domain="light")'


def test_rows_that_the_server_cannot_write_are_left_out() -> None:
    assert example({"text": "x", "calls": [{"name": "fly", "args": {}}]}) is None
    assert example({"text": "x", "calls": [{"name": "play_music", "args": {"song": 'a "b"'}}]}) is None


def test_every_row_is_measured_once_and_drawn_forever(wording: Wording, examples: list[Example]) -> None:
    assert [int(b.rows[-1]) + 1 for b in plain_batches(examples, wording, 3)] == [3, 3, 2]
    first, second = (next(training_batches(examples, wording, 5, seed)) for seed in (1, 2))
    assert first.tokens.tolist() != second.tokens.tolist()
    too_long = Example("word " * 100, "\n".join(["stop()"] * 200))
    assert list(plain_batches([too_long], wording, 3)) == []
