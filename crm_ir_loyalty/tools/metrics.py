"""How good a prediction is, and how sure a share."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import sqrt
from statistics import NormalDist

# Two-sided 95 % quantile of the normal distribution.
Z95 = NormalDist().inv_cdf(0.975)


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float | None:
    """Area under the ROC curve: how often a true row scores above a false one.

    Ties count half. None where one of the two kinds is missing.
    """
    positives = sum(map(bool, labels))
    pairs = positives * (len(labels) - positives)
    if not pairs:
        return None
    below, wins = 0, 0.0
    for size, true in _ties(scores, labels):
        false = size - true
        wins += true * (below + false / 2)
        below += false
    return wins / pairs


def captured(scores: Sequence[float], labels: Sequence[bool], room: float) -> float:
    """How many true rows are among the `room` rows with the highest scores.

    Of rows that tie at the edge a share counts, so that their order does not matter.
    """
    found = 0.0
    for size, true in _ties(scores, labels, reverse=True):
        taken = min(size, room)
        found += true * taken / size
        room -= taken
        if room <= 0:
            break
    return found


def top_decile_lift(scores: Sequence[float], labels: Sequence[bool]) -> float | None:
    """Share of true rows in the tenth with the highest scores, over that in all.

    None where no row is true.
    """
    positives = sum(map(bool, labels))
    if not positives:
        return None
    return captured(scores, labels, len(scores) / 10) / (positives / 10)


def brier(probabilities: Sequence[float], labels: Sequence[bool]) -> float | None:
    """Mean squared error of probabilities (Brier 1950); None without rows."""
    return _mean((p - bool(y)) ** 2 for p, y in zip(probabilities, labels, strict=True))


def mae(predicted: Sequence[float], actual: Sequence[float]) -> float | None:
    """Mean absolute error; None without rows."""
    return _mean(abs(p - a) for p, a in zip(predicted, actual, strict=True))


def wilson(successes: float, tries: float) -> tuple[float, float]:
    """95 % confidence interval of a share of `tries` > 0 (Wilson 1927)."""
    share, square = successes / tries, Z95 * Z95
    centre = share + square / (2 * tries)
    spread = Z95 * sqrt(share * (1 - share) / tries + square / (4 * tries * tries))
    whole = 1 + square / tries
    return max(0.0, (centre - spread) / whole), min(1.0, (centre + spread) / whole)


def _ties(
    scores: Sequence[float], labels: Sequence[bool], reverse: bool = False
) -> Iterator[tuple[int, int]]:
    """Rows of one score together, in the order of the scores: (rows, true ones)."""
    if len(scores) != len(labels):
        raise ValueError("Every score needs a label.")
    order = sorted(range(len(scores)), key=scores.__getitem__, reverse=reverse)
    # sorted above, and nothing of odoo comes into this folder
    ties = groupby(order, key=scores.__getitem__)  # pylint: disable=bad-builtin-groupby
    for _, tied in ties:
        flags = [bool(labels[index]) for index in tied]
        yield len(flags), sum(flags)


def _mean(values: Iterable[float]) -> float | None:
    total, rows = 0.0, 0
    for value in values:
        total += value
        rows += 1
    return total / rows if rows else None
