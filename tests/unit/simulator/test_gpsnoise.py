import numpy as np
import pytest

from services.simulator.gpsnoise import GpsNoise

RECEIVERS = 4000


def errors(sigma_m: float, seconds: float, blur: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """The errors of many receivers, once and again ``seconds`` later."""
    receivers = [GpsNoise(sigma_m, np.random.default_rng(number)) for number in range(RECEIVERS)]
    once = np.array([receiver.error_m(10, blur) for receiver in receivers])
    again = np.array([receiver.error_m(seconds, blur) for receiver in receivers])
    return once, again


@pytest.mark.parametrize(("sigma_m", "blur"), [(3, 1), (8, 1), (5, 2.5)])
def test_the_accuracy_is_honest(sigma_m: float, blur: float) -> None:
    stated = GpsNoise(sigma_m, np.random.default_rng()).accuracy_m(blur)
    for sample in errors(sigma_m, 10, blur):
        within = np.mean(np.hypot(*sample.T) <= stated)
        assert within == pytest.approx(0.68, abs=0.025)


@pytest.mark.parametrize(
    ("seconds", "least", "most"), [(1, 0.75, 0.85), (90, 0.25, 0.36), (900, -0.05, 0.05)]
)
def test_neighbouring_errors_are_alike_and_distant_ones_are_not(
    seconds: float, least: float, most: float
) -> None:
    # The slow part is 81 % of the variance and decays by e in 90 s.
    once, again = errors(5, seconds)
    assert least < np.corrcoef(once[:, 0], again[:, 0])[0, 1] < most
