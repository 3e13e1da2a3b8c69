import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user
from odoo.tools import mute_logger

# valid by construction, of no real account or card
SHEBAS = {
    "IR160120000000001234567890": "بانک ملت",
    "IR490170000000001234567890": "بانک ملی ایران",
    "IR930560000000001234567890": "بانک سامان",
    "IR220570000000001234567890": "بانک پاسارگاد",
    "IR030600000000001234567890": "بانک قرض‌الحسنه مهر ایران",
}
CARDS = {
    "6104331234567890": "بانک ملت",
    "6037991234567893": "بانک ملی ایران",
    "6219861234567898": "بانک سامان",
    "5022291234567897": "بانک پاسارگاد",
}
SHEBA, CARD, MASKED = (
    "IR490170000000001234567890",
    "6037991234567893",
    "603799******7893",
)


class BankAccountCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env,
            "clerk",
            "base.group_user,base.group_partner_manager,base.group_allow_export",
        )
        cls.reader = new_test_user(cls.env, "reader", "base.group_user")
        cls.partner = cls.env["res.partner"].create(
            {"name": "Sara", "country_id": cls.env.ref("base.ir").id}
        )
        cls.accounts = cls.env["res.partner.bank"].with_user(cls.clerk)

    def _create(self, number, **values):
        return self.accounts.create(
            {"partner_id": self.partner.id, "acc_number": number, **values}
        )


class TestSheba(BankAccountCase):
    def test_every_spelling_of_a_sheba_is_stored_compact(self):
        spellings = (
            SHEBA,
            "ir49 0170 0000 0000 1234 5678 90",
            "IR49-0170-0000-0000-1234-5678-90",
            "۴۹۰۱۷۰۰۰۰۰۰۰۰۰۱۲۳۴۵۶۷۸۹۰",
            "٤٩٠١٧٠٠٠٠٠٠٠٠٠١٢٣٤٥٦٧٨٩٠",
            "49 0170 0000 0000 1234 5678 90",
        )
        for spelling in spellings:
            account = self._create(spelling, partner_id=self.partner.copy().id)
            self.assertEqual(account.acc_number, SHEBA, spelling)
            self.assertEqual(account.sanitized_acc_number, SHEBA, spelling)

    def test_the_bank_is_known_from_the_sheba(self):
        for number, bank in SHEBAS.items():
            self.assertEqual(self._create(number).bank_id.name, bank)

    def test_a_wrong_digit_is_refused_in_one_sentence(self):
        for number in ("IR490170000000001234567891", "490170000000001234567891"):
            with self.assertRaisesRegex(ValidationError, f"^[^\n]*{number}[^\n]*$"):
                self._create(number)
        self.assertFalse(self.partner.bank_ids)

    def test_a_missing_digit_is_refused_and_says_how_many_are_needed(self):
        with self.assertRaisesRegex(ValidationError, "24 digits"):
            self._create(SHEBA[:-1])

    def test_a_wrong_digit_leaves_the_stored_number_alone(self):
        account = self._create(SHEBA)
        with self.assertRaises(ValidationError):
            account.acc_number = "IR490170000000001234567899"
        account.invalidate_recordset()
        self.assertEqual(account.acc_number, SHEBA)

    def test_numbers_that_are_no_sheba_are_left_alone(self):
        for number in (
            "0123456789",
            "IRAN-12",
            "849-810-123456-1",
            "GB82 WEST 1234 5698 7654 32",
        ):
            account = self._create(number)
            self.assertEqual(
                account.sanitized_acc_number, number.replace("-", "").replace(" ", "")
            )
            self.assertFalse(account.bank_id)

    def test_accounts_of_24_digits_abroad_are_left_alone(self):
        self.partner.country_id = self.env.ref("base.hu")
        for number in ("11773016-11111018-00000000", "490170000000001234567890"):
            self.assertEqual(self._create(number).acc_number, number)

    def test_without_any_country_24_digits_are_a_sheba(self):
        self.partner.country_id = False
        self.env.company.country_id = False
        self.assertEqual(self._create(SHEBA[2:]).acc_number, SHEBA)

    def test_a_sheba_is_found_in_any_digits(self):
        account = self._create(SHEBA)
        for typed in ("ir49 0170", "۱۲۳۴۵۶۷۸۹۰"):
            found = self.accounts.search([("acc_number", "ilike", typed)])
            self.assertIn(account, found, typed)


