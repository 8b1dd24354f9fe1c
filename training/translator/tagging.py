"""Which argument each unit of a prompt belongs to: a second lesson, for training only.

Only the answer's few tokens tell the network what it got wrong, and they do not say which words of the prompt it
misread. Tagging every unit, as slot-filling models do (JointBERT, Chen et al. 2019), teaches that directly. The tags
are read off before the last layer, so that the answer, which points at units, can use them there. Nothing of it is
exported.
"""

from collections.abc import Sequence

from torch import Tensor, nn

from wyoming_server.translation.vocabulary import Vocabulary

OUTSIDE = 0
FIRST, INSIDE, LAST = 1, 2, 3
"""A value of one unit is tagged as its last."""


class Tagger(nn.Module):
    """Scores of the tags."""

    def __init__(self, width: int, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.norm = nn.RMSNorm(width)
        self.scores = nn.Linear(width, 1 + LAST * len(vocabulary.arguments))

    def forward(self, states: Tensor) -> Tensor:
        """(units, width) -> (units, tags)."""
        scores: Tensor = self.scores(self.norm(states))
        return scores


class Tags:
    """Reads the tags of a prompt off its answer."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._number = {token: number for number, token in enumerate(sorted(vocabulary.argument_of))}

    def of(self, prompt: Sequence[int], answer: Sequence[int]) -> tuple[list[int], list[int]]:
        """The positions of the prompt's units (their place tokens), and the tag of each."""
        places = self._vocabulary.place_of
        positions = [at for at, token in enumerate(prompt) if token in places]
        unit = {prompt[at]: number for number, at in enumerate(positions)}
        tags = [OUTSIDE] * len(positions)
        argument, waiting = -1, -1
        for token, following in zip(answer, [*answer[1:], -1], strict=True):
            if token in self._number:
                argument, waiting = self._number[token], -1
            elif token in places and waiting >= 0:
                self._mark(tags, argument, waiting, unit[token])
                waiting = -1
            elif token in places and following in places:
                waiting = unit[token]
            elif token in places:
                self._mark(tags, argument, unit[token], unit[token])
        return positions, tags

    def _mark(self, tags: list[int], argument: int, first: int, last: int) -> None:
        base = LAST * argument
        for at in range(first, last + 1):
            tags[at] = base + (LAST if at == last else FIRST if at == first else INSIDE)
