"""The three measures of satisfaction: their scales, and who counts as unhappy."""

# measure: the lowest and the highest answer
SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
# measure: the highest answer of somebody who is unhappy
UNHAPPY_UP_TO = {"nps": 6, "csat": 2, "ces": 3}
# Days for which an unhappy answer makes the customer unhappy.
UNHAPPY_DAYS = 90
