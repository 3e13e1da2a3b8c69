from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.base_iban.models import res_partner_bank as base_iban


class TestIban(TransactionCase):
    SHEBA = "IR160120000000001234567890"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env, "iban_user", "base.group_user,base.group_partner_manager"
        )
        cls.partner = cls.env["res.partner"].create(
            {"name": "Sara", "country_id": cls.env.ref("base.ir").id}
        )

    def _create(self, number):
        accounts = self.env["res.partner.bank"].with_user(self.user)
        return accounts.create({"partner_id": self.partner.id, "acc_number": number})

    def test_a_sheba_is_an_iban(self):
        account = self._create("ir16 0120 0000 0000 1234 5678 90")
        self.assertEqual(account.acc_number, self.SHEBA)
        self.assertEqual(account.acc_type, "iban")
        self.assertEqual(account.get_bban(), "0120000000001234567890")

    def test_twenty_four_digits_are_an_iban_once_stored(self):
        account = self._create(self.SHEBA[2:])
        self.assertEqual(account.acc_number, self.SHEBA)
        self.assertEqual(account.acc_type, "iban")

    def test_a_wrong_sheba_is_refused(self):
        with self.assertRaises(ValidationError):
            self._create("IR170120000000001234567890")

    def test_the_form_says_while_typing_whether_a_sheba_is_right(self):
        accounts = self.env["res.partner.bank"]
        self.assertTrue(accounts.check_iban("IR16 0120 0000 0000 1234 5678 90"))
        self.assertFalse(accounts.check_iban("IR17 0120 0000 0000 1234 5678 90"))

    def test_a_sheba_of_an_iranian_holder_raises_no_alarm(self):
        self.assertFalse(self._create(self.SHEBA).has_iban_warning)

    def test_other_countries_stay_with_stock(self):
        account = self._create("BE71096123456769")
        self.assertEqual(account.acc_number, "BE71 0961 2345 6769")
        self.assertEqual(account.acc_type, "iban")
        plain = self._create("0123456789")
        self.assertEqual(plain.acc_type, "bank")
        with self.assertRaises(UserError):
            plain.get_bban()

    def test_a_card_is_no_iban(self):
        self.assertEqual(self._create("6037991234567893").acc_type, "l10n_ir_card")

    def test_databases_without_this_module_are_untouched(self):
        self.assertNotIn("ir", base_iban._map_iban_template)
