"""Which products are bought together: association rules between pairs.

Agrawal, Imielinski, Swami (1993); lift as in Brin et al. (1997).
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .metrics import wilson


class Rule(NamedTuple):
    """Who buys `antecedent` also buys `consequent`.

    `baskets` hold both. `support` is their share of all baskets, `confidence` that of
    the baskets with the antecedent, and `lift` how many times more often than in all
    baskets the consequent is found there.
    """

    antecedent: int
    consequent: int
    baskets: int
    support: float
    confidence: float
    lift: float


def rules(
    baskets: int,
    items: Mapping[int, int],
    pairs: Iterable[tuple[int, int, int]],
    *,
    min_baskets: int = 5,
) -> list[Rule]:
    """Rules worth acting on, strongest lift first.

    `items` maps each product to the baskets that hold it; `pairs` are (one, other,
    baskets with both), every pair once. A pair gives up to two rules. Kept are those
    seen in `min_baskets` whose confidence lies above the consequent's share of all
    baskets by more than chance: the lower end of its 95 % Wilson interval does.
    Raises ValueError where a pair is in more baskets than one of its products, or a
    product in more than there are.
    """
    kept = []
    for one, other, both in pairs:
        if not both <= min(items[one], items[other]) <= baskets:
            raise ValueError("A pair cannot be in more baskets than its products.")
        if both < min_baskets:
            continue
        for antecedent, consequent in ((one, other), (other, one)):
            share = items[consequent] / baskets
            confidence = both / items[antecedent]
            if wilson(both, items[antecedent])[0] > share:
                kept.append(
                    Rule(
                        antecedent,
                        consequent,
                        both,
                        both / baskets,
                        confidence,
                        confidence / share,
                    )
                )
    return sorted(
        kept,
        key=lambda rule: (
            -rule.lift,
            -rule.confidence,
            rule.antecedent,
            rule.consequent,
        ),
    )
