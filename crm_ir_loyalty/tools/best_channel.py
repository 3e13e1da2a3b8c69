"""By which channel a partner answers, less what a try there costs.

Rates are shrunk as the hours of the week are (`best_time`): each level scores
(hits + strength x prior) / (tries + strength), where the prior is the level above.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .best_time import STRENGTH

# What one try costs, as a share of what an answer is worth: an SMS its tariff, a call
# some minutes of somebody's time.
COSTS = {"email": 0.0, "sms": 0.02, "call": 0.1}


@dataclass(frozen=True)
class ChannelRates:
    """Share of tries answered in each channel, and whose tries say so.

    `source` is "company", "segment" or "partner". Counts are (hits, tries) of channels
    of `COSTS`.
    """

    source: str
    rates: Mapping[str, float]

    @classmethod
    def company(cls, counts: Mapping[str, tuple[int, int]]) -> "ChannelRates | None":
        """Rates of the channels tried in the company; None before its first hit.

        Raises ValueError where there are more hits than tries.
        """
        _check(counts)
        hits = sum(hit for hit, _ in counts.values())
        if not hits:
            return None
        rate = hits / sum(tried for _, tried in counts.values())
        tried = {channel: count for channel, count in counts.items() if count[1]}
        return cls("company", _shrunk(tried, dict.fromkeys(tried, rate)))

    def narrowed(
        self, source: str, counts: Mapping[str, tuple[int, int]]
    ) -> "ChannelRates":
        """Rates of a segment of the company, or of a partner of the segment.

        Those of the level above until there is a first try of their own: unlike an hour
        without an answer, a channel without one is a reason to take another. Raises
        ValueError as `company` does.
        """
        _check(counts)
        if not any(tried for _, tried in counts.values()):
            return self
        return ChannelRates(source, {**self.rates, **_shrunk(counts, self.rates)})

    def best(self, allowed: Collection[str]) -> str | None:
        """The allowed channel worth most after its cost, the cheapest of equals.

        None where no allowed channel was ever tried.
        """
        tried = [
            channel for channel in COSTS if channel in allowed and channel in self.rates
        ]
        return max(
            tried,
            key=lambda channel: self.rates[channel] - COSTS[channel],
            default=None,
        )


def _check(counts: Mapping[str, tuple[int, int]]) -> None:
    if not all(0 <= hits <= tries for hits, tries in counts.values()):
        raise ValueError("A channel cannot have more hits than tries.")


def _shrunk(
    counts: Mapping[str, tuple[int, int]], prior: Mapping[str, float]
) -> dict[str, float]:
    return {
        channel: (hits + STRENGTH * prior[channel]) / (tries + STRENGTH)
        for channel, (hits, tries) in counts.items()
    }