class TestCard(BankAccountCase):
    def test_a_card_is_recognised_with_its_bank(self):
        for number, bank in CARDS.items():
            account = self._create(number)
            self.assertEqual(account.acc_type, "l10n_ir_card")
            self.assertEqual(account.bank_id.name, bank)

    def test_a_card_is_recognised_in_any_digits_and_grouping(self):
        self.assertEqual(self._create("۶۰۳۷-9912-3456 7893").acc_number, MASKED)

    def test_a_wrong_luhn_digit_makes_it_a_plain_number(self):
        self.assertEqual(self._create("6037991234567894").acc_type, "bank")

    def test_cards_of_foreign_banks_stay_with_stock(self):
        account = self._create("4111111111111111")
        self.assertEqual(account.acc_number, "4111111111111111")

    def test_the_whole_number_is_nowhere_but_in_its_field(self):
        account = self._create(CARD)
        account.acc_number = "6104331234567890"
        account.acc_number = CARD
        self.env.flush_all()
        values = account.read()[0]
        self.assertEqual(values.pop("l10n_ir_card_number"), CARD)
        self.assertNotIn(CARD, str(values))
        self.assertIn(MASKED, account.display_name)
        for model_name, fnames in (
            ("mail.message", ["body", "subject"]),
            ("mail.tracking.value", ["old_value_char", "new_value_char"]),
        ):
            stored = self.env[model_name].sudo().search([], order="id desc", limit=100)
            self.assertNotIn(CARD, str(stored.read(fnames)))

    def test_an_export_shows_the_masked_number(self):
        exported = self._create(CARD).export_data(["acc_number", "display_name"])
        self.assertNotIn(CARD, str(exported))

    def test_only_who_may_edit_accounts_reads_the_whole_number(self):
        account = self._create(CARD)
        self.assertEqual(account.l10n_ir_card_number, CARD)
        with self.assertRaises(AccessError):
            account.with_user(self.reader).read(["l10n_ir_card_number"])
        self.assertEqual(account.with_user(self.reader).acc_number, MASKED)

    def test_the_server_log_never_shows_a_card(self):
        self._create(CARD)
        other = self._create("6104331234567890")
        for attempt in (
            lambda: self._create(CARD),
            lambda: other.write({"acc_number": CARD}),
        ):
            with (
                self.assertLogs("odoo.sql_db", "ERROR") as logs,
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                attempt()
                self.env.flush_all()
            self.assertNotIn(CARD, "".join(logs.output))

    def test_two_cards_that_look_alike_when_masked_are_two_accounts(self):
        # 6037 9912 3456 7893 and 6037 9904 3456 7893, both with a right check digit
        accounts = self._create(CARD) + self._create("6037990434567893")
        self.assertEqual(accounts.mapped("acc_number"), [MASKED, MASKED])
        self.assertEqual(accounts[1].l10n_ir_card_number, "6037990434567893")

    def test_the_same_card_twice_is_refused(self):
        self._create(CARD)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._create("6037 9912 3456 7893")

    def test_a_card_is_found_by_its_whole_number_and_by_its_last_digits(self):
        account = self._create(CARD)
        for operator, typed in (
            ("=", CARD),
            ("ilike", "۶۰۳۷-9912-3456-7893"),
            ("ilike", "7893"),
        ):
            self.assertIn(
                account, self.accounts.search([("acc_number", operator, typed)])
            )
        self.assertIn(account, self.accounts.search([("acc_number", "in", [CARD])]))

    def test_saving_the_masked_number_again_loses_nothing(self):
        account = self._create(CARD)
        account.write({"acc_number": MASKED, "note": "salary"})
        self.assertEqual(account.l10n_ir_card_number, CARD)
        self.assertIn(account, self.accounts.search([("acc_number", "=", CARD)]))

    def test_a_card_written_by_its_technical_name_is_masked_too(self):
        account = self._create(SHEBA)
        account.write({"sanitized_acc_number": CARD})
        self.assertEqual(account.acc_number, MASKED)
        self.assertEqual(account.l10n_ir_card_number, CARD)

    def test_a_card_replaced_by_a_sheba_is_forgotten(self):
        account = self._create(CARD)
        account.acc_number = "IR930560000000001234567890"
        self.assertFalse(account.l10n_ir_card_number)
        self.assertEqual(account.bank_id.name, "بانک سامان")

    def test_cards_typed_before_the_installation_are_masked_and_given_back(self):
        account = self._create(CARD)
        self.accounts.sudo()._l10n_ir_unmask_cards()
        self.assertEqual(account.acc_number, CARD)
        self.assertEqual(account.sanitized_acc_number, CARD)
        self.accounts.sudo()._l10n_ir_mask_cards()
        self.assertEqual(account.acc_number, MASKED)
        self.assertEqual(account.l10n_ir_card_number, CARD)


class TestBankRecognition(BankAccountCase):
    def test_the_form_fills_in_the_bank(self):
        with Form(self.accounts) as form:
            form.partner_id = self.partner
            form.acc_number = CARD
            self.assertEqual(form.bank_id.name, "بانک ملی ایران")
            form.acc_number = "IR160120000000001234567890"
            self.assertEqual(form.bank_id.name, "بانک ملت")
        self.assertEqual(form.record.acc_number, "IR160120000000001234567890")

    def test_an_import_fills_in_the_bank(self):
        result = self.accounts.load(
            ["acc_number", "partner_id"],
            [[number, self.partner.name] for number in (SHEBA, CARD)],
        )
        self.assertFalse(result["messages"])
        imported = self.accounts.browse(result["ids"])
        self.assertEqual(imported.mapped("bank_id.name"), ["بانک ملی ایران"])
        self.assertEqual(imported.mapped("acc_number"), [SHEBA, MASKED])

    def test_the_bank_the_user_chose_stays(self):
        sepah = self.env.ref("crm_ir_base.bank_sepah")
        self.assertEqual(self._create(SHEBA, bank_id=sepah.id).bank_id, sepah)

    def test_an_import_never_renames_a_bank(self):
        melli = self.env.ref("crm_ir_base.bank_melli")
        account = self._create(SHEBA, bank_name="ملی")
        self.assertEqual(account.bank_id, melli)
        self.assertEqual(melli.name, "بانک ملی ایران")

    def test_every_bank_has_its_codes(self):
        codes = self.env["crm.ir.bank.code"].search([]).mapped("code")
        self.assertEqual(len([code for code in codes if len(code) == 3]), 38)
        self.assertGreaterEqual(len([code for code in codes if len(code) == 6]), 50)
        mehr = self.env.ref("crm_ir_base.bank_mehr_iran")
        self.assertEqual(mehr.l10n_ir_code_ids.mapped("code"), ["060", "090", "606373"])

    def test_a_merged_bank_says_into_which(self):
        # Mellat's test number with the code and check digits of Ansar
        account = self._create("IR810630000000001234567890")
        self.assertIn("بانک سپه", account.bank_id.name)
        self.assertIn("انصار", account.bank_id.name)

    def test_an_administrator_corrects_the_table_without_a_release(self):
        admin = new_test_user(self.env, "sysadmin", "base.group_system")
        codes = self.env["crm.ir.bank.code"].with_user(admin)
        saman = self.env.ref("crm_ir_base.bank_saman")
        self.assertEqual(self._create("6299991234567896").acc_type, "bank")
        codes.create({"code": "۶۲۹۹۹۹", "bank_id": saman.id})
        account = self._create("6299 9912 3456 7896")
        self.assertEqual((account.acc_type, account.bank_id), ("l10n_ir_card", saman))
        codes.search([("code", "=", "603799")]).bank_id = saman
        self.assertEqual(self._create(CARD).bank_id, saman)
        with self.assertRaises(AccessError):
            codes.with_user(self.clerk).create({"code": "629998", "bank_id": saman.id})

    def test_a_deleted_bank_is_not_recognised_any_more(self):
        self.env.ref("crm_ir_base.bank_saman").unlink()
        self.assertFalse(self._create("IR930560000000001234567890").bank_id)

    def test_a_code_names_one_bank(self):
        saman = self.env.ref("crm_ir_base.bank_saman")
        for code in ("603799", "12", "12345", "abc"):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env["crm.ir.bank.code"].create({"code": code, "bank_id": saman.id})

    def test_a_bank_is_found_by_its_english_name(self):
        found = self.env["res.bank"].name_search("Mellat")
        self.assertIn("بانک ملت", [name for _id, name in found])

    def test_a_list_of_accounts_costs_the_same_queries_for_one_and_for_many(self):
        for index in range(40):
            self._create(f"IR{self._check(index)}0120{index:018d}")

        def cost(accounts):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            accounts.read(["acc_number", "acc_type", "bank_id", "display_name"])
            return self.env.cr.sql_log_count - before

        accounts = self.partner.bank_ids.with_user(self.clerk)
        cost(accounts[:1]), cost(accounts)  # fill the caches of the registry
        self.assertEqual(cost(accounts[:1]), cost(accounts))

    @staticmethod
    def _check(index):
        """Check digits of account `index` at Mellat, by the rule of ISO 13616."""
        return f"{98 - int(f'0120{index:018d}182700') % 97:02d}"
