"""Text to calls: what a person said, as calls of the catalogue."""
