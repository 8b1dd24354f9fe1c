"""How much of what goes into the training rows: the one place to turn the knobs."""

LANGUAGES = {"en": 9, "de": 3, "fr": 3, "es": 3, "it": 3, "nl": 3, "ja": 3, "zh": 3, "da": 1}
"""Languages and their shares of the generated rows."""
