"""Maximum likelihood: BFGS on the logarithms of positive parameters."""

from collections.abc import Callable, Sequence
from math import exp, inf, log
from typing import Any, NamedTuple

# A parameter may leave its start by this factor, e^9, to either side. Beyond, it only
# says "none" or "all alike", and the likelihood is taken to be flat.
_BOX = 9.0
_TOLERANCE = 1e-9
_MAX_ITERATIONS = 200
_MAX_STEP = 2.0

Matrix = list[list[float]]
LogLikelihood = Callable[[Sequence[float]], tuple[float, Sequence[float]]]


class FitError(ValueError):
    """A model that cannot be estimated from these data.

    `reason` is "invalid" (an impossible observation), "no_repeats" (nobody came back,
    so that nothing tells how often people buy), "no_mean" (values vary so much that
    they have no finite mean), "one_sided" (all or none left) or "not_converged".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Fit(NamedTuple):
    """An estimated model and how well it explains the customers it was fitted on."""

    model: Any
    log_likelihood: float
    customers: int


class Maximum(NamedTuple):
    """Where the likelihood is highest, and how high it is there."""

    parameters: list[float]
    log_likelihood: float


def maximise(
    log_likelihood: LogLikelihood,
    start: Sequence[float],
    rough: LogLikelihood | None = None,
) -> Maximum:
    """Find the positive parameters of the greatest likelihood.

    A likelihood returns its value and its gradient over the parameters themselves.
    `rough` is a cheaper one of nearly the same data: searched first, it leaves only a
    few steps to the other.

    The search ends when one more quasi-Newton step promises less than 1e-9, which is
    below a ten-thousandth of a standard error. Raises FitError "not_converged".
    """
    curvature = None
    if rough:
        start, _, curvature = _bfgs(rough, start, curvature)
    parameters, value, _ = _bfgs(log_likelihood, start, curvature)
    return Maximum(parameters, value)


def _bfgs(
    log_likelihood: LogLikelihood, start: Sequence[float], matrix: Matrix | None
) -> tuple[list[float], float, Matrix]:
    """Parameters, value and inverse Hessian (of the negative, over the logarithms).

    BFGS (Nocedal & Wright, Numerical Optimization, 2006, algorithm 6.1) with the
    bisecting weak Wolfe line search of Lewis & Overton (2013).
    """

    def natural(point: Sequence[float]) -> list[float]:
        return [
            exp(min(max(each, origin - _BOX), origin + _BOX))
            for each, origin in zip(point, centre, strict=True)
        ]

    def cost(point: Sequence[float]) -> tuple[float, list[float]]:
        parameters = natural(point)
        value, gradient = log_likelihood(parameters)
        return -value, [
            -g * p if abs(each - origin) <= _BOX else 0.0
            for g, p, each, origin in zip(
                gradient, parameters, point, centre, strict=True
            )
        ]

    centre = point = [log(each) for each in start]
    value, gradient = cost(point)
    matrix = matrix or _scaled_identity(gradient)
    for _ in range(_MAX_ITERATIONS):
        direction = [-each for each in _times(matrix, gradient)]
        slope = _dot(gradient, direction)
        if slope >= 0:
            matrix = _scaled_identity(gradient)
            direction = [-each for each in _times(matrix, gradient)]
            slope = _dot(gradient, direction)
        if -slope <= 2 * _TOLERANCE + 1e-15 * abs(value):
            return natural(point), -value, matrix
        found = _search(cost, point, value, direction, slope)
        if found is None:
            break
        step, value, new_gradient = found
        moved = [step * each for each in direction]
        change = [new - old for new, old in zip(new_gradient, gradient, strict=True)]
        point = [p + m for p, m in zip(point, moved, strict=True)]
        gradient = new_gradient
        matrix = _updated(matrix, moved, change)
    raise FitError("not_converged")


def _search(cost, point, value, direction, slope):
    """A step that lowers the cost and flattens the slope, or None."""
    low, high = 0.0, inf
    # A sum over a million customers holds no more digits than this.
    noise = 1e-13 * abs(value)
    step = min(1.0, _MAX_STEP / max(abs(each) for each in direction))
    for _ in range(50):
        new, gradient = cost(
            [p + step * d for p, d in zip(point, direction, strict=True)]
        )
        if not new <= value + 1e-4 * step * slope + noise:
            high = step
        elif _dot(gradient, direction) < 0.9 * slope:
            low = step
        else:
            return step, new, gradient
        step = (low + high) / 2 if high < inf else 2 * low
    return None


def _updated(matrix: Matrix, moved: list[float], change: list[float]) -> Matrix:
    curvature = _dot(moved, change)
    if curvature <= 0:
        return matrix
    turned = _times(matrix, change)
    factor = (1 + _dot(change, turned) / curvature) / curvature
    return [
        [
            cell + factor * mi * mj - (ti * mj + mi * tj) / curvature
            for cell, mj, tj in zip(row, moved, turned, strict=True)
        ]
        for row, mi, ti in zip(matrix, moved, turned, strict=True)
    ]


def _scaled_identity(gradient: list[float]) -> Matrix:
    """The first step is a tenth of e-fold in the steepest parameter."""
    scale = 0.1 / (max(abs(each) for each in gradient) or 1.0)
    return [
        [scale if row == column else 0.0 for column in range(len(gradient))]
        for row in range(len(gradient))
    ]


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _times(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    return [_dot(row, vector) for row in matrix]
