"""Failures that a person or a client can understand: each carries one sentence."""


class Failure(Exception):  # noqa: N818  (it is raised to be shown, as one sentence)
    """Something that stops a command; the message is one sentence for the person who typed it."""


class RequestError(Exception):
    """Something wrong with what a client sent; it becomes a Wyoming `error` event.

    `code` is for programs and never changes, e.g. "text-too-long"; the message is one sentence for people. `lost` says
    that the stream cannot be read any further, so the connection must close.
    """

    def __init__(self, code: str, sentence: str, *, lost: bool = False) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.lost = lost
