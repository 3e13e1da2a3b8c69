import jdatetime

from odoo import Command
from odoo.tests import freeze_time, new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


def jalali(year, month, day):
    """The Gregorian day, by an independent implementation of the calendar."""
    return jdatetime.date(year, month, day).togregorian()


def on(year, month, day):
    """Noon in Tehran of a Jalali day, as a context or decorator."""
    return freeze_time(f"{jalali(year, month, day)} 08:30:00")


class ClubCase(AccountTestInvoicingCommon):
    """A club of a company that keeps its books in Rial."""

    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.env.ref(
            "sales_team.group_sale_manager"
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls._create_company(
            name="Aftab", currency_id=cls.env.ref("base.IRR").id
        )
        cls.env.user.company_ids |= company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": company.ids}
        )
        cls.company = company
        cls.manager = new_test_user(
            cls.env,
            "club_manager",
            "sales_team.group_sale_manager,base.group_partner_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        cls.salesman = new_test_user(
            cls.env,
            "club_salesman",
            "sales_team.group_sale_salesman_all_leads",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        cls.club = cls.env["loyalty.program"].create(
            {
                "name": "Club",
                "program_type": "loyalty",
                "applies_on": "both",
                "trigger": "auto",
                "reward_ids": [Command.create({"required_points": 200})],
                "company_id": company.id,
            }
        )
        cls.rules = cls.env["crm.ir.loyalty.rule"]
        cls.tiers = cls.env["crm.ir.loyalty.tier"]
        cls.memberships = cls.env["crm.ir.loyalty.membership"]

    def rule(self, kind, points=1, **values):
        return self.rules.with_user(self.manager).create(
            {
                "name": kind,
                "program_id": self.club.id,
                "kind": kind,
                "points": points,
                **values,
            }
        )

    def tier(self, name, **values):
        values.setdefault("sequence", self.tiers.search_count([]))
        return self.tiers.with_user(self.manager).create(
            {"name": name, "program_id": self.club.id, **values}
        )

    def person(self, name="Sara", **values):
        return self.env["res.partner"].create({"name": name, **values})

    def member(self, name="Sara", **values):
        person = self.person(name, **values)
        self.club._l10n_ir_join(person)
        return person

    def points(self, partner):
        """The points of a member, pending ones included."""
        card = self.club._l10n_ir_card(partner)
        return card.points + card.l10n_ir_pending

    def invoice(self, partner, amount, pay=True, team=None, lines=None):
        """A posted invoice of today, paid unless told otherwise."""
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": self.env["crm.ir.loyalty.movement"]._today(),
                "team_id": team and team.id,
                "invoice_line_ids": lines
                or [
                    Command.create(
                        {"name": "Goods", "price_unit": amount, "tax_ids": False}
                    )
                ],
            }
        )
        invoice.action_post()
        if pay:
            self._register_payment(invoice)
        return invoice

    def refund(self, invoice, amount):
        refund = invoice._reverse_moves(
            [{"invoice_date": self.env["crm.ir.loyalty.movement"]._today()}]
        )
        refund.invoice_line_ids.price_unit = amount
        refund.action_post()
        return refund

    def night(self):
        """What the crons of the club do."""
        self.rules._cron_award()
        self.memberships._cron_evaluate()

    def tier_of(self, partner):
        return self.club._l10n_ir_card(partner)._l10n_ir_tier().name
