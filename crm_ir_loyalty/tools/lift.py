"""What a campaign changed: who was written to against who was held out by lot."""

from math import sqrt
from typing import NamedTuple

from .metrics import wilson

# Fewer in either group say nothing.
MIN_GROUP = 30


class Group(NamedTuple):
    """So many members, of whom so many bought, for so much in all."""

    members: int
    buyers: int
    revenue: float

    @property
    def share(self) -> float:
        """The share that bought."""
        return self.buyers / self.members


class Lift(NamedTuple):
    """Additional buyers, in shares of the members, with its 95 % interval.

    ``revenue`` is what a member who was written to spent more than one held out.
    """

    share: float
    low: float
    high: float
    revenue: float

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves out "no difference"."""
        return self.low > 0 or self.high < 0


def lift(written: Group, held: Group) -> Lift | None:
    """Compare the groups; None where one of them is too small.

    The interval is Newcombe's hybrid score interval for a difference of two shares
    (Statistics in Medicine 17, 1998, method 10).
    """
    if min(written.members, held.members) < MIN_GROUP:
        return None
    low_1, high_1 = wilson(written.buyers, written.members)
    low_2, high_2 = wilson(held.buyers, held.members)
    share = written.share - held.share
    return Lift(
        share,
        share - sqrt((written.share - low_1) ** 2 + (high_2 - held.share) ** 2),
        share + sqrt((high_1 - written.share) ** 2 + (held.share - low_2) ** 2),
        written.revenue / written.members - held.revenue / held.members,
    )
