from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


@tagged("post_install", "-at_install")
class TestRialEntries(AccountTestInvoicingCommon):
    """A company kept books in Rial, with stock's two decimals, before the installation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rial = cls.env.ref("base.IRR")
        cls.toman = cls.env.ref("crm_ir_base.IRT")
        cls.rial.rounding = 0.01

    def _post_invoice(self):
        invoice = self.init_invoice(
            "out_invoice", amounts=[1_234.56], currency=self.rial, taxes=[], post=True
        )
        self.assertEqual(invoice.state, "posted")
        return invoice

    def test_decimals_are_changed_where_nothing_is_posted(self):
        self.env["res.currency"]._l10n_ir_set_rounding()
        self.assertEqual((self.rial.rounding, self.toman.rounding), (1.0, 0.1))

    def test_posted_amounts_keep_their_decimals(self):
        invoice = self._post_invoice()
        self.env["res.currency"]._l10n_ir_set_rounding()
        self.assertEqual(self.rial.rounding, 0.01)
        self.assertEqual(self.toman.rounding, 0.1)
        self.assertEqual(invoice.amount_total, 1_234.56)

    def test_kept_decimals_are_told_in_the_settings(self):
        self._post_invoice()
        self.env["res.currency"]._l10n_ir_set_rounding()
        settings = self.env["res.config.settings"].create({})
        self.assertIn("IRR", settings.l10n_ir_rounding_warning)

    def test_kept_parts_of_a_rial_are_never_sent_to_a_bank(self):
        invoice = self._post_invoice()
        with self.assertRaises(UserError):
            invoice.currency_id.l10n_ir_to_whole_rial(invoice.amount_total)
