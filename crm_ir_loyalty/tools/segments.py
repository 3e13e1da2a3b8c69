"""The ten named segments: a full partition of the R × F grid of scores from 1 to 5."""

SEGMENTS = (
    "champions",
    "loyal",
    "potential_loyalist",
    "new",
    "promising",
    "need_attention",
    "about_to_sleep",
    "at_risk",
    "cant_lose",
    "hibernating",
)
# One row for each recency score from 1 to 5, one column for each frequency score.
_H, _R, _C = "hibernating", "at_risk", "cant_lose"
_S, _A, _L = "about_to_sleep", "need_attention", "loyal"
_P, _N, _O, _T = "potential_loyalist", "new", "promising", "champions"
GRID = (
    (_H, _H, _R, _R, _C),
    (_H, _H, _R, _R, _C),
    (_S, _S, _A, _L, _L),
    (_O, _P, _P, _L, _L),
    (_N, _P, _P, _T, _T),
)


def segment(recency: int, frequency: int) -> str:
    """Return the segment of two scores from 1 to 5; raises IndexError outside of them."""
    if not (1 <= recency <= 5 and 1 <= frequency <= 5):
        raise IndexError("scores are from 1 to 5")
    return GRID[recency - 1][frequency - 1]
