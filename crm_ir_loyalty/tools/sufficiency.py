"""How much history a model needs before its figures mean anything.

Thresholds of Dynamics 365 Customer Insights (2025): a thousand customers and a year of
history for lifetime value; five hundred customers, and twice the window in which a
customer counts as lost, for churn.
"""

from typing import NamedTuple

CLV_CUSTOMERS = 1000
CLV_DAYS = 365
CHURN_CUSTOMERS = 500
CHURN_WINDOWS = 2


class Shortfall(NamedTuple):
    """What is lacking: `reason` is "customers" or "days"; both numbers count them."""

    reason: str
    have: int
    need: int


def clv_shortfalls(customers: int, days: int) -> list[Shortfall]:
    """What is lacking for lifetime value; empty when it may be computed."""
    return _shortfalls(customers, CLV_CUSTOMERS, days, CLV_DAYS)


def churn_shortfalls(customers: int, days: int, window: int) -> list[Shortfall]:
    """What is lacking for churn; `window` is the days without purchase that mean it."""
    return _shortfalls(customers, CHURN_CUSTOMERS, days, CHURN_WINDOWS * window)


def _shortfalls(customers, need_customers, days, need_days):
    found = (
        Shortfall("customers", customers, need_customers),
        Shortfall("days", days, need_days),
    )
    return [each for each in found if each.have < each.need]
