from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_loyalty.tools.satisfaction import ces, csat, nps

rule = settings(deadline=None, derandomize=True, database=None)


class TestSatisfaction(BaseCase):
    def test_nps_of_a_thousand(self):
        """1,000 answers, 250 promoters, 75 detractors."""
        found = nps({10: 150, 9: 100, 8: 375, 7: 300, 6: 40, 0: 35})
        self.assertAlmostEqual(found.value, 17.5)
        self.assertAlmostEqual(found.se, 1.716, 3)
        self.assertAlmostEqual(found.low, 14.14, 2)
        self.assertAlmostEqual(found.high, 20.86, 2)
        self.assertEqual(found.answers, 1000)

    def test_csat(self):
        """Wilson's interval of 81 in 263 (Newcombe 1998), in percent."""
        found = csat({5: 41, 4: 40, 3: 100, 1: 82})
        self.assertAlmostEqual(found.value, 30.80, 2)
        self.assertAlmostEqual(found.low, 25.53, 2)
        self.assertAlmostEqual(found.high, 36.62, 2)

    def test_ces(self):
        """Forty answers, half 3 and half 5: mean 4, standard deviation 1.0127."""
        found = ces({3: 20, 5: 20})
        self.assertAlmostEqual(found.value, 4)
        self.assertAlmostEqual(found.se, 1.012739 / 40**0.5, 5)

    def test_no_figure_below_thirty_answers(self):
        for metric in (nps, csat, ces):
            self.assertIsNone(metric({5: 29}))
            self.assertIsNotNone(metric({5: 30}))
            self.assertIsNone(metric({}))

    def test_answers_off_the_scale(self):
        for metric, answer in ((nps, 11), (nps, -1), (csat, 0), (csat, 6), (ces, 8)):
            with self.assertRaises(ValueError):
                metric({answer: 50})
        with self.assertRaises(ValueError):
            nps({5: 60, 6: -10})

    @rule
    @given(st.dictionaries(st.integers(1, 5), st.integers(0, 500)))
    def test_intervals_hold_the_figure_and_stay_on_the_scale(self, counts):
        for metric, least, most in ((nps, -100, 100), (csat, 0, 100), (ces, 1, 7)):
            found = metric(counts)
            if sum(counts.values()) < 30:
                self.assertIsNone(found)
            else:
                slack = 1e-9
                self.assertLessEqual(least, found.low)
                self.assertLessEqual(found.low, found.value + slack)
                self.assertLessEqual(found.value, found.high + slack)
                self.assertLessEqual(found.high, most)
