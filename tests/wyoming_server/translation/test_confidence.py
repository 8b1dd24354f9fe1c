import pytest

from wyoming_server.translation.confidence import EXACT, WRONG_ACTION, Certainty, Confidence, Curve, together


def test_without_a_curve_it_is_the_product() -> None:
    assert Confidence().of(Certainty((0.9, 0.5), (0.9,))) == pytest.approx(0.45)
    assert Confidence.from_json(None) == Confidence()


def test_more_doubt_means_less_confidence() -> None:
    curve = Curve(bias=0.3, total=0.8, weakest=0.2)
    doubts = [(1.0,), (0.99, 0.99), (0.9, 0.6), (0.2,)]
    sure = [curve.at(Certainty(tokens)) for tokens in doubts]
    assert sure == sorted(sure, reverse=True)
    assert sure[-1] > 0


def test_doubt_about_a_word_costs_less_than_doubt_about_the_function() -> None:
    word, function = Certainty((0.99, 0.5), (0.99,)), Certainty((0.5, 0.99), (0.5,))
    assert Confidence().of(word) == Confidence().of(function)
    assert EXACT > Confidence().worth(word) > 0 > Confidence().worth(function) > WRONG_ACTION


def test_all_of_several_answers_must_be_right() -> None:
    both = together(Certainty((0.9, 0.8), (0.9,)), Certainty((0.7,), (0.7,)))
    assert both == Certainty((0.9, 0.8, 0.7), (0.9, 0.7))


def test_the_curves_are_kept_with_the_model() -> None:
    confidence = Confidence(Curve(0.5, 1.5, 0.25, 0.1), Curve(0.1, 0.2, 0.3, 0.4), 0.1)
    assert Confidence.from_json(confidence.to_json()) == confidence
