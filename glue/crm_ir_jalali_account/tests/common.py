from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class JalaliAccountCommon(AccountTestInvoicingCommon):
    """A company in Iran beside one in France, booked by one clerk of each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.iran = cls.company_data["company"]
        cls.iran.l10n_ir_jalali_fiscal_year = True
        cls.company_data_2 = cls.setup_other_company(name="Paris")
        cls.france = cls.company_data_2["company"]
        for data in (cls.company_data, cls.company_data_2):
            for journal, code in (
                ("sale", "INV"),
                ("purchase", "BILL"),
                ("misc", "MISC"),
                ("bank", "BNK1"),
            ):
                data[f"default_journal_{journal}"].code = code
        cls.clerk = cls._clerk("clerk", cls.iran, "en_US")
        cls.persian_in_paris = cls._clerk("persian", cls.france, "fa_IR")

    @classmethod
    def _clerk(cls, login, company, lang):
        return new_test_user(
            cls.env,
            login,
            groups="account.group_account_invoice",
            lang=lang,
            tz="Asia/Tehran",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def _entry(self, day, move_type="out_invoice", user=None, post=True, **values):
        """An entry, or an invoice of `day`, of one line, made by `user`."""
        user = user or self.clerk
        company = user.company_id
        data = self.company_data if company == self.iran else self.company_data_2
        line = {
            "name": "x",
            "account_id": data["default_account_revenue"].id,
        }
        if move_type == "entry":
            values |= {"date": day, "line_ids": [Command.create(line)]}
        else:
            line |= {"price_unit": 100, "tax_ids": False}
            values |= {
                "invoice_date": day,
                "partner_id": self.partner_a.id,
                "invoice_line_ids": [Command.create(line)],
            }
        move = (
            self.env["account.move"]
            .with_user(user)
            .with_context(allowed_company_ids=company.ids)
            .create({"move_type": move_type, **values})
        )
        if post:
            move.action_post()
        return move
