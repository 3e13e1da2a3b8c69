"""Special functions that `math` lacks."""

from math import lgamma, log


def digamma(x: float) -> float:
    """Derivative of `math.lgamma` for x > 0, to about 1e-14.

    Abramowitz & Stegun 6.3.5 lifts x to 10, from where the asymptotic series 6.3.18
    is exact in double precision.
    """
    lift = 0.0
    while x < 10:
        lift -= 1 / x
        x += 1
    square = 1 / (x * x)
    tail = square * (
        1 / 12
        - square
        * (
            1 / 120
            - square
            * (1 / 252 - square * (1 / 240 - square * (1 / 132 - square * 691 / 32760)))
        )
    )
    return lift + log(x) - 0.5 / x - tail


def log_beta(a: float, b: float) -> float:
    """Logarithm of the beta function."""
    return lgamma(a) + lgamma(b) - lgamma(a + b)
