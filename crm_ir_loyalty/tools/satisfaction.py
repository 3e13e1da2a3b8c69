"""NPS, CSAT and CES from counted answers, each with its 95 % confidence interval.

Below thirty answers there is no figure: the interval would span most of the scale.
"""

from collections.abc import Mapping
from math import sqrt
from typing import NamedTuple

from .metrics import Z95, wilson

MIN_ANSWERS = 30


class Estimate(NamedTuple):
    """A figure, its standard error and its 95 % interval, all in the figure's unit."""

    value: float
    se: float
    low: float
    high: float
    answers: int


def nps(counts: Mapping[int, int]) -> Estimate | None:
    """Net Promoter Score, -100 to 100: percent of 9-10 less percent of 0-6.

    `counts` maps each answer 0 to 10 to how many gave it. None below thirty answers.
    Raises ValueError for an answer off the scale.
    """
    answers = _answers(counts, 0, 10)
    if answers < MIN_ANSWERS:
        return None
    promoters = sum(n for answer, n in counts.items() if answer >= 9) / answers
    detractors = sum(n for answer, n in counts.items() if answer <= 6) / answers
    score = promoters - detractors
    se = sqrt((promoters + detractors - score * score) / answers)
    return _normal(100 * score, 100 * se, answers, -100, 100)


def csat(counts: Mapping[int, int]) -> Estimate | None:
    """Customer satisfaction, 0 to 100: percent of answers 4 and 5 on a scale of 1 to 5.

    The interval is Wilson's, which stays inside the scale. None below thirty answers.
    Raises ValueError for an answer off the scale.
    """
    answers = _answers(counts, 1, 5)
    if answers < MIN_ANSWERS:
        return None
    satisfied = counts.get(4, 0) + counts.get(5, 0)
    share = satisfied / answers
    se = sqrt(share * (1 - share) / answers)
    low, high = wilson(satisfied, answers)
    return Estimate(100 * share, 100 * se, 100 * low, 100 * high, answers)


def ces(counts: Mapping[int, int]) -> Estimate | None:
    """Customer Effort Score: mean answer on a scale of 1 to 7.

    None below thirty answers. Raises ValueError for an answer off the scale.
    """
    answers = _answers(counts, 1, 7)
    if answers < MIN_ANSWERS:
        return None
    mean = sum(answer * n for answer, n in counts.items()) / answers
    squares = sum(n * (answer - mean) ** 2 for answer, n in counts.items())
    return _normal(mean, sqrt(squares / (answers - 1) / answers), answers, 1, 7)


def _answers(counts: Mapping[int, int], least: int, most: int) -> int:
    if any(not least <= answer <= most or n < 0 for answer, n in counts.items()):
        raise ValueError(f"Answers run from {least} to {most}.")
    return sum(counts.values())


def _normal(value: float, se: float, answers: int, least: int, most: int) -> Estimate:
    low, high = max(least, value - Z95 * se), min(most, value + Z95 * se)
    return Estimate(value, se, low, high, answers)
