from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .movement_common import START, LedgerCase

AMOUNT = st.integers(1, 50).map(lambda number: number * 10)
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("award"),
            AMOUNT,
            st.integers(0, 4),
            st.one_of(st.none(), st.integers(0, 8)),
        ),
        st.tuples(st.just("spend"), AMOUNT),
        st.tuples(st.just("revoke"), st.integers(0, 9), st.integers(1, 10)),
        st.tuples(st.just("undo"), st.integers(0, 9)),
        st.tuples(st.just("pass"), st.integers(1, 4)),
        st.tuples(st.just("replay"), st.integers(0, 9)),
    ),
    max_size=25,
)


class Model:
    """A member's points as a shopkeeper would keep them, with a jar for each award.

    Days are counted from the first; each night jars that ran out are emptied.
    """

    def __init__(self):
        self.day = 0
        self.jars = []
        self.debts = []
        self.spends = []

    def award(self, points, pending, validity):
        first = self.day + pending
        last = None if validity is None else first + validity
        jar = {"size": points, "left": Fraction(points), "first": first, "last": last}
        jar |= {"share": Fraction(), "taken": Fraction(), "expired": Fraction()}
        self.jars.append(jar)
        self.pay_debts()

    def usable(self):
        return sorted(
            (jar for jar in self.jars if jar["first"] <= self.day and jar["left"]),
            key=lambda jar: (
                jar["last"] is None,
                jar["last"] or 0,
                jar["first"],
                self.jars.index(jar),
            ),
        )

    def balance(self):
        return sum(jar["left"] for jar in self.usable()) - sum(self.owed())

    def owed(self):
        return [debt["owed"] for debt in self.debts]

    def empty(self, points, debt):
        """Take points from the jars into what takes them; the rest is owed."""
        for jar in self.usable():
            taken = min(points, jar["left"])
            jar["left"] -= taken
            points -= taken
            if taken:
                debt["from"].append([jar, taken])
        debt["owed"] = points

    def pay_debts(self):
        for debt in self.debts:
            if debt["owed"]:
                self.empty(debt["owed"], debt)

    def spend(self, points):
        if points > self.balance():
            return False
        spend = {"points": Fraction(points), "from": [], "owed": Fraction()}
        self.empty(spend["points"], spend)
        self.spends.append(spend)
        return True

    def revoke(self, jar, tenths):
        jar["share"] += Fraction(tenths, 10)
        due = jar["size"] * min(jar["share"], 1) - jar["expired"] - jar["taken"]
        due = max(due, Fraction())
        jar["taken"] += due
        own = min(due, jar["left"])
        jar["left"] -= own
        debt = {"from": [], "owed": Fraction()}
        self.debts.append(debt)
        self.empty(due - own, debt)

    def undo(self, spend):
        """A cancelled sale brings what it spent back into the same jars."""
        for jar, points in spend["from"]:
            jar["left"] += points
        spend["from"] = []
        self.pay_debts()
        self.expire()

    def expire(self):
        for jar in self.usable():
            if jar["last"] is not None and jar["last"] < self.day:
                jar["expired"] += jar["left"]
                jar["left"] = Fraction()

    def night(self):
        self.day += 1
        self.pay_debts()
        self.expire()


@tagged("post_install", "-at_install")
class TestMovementModel(LedgerCase):
    @given(STEPS)
    @settings(deadline=None, derandomize=True, database=None, max_examples=60)
    def test_a_ledger_is_what_a_shopkeeper_would_count(self, steps):
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 1)
        self.card = self.env["loyalty.card"].create({"program_id": self.club.id})
        model, awards, spends = Model(), [], []
        with freeze_time(f"{START} 08:00:00") as clock:
            for number, (step, *values) in enumerate(steps):
                getattr(self, f"do_{step}")(
                    model, awards, spends, clock, f"step {number}", *values
                )
                self.assertSame(model, awards)

    @given(
        st.lists(st.integers(1, 10), min_size=1, max_size=6),
        st.integers(0, 10),
        st.randoms(use_true_random=False),
    )
    @settings(deadline=None, derandomize=True, database=None, max_examples=30)
    def test_returns_that_are_all_undone_leave_no_trace(self, tenths, spent, random):
        self.card = self.env["loyalty.card"].create({"program_id": self.club.id})
        award = self.award(1000.0001, "order")
        if spent:
            self.spend(spent * 100, "gift")
        before = self.card.points
        returns = [
            self.card._l10n_ir_revoke("order", share / 10, f"back {n}", "Returned")
            for n, share in enumerate(tenths)
        ]
        taken = min(sum(tenths) / 10, 1) * 1000.0001
        self.assertAlmostEqual(self.card.points, before - taken, 4)
        random.shuffle(returns)
        for revoke in returns:
            revoke._give_back("Not returned")
        self.assertEqual(self.card.points, before)
        self.assertEqual(award.remaining, before)
        self.assertLedger(self.card)

    def do_award(self, model, awards, spends, clock, name, points, pending, validity):
        day = START + timedelta(days=model.day)
        first = day + timedelta(days=pending)
        last = validity is not None and first + timedelta(days=validity)
        awards.append(self.award(points, name, available_on=first, expires_on=last))
        model.award(points, pending, validity)

    def do_spend(self, model, awards, spends, clock, name, points):
        if model.spend(points):
            spends.append(self.spend(points, name))
        else:
            with self.assertRaises(UserError):
                self.spend(points, name)

    def do_revoke(self, model, awards, spends, clock, name, which, tenths):
        if awards:
            which %= len(awards)
            self.card._l10n_ir_revoke(
                awards[which].reference, Decimal(tenths) / 10, name, "Returned"
            )
            model.revoke(model.jars[which], tenths)

    def do_undo(self, model, awards, spends, clock, name, which):
        if spends:
            which %= len(spends)
            spends[which]._give_back("Cancelled")
            model.undo(model.spends[which])

    def do_pass(self, model, awards, spends, clock, name, days):
        for _day in range(days):
            clock.tick(timedelta(days=1))
            self.env["loyalty.card"]._cron_l10n_ir_settle()
            model.night()

    def do_replay(self, model, awards, spends, clock, name, which):
        rows = self.card.l10n_ir_movement_ids
        if spends:
            self.spend(1, spends[which % len(spends)].reference)
        if awards:
            self.award(1, awards[which % len(awards)].reference)
        self.assertEqual(self.card.l10n_ir_movement_ids, rows)

    def assertSame(self, model, awards):
        self.assertEqual(self.card.points, float(model.balance()))
        for award, jar in zip(awards, model.jars, strict=True):
            self.assertEqual(award.remaining, float(jar["left"]))
            drawn = sum(award.award_draw_ids.mapped("points"))
            self.assertTrue(0 <= drawn <= award.points)
        if self.card.points < 0:
            self.assertIn("revoke", self.card.l10n_ir_movement_ids.mapped("kind"))
        self.assertLedger(self.card)
