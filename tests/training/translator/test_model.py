import torch

from training.translator.model import Model, Shape

SHAPE = Shape(vocabulary=50, width=32, layers=2, heads=2, hidden=64)


def logits(tokens: list[int], prompt: int) -> torch.Tensor:
    torch.manual_seed(0)
    model = Model(SHAPE)
    with torch.no_grad():
        found: torch.Tensor = model(torch.tensor([tokens]), torch.tensor([prompt]))
    return found


def test_the_prompt_is_seen_both_ways() -> None:
    assert not torch.allclose(logits([1, 2, 3, 4, 5], 4)[0], logits([1, 2, 3, 9, 5], 4)[0])


def test_the_answer_is_seen_left_to_right() -> None:
    first, second = logits([1, 2, 3, 4, 5, 6], 3), logits([1, 2, 3, 4, 5, 9], 3)
    assert torch.allclose(first[:5], second[:5], atol=1e-6)
    assert not torch.allclose(first[5], second[5])


def test_padding_changes_nothing() -> None:
    torch.manual_seed(0)
    model = Model(SHAPE)
    alone = model(torch.tensor([[1, 2, 3, 4]]), torch.tensor([3]))
    padded = model(torch.tensor([[1, 2, 3, 4, 0, 0], [5, 6, 7, 8, 9, 1]]), torch.tensor([3, 4]))
    assert torch.allclose(alone, padded[:4], atol=1e-5)
