"""Records every run: what was run on what, and what came out."""
