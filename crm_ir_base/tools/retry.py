"""When to try again: one pure function over a table of waits."""

from collections.abc import Sequence

# Seconds between attempts of what a service certainly did not get.
SENDING = (30, 120, 600, 1800, 3600, 7200, 14400)
# Seconds between questions about what a service may have got.
ASKING = (30, 120, 600, 1800, 7200, 28800, 86400)
_SPREAD = 0.2


def wait(
    waits: Sequence[int], attempts: int, chance: float, at_least: float = 0
) -> float | None:
    """Return the seconds to wait after so many ``attempts``, None after the last one.

    ``chance`` (0 to 1, random) spreads the calls of many over a fifth of the wait, so
    that they do not all come back at one moment; ``at_least`` (seconds) is what the
    service asked for.
    """
    if not 0 < attempts <= len(waits):
        return None
    return max(waits[attempts - 1] * (1 + _SPREAD * chance), at_least)
