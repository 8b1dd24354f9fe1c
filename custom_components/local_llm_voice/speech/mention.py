"""Whether a text mentions something, by patterns of words: "fridge*|freezer*"."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
import re
import unicodedata


def folded(text: str, keep: str = "") -> str:
    """Return the words of a text, without case and punctuation, but with those of `keep`."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(rf"[\w{keep}]+", plain))


def mentions(text: str, patterns: Iterable[str]) -> bool:
    """Return whether a text that is folded holds one of the patterns, as whole words.

    `*` is anything, `?` a character, as in the names of files.
    """
    return any(
        fnmatchcase(f" {text} ", f"* {folded(pattern, keep='*?')} *")
        for pattern in patterns
    )
