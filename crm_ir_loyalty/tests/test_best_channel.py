from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.crm_ir_loyalty.tools.best_channel import COSTS, ChannelRates
from odoo.addons.crm_ir_loyalty.tools.best_time import STRENGTH

rule = settings(deadline=None, derandomize=True, database=None)

counts = st.dictionaries(
    st.sampled_from(sorted(COSTS)),
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda c: (c[0], c[0] + c[1])),
)


class TestBestChannel(BaseCase):
    company = ChannelRates.company({"call": (30, 60), "email": (10, 100)})

    def test_posterior_mean(self):
        """Beta-Binomial by hand: the company's rate is 40 of 160."""
        self.assertEqual(set(self.company.rates), {"call", "email"})
        self.assertAlmostEqual(
            self.company.rates["call"], (30 + STRENGTH * 0.25) / (60 + STRENGTH)
        )
        partner = self.company.narrowed("partner", {"email": (2, 3)})
        self.assertAlmostEqual(
            partner.rates["email"],
            (2 + STRENGTH * self.company.rates["email"]) / (3 + STRENGTH),
        )
        self.assertEqual(partner.rates["call"], self.company.rates["call"])
        self.assertEqual(partner.source, "partner")

    def test_no_try_of_their_own(self):
        self.assertEqual(self.company.narrowed("segment", {}), self.company)
        self.assertEqual(
            self.company.narrowed("partner", {"call": (0, 0)}), self.company
        )
        self.assertIsNone(ChannelRates.company({}))
        self.assertIsNone(ChannelRates.company({"call": (0, 8)}))

    def test_calls_in_vain_are_a_reason_to_write(self):
        self.assertEqual(self.company.best(COSTS), "call")
        partner = self.company.narrowed("partner", {"call": (0, 20)})
        self.assertEqual(partner.best(COSTS), "email")

    def test_a_dearer_channel_must_be_answered_more(self):
        rates = ChannelRates("company", {"call": 0.30, "email": 0.25})
        self.assertEqual(rates.best(COSTS), "email")
        rates = ChannelRates("company", {"call": 0.40, "email": 0.25})
        self.assertEqual(rates.best(COSTS), "call")

    def test_only_what_is_allowed_and_known(self):
        self.assertEqual(self.company.best({"email", "sms"}), "email")
        self.assertIsNone(self.company.best({"sms"}))
        self.assertIsNone(self.company.best(()))

    @rule
    @given(counts, counts, st.sets(st.sampled_from(sorted(COSTS))))
    def test_never_what_is_not_allowed(self, company, segment, allowed):
        rates = ChannelRates.company(
            {
                channel: tuple(
                    map(sum, zip(count, segment.get(channel, (0, 0)), strict=True))
                )
                for channel, count in ({c: (0, 0) for c in segment} | company).items()
            }
        )
        if rates:
            narrowed = rates.narrowed("segment", segment)
            self.assertIn(narrowed.best(allowed), {*allowed, None})
            self.assertTrue(all(0 <= rate <= 1 for rate in narrowed.rates.values()))

    def test_impossible_counts(self):
        with self.assertRaises(ValueError):
            ChannelRates.company({"call": (2, 1)})
        with self.assertRaises(ValueError):
            self.company.narrowed("partner", {"call": (-1, 1)})
