"""A draw that anyone can repeat with a calculator of SHA-256.

Everything is text in UTF-8 and whole numbers, so the result depends on no random number
generator and no version of Python:

1. The participants are written one a line as "code:weight", sorted by code (by its
   UTF-8 bytes), each line ended by a line feed. Their digest is SHA-256 of that text.
2. The numbers are h(0), h(1), …, where h(n) is SHA-256 of "seed:digest:n" read as one
   whole number, most significant byte first; digests are lower-case hexadecimal.
3. For each prize, T is the sum of the weights of those who have not won. Numbers at or
   above the largest multiple of T within 2²⁵⁶ are skipped, that none be favoured. The
   remainder r of the next number by T falls on the first participant, in the order of
   1., at whom the sum of the weights so far exceeds r. Winners leave the pot.

The seed is drawn and its SHA-256 published before the participants are known; it is
revealed with the winners.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import accumulate
from secrets import token_hex

_NUMBERS = 2**256


def new_seed() -> str:
    """A secret seed of 256 bits, as 64 hexadecimal digits."""
    return token_hex(32)


def commitment(seed: str) -> str:
    """What is published of a `seed` before the draw."""
    return sha256(seed.encode()).hexdigest()


def digest(weights: Mapping[str, int]) -> str:
    """The fingerprint of the participants: `weights` maps their codes to whole numbers.

    Raises ValueError where a weight is below 1 or a code contains a line feed.
    """
    if any(weight < 1 for weight in weights.values()) or "\n" in "".join(weights):
        raise ValueError("A participant needs a code of one line and a weight from 1.")
    lines = (f"{code}:{weights[code]}\n" for code in _in_order(weights))
    return sha256("".join(lines).encode()).hexdigest()


def draw(seed: str, weights: Mapping[str, int], prizes: int) -> list[str]:
    """The codes of the winners, in the order of the prizes; each wins once at most.

    Where there are fewer participants than prizes all of them win. Raises ValueError as
    `digest` does.
    """
    numbers = _numbers(seed, digest(weights))
    codes = _in_order(weights)
    left = [weights[code] for code in codes]
    winners = []
    for _prize in range(min(prizes, len(codes))):
        sums = list(accumulate(left))
        place = bisect_right(sums, _below(sums[-1], numbers))
        winners.append(codes[place])
        left[place] = 0
    return winners


def _in_order(codes: Mapping[str, int]) -> list[str]:
    return sorted(codes, key=str.encode)


def _numbers(seed: str, participants: str) -> Iterator[int]:
    counter = 0
    while True:
        text = f"{seed}:{participants}:{counter}"
        yield int.from_bytes(sha256(text.encode()).digest(), "big")
        counter += 1


def _below(limit: int, numbers: Iterator[int]) -> int:
    highest = _NUMBERS - _NUMBERS % limit
    return next(number for number in numbers if number < highest) % limit
