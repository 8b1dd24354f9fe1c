"""A Wyoming server that hears and understands on one small board."""

__version__ = "0.1.0"
