"""A linear classifier of the function over character and word n-grams; it fills in no arguments.

Where a function is due without arguments it can be exact; else its right functions are the floor for a translator.
"""

from collections.abc import Sequence
from pathlib import Path

from ..predict import Answer
from ..rows import Row, Scope, load_rows

MIN_ROWS = 200
"""A language with fewer rows to learn from is read by a classifier of all languages together."""
SEPARATOR = "+"


def answers(rows: Sequence[Row], learn_from: Sequence[Path]) -> dict[str, Answer]:
    """Answers to rows by a classifier of the rows' language, trained on the spot (about a minute)."""
    known = [row for row in load_rows(learn_from) if row.scored]
    answered: dict[str, Answer] = {}
    for language in sorted({row.language for row in rows}):
        asked = [row for row in rows if row.language == language]
        same = [row for row in known if row.language == language]
        labels = _classify(same if len(same) >= MIN_ROWS else known, asked)
        for row, label in zip(asked, labels, strict=True):
            names = label.split(SEPARATOR) if label else []
            answered[row.id] = Answer(tuple({"name": name, "args": {}} for name in names))
    return answered


def _classify(known: Sequence[Row], asked: Sequence[Row]) -> list[str]:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  # seconds to import
    from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    features = make_union(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
        TfidfVectorizer(analyzer="word", ngram_range=(1, 3), min_df=1, sublinear_tf=True),
    )
    classifier = make_pipeline(features, LinearSVC(C=0.5))
    classifier.fit([row.text for row in known], [_label(row) for row in known])
    return [str(label) for label in classifier.predict([row.text for row in asked])]


def _label(row: Row) -> str:
    return SEPARATOR.join(call["name"] for call in row.calls) if row.scope is Scope.IN else ""
