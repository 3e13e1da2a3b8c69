from datetime import datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_loyalty.tools.best_time import (
    HOURS,
    STRENGTH,
    HourScores,
    hour_of_week,
)

rule = settings(deadline=None, derandomize=True, database=None)

NOTHING = [0] * HOURS
counts = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=HOURS, max_size=HOURS
).map(lambda pairs: ([h for h, _ in pairs], [h + miss for h, miss in pairs]))


def signals(**hours):
    """h34=(2, 5): two hits of five tries in hour 34."""
    hits, tries = list(NOTHING), list(NOTHING)
    for name, (hit, tried) in hours.items():
        hits[int(name[1:])], tries[int(name[1:])] = hit, tried
    return hits, tries


class TestBestTime(BaseCase):
    company = HourScores.company(*signals(h10=(30, 100), h40=(10, 100)))

    def test_posterior_mean(self):
        """Beta-Binomial by hand: the company's rate is 40 of 200."""
        self.assertAlmostEqual(
            self.company.scores[10], (30 + STRENGTH * 0.2) / (100 + STRENGTH)
        )
        self.assertAlmostEqual(self.company.scores[99], 0.2)
        partner = self.company.narrowed("partner", *signals(h99=(1, 2)))
        self.assertAlmostEqual(
            partner.scores[99], (1 + STRENGTH * 0.2) / (2 + STRENGTH)
        )

    def test_no_signal_of_their_own(self):
        """The segment speaks for the partner, the company for the segment."""
        unanswered = signals(h10=(0, 9))
        segment = self.company.narrowed("segment", *signals(h40=(50, 60)))
        self.assertEqual(segment.narrowed("partner", NOTHING, NOTHING), segment)
        self.assertEqual(segment.narrowed("partner", *unanswered), segment)
        self.assertEqual(segment.source, "segment")
        self.assertEqual(
            self.company.narrowed("segment", NOTHING, NOTHING).source, "company"
        )
        self.assertIsNone(HourScores.company(NOTHING, NOTHING))

    def test_one_signal_is_shown_as_their_own(self):
        partner = self.company.narrowed("partner", *signals(h77=(1, 1)))
        self.assertEqual(partner.source, "partner")
        self.assertEqual(partner.best(range(HOURS)), 77)

    def test_known_best_hour_is_found(self):
        """Six hours tried ten times each: nine partners in ten or more."""
        random, found = Random(5), 0
        hours = (9, 35, 62, 90, 113, 140)
        for _ in range(400):
            best = random.choice(hours)
            hits, tries = list(NOTHING), list(NOTHING)
            for number in range(60):
                hour = hours[number % len(hours)]
                tries[hour] += 1
                hits[hour] += random.random() < (0.6 if hour == best else 0.15)
            partner = self.company.narrowed("partner", hits, tries)
            found += partner.best(range(HOURS)) == best
        self.assertGreaterEqual(found, 360)

    @settings(rule, max_examples=40)
    @given(counts, st.sets(st.integers(0, HOURS - 1), min_size=1))
    def test_always_inside_the_allowed_hours(self, counted, allowed):
        partner = self.company.narrowed("partner", *counted)
        best = partner.best(allowed)
        self.assertIn(best, allowed)
        self.assertEqual(
            partner.scores[best], max(partner.scores[hour] for hour in allowed)
        )
        self.assertTrue(all(0 <= score <= 1 for score in partner.scores))

    def test_earliest_of_equals(self):
        self.assertEqual(self.company.best({120, 50, 99}), 50)

    def test_hour_of_week(self):
        # 2026-11-23 is a Monday, 2026-11-28 a Saturday.
        for moment, hour in (
            (datetime(2026, 11, 23, 0, 59), 0),
            (datetime(2026, 11, 28, 9, 30), 129),
            (datetime(2026, 11, 29, 23, 0), 167),
        ):
            self.assertEqual(hour_of_week(moment), hour)

    def test_impossible_counts(self):
        for hits, tries in (
            ([1] * HOURS, NOTHING),
            ([-1] * HOURS, [1] * HOURS),
            ([0] * 24, [0] * 24),
        ):
            with self.assertRaises(ValueError):
                HourScores.company(hits, tries)
        with self.assertRaises(ValueError):
            self.company.best(())
