"""News: feeds that the user agreed to, fetched in the background and kept in memory."""

from .feeds import Feeds
from .read import Story

__all__ = ["Feeds", "Story"]
