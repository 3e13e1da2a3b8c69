import hashlib
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..tools.lottery import commitment, digest, draw, new_seed

rule = settings(deadline=None, derandomize=True, database=None)
pots = st.dictionaries(st.text("0123456789abcdef-", min_size=1), st.integers(1, 10**6))


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def redraw(seed, weights, prizes):
    """The published rule, written anew: one ticket after another in a long line."""
    participants = sorted(weights.items(), key=lambda item: item[0].encode("utf-8"))
    fingerprint = sha("".join(f"{code}:{weight}\n" for code, weight in participants))
    winners, n = [], 0
    while len(winners) < prizes and participants:
        total = sum(weight for _code, weight in participants)
        while True:
            number = int(sha(f"{seed}:{fingerprint}:{n}"), 16)
            n += 1
            if number < 2**256 // total * total:
                break
        ticket = number % total
        for one in participants:
            if ticket < one[1]:
                break
            ticket -= one[1]
        winners.append(one[0])
        participants.remove(one)
    return winners


class TestLotteryDraw(BaseCase):
    @rule
    @given(st.text(), pots, st.integers(0, 20))
    def test_anyone_gets_the_same_winners(self, seed, weights, prizes):
        self.assertEqual(draw(seed, weights, prizes), redraw(seed, weights, prizes))

    @rule
    @given(st.text(), pots, st.integers(0, 20))
    def test_nobody_wins_twice_and_no_prize_is_left_over(self, seed, weights, prizes):
        winners = draw(seed, weights, prizes)
        self.assertEqual(len(set(winners)), len(winners))
        self.assertEqual(len(winners), min(prizes, len(weights)))
        self.assertLessEqual(set(winners), set(weights))

    @rule
    @given(st.text(), pots)
    def test_the_order_of_the_participants_does_not_matter(self, seed, weights):
        backwards = dict(reversed(weights.items()))
        self.assertEqual(digest(backwards), digest(weights))
        self.assertEqual(draw(seed, backwards, 5), draw(seed, weights, 5))

    def test_the_fingerprints_are_plain_sha256(self):
        self.assertEqual(commitment("seed"), sha("seed"))
        self.assertEqual(digest({"b": 2, "a": 1, "é": 3}), sha("a:1\nb:2\né:3\n"))

    def test_chances_are_as_the_points(self):
        weights = {"one": 1, "two": 2, "seven": 7}
        wins = Counter(draw(f"draw {n}", weights, 1)[0] for n in range(5000))
        for code, weight in weights.items():
            # five standard deviations of a binomial of 5,000
            expected = 500 * weight
            spread = 5 * (expected * (1 - weight / 10)) ** 0.5
            self.assertAlmostEqual(wins[code], expected, delta=spread)

    def test_seeds_are_secret_and_differ(self):
        seeds = {new_seed() for _ in range(100)}
        self.assertEqual(len(seeds), 100)
        self.assertEqual({len(seed) for seed in seeds}, {64})

    def test_a_participant_without_a_chance_is_refused(self):
        for weights in ({"a": 0}, {"a": -1}, {"a\nb": 1}):
            with self.subTest(weights=weights), self.assertRaises(ValueError):
                draw("seed", weights, 1)
