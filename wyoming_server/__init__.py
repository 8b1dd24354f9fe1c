"""A Wyoming server that hears and understands on one small board."""
