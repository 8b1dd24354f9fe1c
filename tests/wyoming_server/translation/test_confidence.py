import pytest

from wyoming_server.translation.confidence import Confidence


def test_without_a_curve_it_is_the_product() -> None:
    assert Confidence().of([0.9, 0.5]) == pytest.approx(0.45)
    assert Confidence.from_json(None) == Confidence()


def test_more_doubt_means_less_confidence() -> None:
    curve = Confidence(bias=0.3, total=0.8, weakest=0.2)
    assert curve.of([1.0]) > curve.of([0.99, 0.99]) > curve.of([0.9, 0.6]) > curve.of([0.2]) > 0


def test_the_curve_is_kept_with_the_model() -> None:
    curve = Confidence(0.5, 1.5, 0.25, 0.4)
    assert Confidence.from_json(curve.to_json()) == curve
