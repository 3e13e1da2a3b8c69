"""When a member of a club moves between its tiers."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Standing:
    """Where a member stands: `rank` 0 is outside the tiers, 1 the lowest of them.

    `grace_until` is the last day the rank is kept though it is not earned any more, None
    while it is earned.
    """

    rank: int
    grace_until: date | None = None


def decide(
    held: Standing, earned: int, today: date, grace_days: int, fixed_until: date | None
) -> Standing:
    """The standing from `today` on of a member who earned the rank `earned`.

    Up at once; down only after `grace_days` days in a row without earning the rank that
    is held, and then to the rank earned that day. What a person fixed moves after
    `fixed_until`, its last day.
    """
    if fixed_until and today <= fixed_until:
        return held
    if earned >= held.rank:
        return Standing(earned)
    grace_until = held.grace_until or today + timedelta(grace_days - 1)
    if today <= grace_until:
        return Standing(held.rank, grace_until)
    return Standing(earned)
