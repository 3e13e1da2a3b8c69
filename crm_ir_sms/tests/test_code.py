import contextlib
import datetime
import logging
import re
import time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import SmsCase

NUMBER = "+989121110000"
WAITING = 100_000


@tagged("post_install", "-at_install")
class TestCode(SmsCase):
    """`_verify` commits by itself: the tests give it a cursor in their transaction."""

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.visitor = new_test_user(self.env, "visitor", "base.group_public")
        codes = self.env["crm.ir.sms.code"].with_context(lang="en_US")
        self.codes = codes.with_user(self.visitor)
        self.patterns = codes.env["crm.ir.sms.pattern"]

    def send(self, number="۰۹۱۲ ۱۱۱ ۰۰۰۰", scope="portal"):
        """Send a code and return what the phone shows of it."""
        self.codes._send(number, scope, self.company)
        self.env.flush_all()
        # a request ends
        self.env.cr.postcommit.run()
        self.env.invalidate_all()
        sms = [*self.telecom.messages.values()][-1]
        (code,) = re.findall(r"[0-9]{6}", sms.body)
        return code

    def verify(self, code, number=NUMBER, scope="portal"):
        self.env.flush_all()
        is_right = self.codes._verify(number, scope, code)
        self.env.invalidate_all()
        return is_right

    def make_pattern(self, names=("token",), code="1001"):
        return self.patterns.create(
            {
                "name": "Code",
                "account_id": self.account.id,
                "code": code,
                "body": "کد: %token% %token2%",
                "is_code": True,
                "variable_ids": [(0, 0, {"name": name}) for name in names],
            }
        )

    def last(self):
        return self.codes.sudo().search([], order="id desc", limit=1)

    def test_a_code_arrives_and_holds_once(self):
        code = self.send()
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.number, NUMBER)
        self.assertEqual(sms.body, f"Your confirmation code: {code}")
        self.assertTrue(self.verify(code))
        self.assertFalse(self.verify(code))

    def test_a_code_is_read_as_a_person_types_it(self):
        digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
        code = f" {self.send().translate(digits)} "
        self.assertTrue(self.verify(code, number="۰۹۱۲ ۱۱۱ ۰۰۰۰"))

    def test_a_wrong_code_or_none_is_refused(self):
        code = self.send()
        for wrong in (str(int(code) ^ 1), "", None, "کد", code + "0"):
            self.assertFalse(self.verify(wrong))

    def test_five_attempts_are_all(self):
        code = self.send()
        for _attempt in range(5):
            self.assertFalse(self.verify("000000"))
        self.assertFalse(self.verify(code))

    def test_a_code_holds_for_its_number_and_scope_alone(self):
        code = self.send()
        self.assertFalse(self.verify(code, scope="signature"))
        self.assertFalse(self.verify(code, number="+989121110002"))
        self.assertTrue(self.verify(code))

    def test_only_the_newest_code_holds(self):
        first, second = self.send(), self.send()
        self.assertFalse(self.verify(first))
        self.assertTrue(self.verify(second))
        self.assertFalse(self.verify(first))

    def test_a_code_expires_after_two_minutes_or_as_set(self):
        self.send()
        now = self.env.cr.now()
        self.assertEqual(self.last().expires, now + datetime.timedelta(minutes=2))
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("crm_ir_sms.code_seconds", "60")
        code = self.send()
        self.assertEqual(self.last().expires, now + datetime.timedelta(minutes=1))
        self.last().expires = now
        self.assertFalse(self.verify(code))

    def test_a_number_gets_three_codes_in_ten_minutes(self):
        for scope in ("portal", "portal", "signature"):
            self.send(scope=scope)
        with self.assertRaisesRegex(UserError, "ten minutes"):
            self.codes._send(NUMBER, "portal", self.company)
        self.send(number="09121110002")
        self.env.cr.execute(
            "UPDATE crm_ir_sms_code SET create_date = create_date - interval '601 s'"
        )
        self.send()

    @mute_logger("odoo.addons.crm_ir_sms.models.crm_ir_sms_code")
    def test_a_company_sends_no_more_in_an_hour_than_is_set(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("crm_ir_sms.codes_per_hour", "2")
        self.send(number="09121110002")
        self.send(number="09121110003")
        with self.assertRaisesRegex(UserError, "cannot be sent now"):
            self.codes._send(NUMBER, "portal", self.company)
        self.env.cr.execute(
            "UPDATE crm_ir_sms_code SET create_date = create_date - interval '1 hour'"
        )
        self.send()

    def test_what_is_no_mobile_phone_is_told_at_once(self):
        for number in ("12", "", None, "021 8888 8888"):
            with self.assertRaisesRegex(UserError, "mobile phone"):
                self.codes._send(number, "portal", self.company)

    def test_where_nothing_can_be_sent_the_person_is_told_at_once(self):
        self.account.action_pause()
        with self.assertRaisesRegex(UserError, "cannot be sent now"):
            self.codes._send(NUMBER, "portal", self.company)
        self.assertFalse(self.codes.sudo().search([("number", "=", NUMBER)]))

    def test_the_pattern_for_codes_is_used_where_there_is_one(self):
        pattern = self.make_pattern()
        code = self.send()
        (sms,) = self.telecom.messages.values()
        self.assertEqual(sms.body, f"کد شما {code} است")
        row = self.messages.search([("number", "=", NUMBER)])
        self.assertEqual((row.pattern_id, row.body), (pattern, "کد: ••• %token2%"))
        self.assertFalse(row.pattern_values)
        self.assertTrue(self.verify(code))

    def test_a_pattern_for_codes_has_one_variable_and_an_account_one_such(self):
        for names in ((), ("token", "token2")):
            with self.assertRaisesRegex(ValidationError, "one variable"):
                with self.env.cr.savepoint():
                    self.make_pattern(names)
        self.make_pattern()
        with self.assertRaisesRegex(Exception, "code_of_account_uniq"):
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.make_pattern(code="other")

    @contextlib.contextmanager
    def everything_logged(self):
        """Give the lines of every log, with the statements of the database."""
        with contextlib.ExitStack() as stack:
            logs = stack.enter_context(self.assertLogs(level=logging.DEBUG))
            for name in ("odoo", "odoo.sql_db", "urllib3"):
                logger = logging.getLogger(name)
                stack.callback(logger.setLevel, logger.level)
                logger.setLevel(logging.DEBUG)
            yield logs.output

    def test_the_code_is_in_no_log(self):
        with self.everything_logged() as lines:
            code = self.send()
            self.verify(code)
        log = "\n".join(lines)
        self.assertIn('INSERT INTO "crm_ir_sms_code"', log)
        self.assertNotIn(code, log)

    def test_the_code_is_in_no_table_after_sending(self):
        code = self.send()
        for table in ("crm_ir_sms_message", "crm_ir_sms_code", "mail_message"):
            self.env.cr.execute(
                f"SELECT * FROM {table} WHERE create_uid = %s", [self.visitor.id]
            )
            rows = repr(self.env.cr.fetchall())
            self.assertNotIn(code, rows)

    def test_the_code_is_in_no_export_of_an_administrator(self):
        admin = new_test_user(self.env, "sms_admin", "base.group_system")
        self.codes._send(NUMBER, "portal", self.company)
        row = self.messages.search([("number", "=", NUMBER)])
        (code,) = re.findall(r"[0-9]{6}", row.secret_body)
        rows = row.with_user(admin)
        names = list(rows.fields_get())
        self.assertIn("body", names)
        exported = repr(rows.export_data(names)["datas"])
        self.assertIn("Your confirmation code: •••", exported)
        self.assertNotIn(code, exported)
        with self.assertRaises(AccessError):
            rows.export_data(["secret_body"])
        with self.assertRaises(AccessError):
            self.last().with_user(admin).export_data(["number"])

    def test_the_code_is_in_no_traceback_of_a_defect(self):
        def broken(gateway, texts):
            raise ValueError(texts)

        gateway = type(self.account._gateway())
        self.patch(gateway, "send", broken)
        with self.everything_logged() as lines:
            self.codes._send(NUMBER, "portal", self.company)
            row = self.messages.search([("number", "=", NUMBER)])
            secret = row.secret_body
            self.env.cr.postcommit.run()
        (code,) = re.findall(r"[0-9]{6}", secret)
        log = "\n".join(lines)
        self.assertIn("Traceback", log)
        self.assertNotIn(code, log)

    def test_what_is_late_is_refused_and_never_leaves(self):
        self.codes._send(NUMBER, "portal", self.company)
        self.env.cr.postcommit.clear()
        row = self.messages.search([("number", "=", NUMBER)])
        row.expires = self.env.cr.now()
        self.work()
        self.assertFalse(self.telecom.messages)
        self.messages._outbox_upkeep()
        self.assertEqual((row.state, row.failure), ("refused", "expired"))
        self.assertFalse(row.secret_body)
        row.with_user(self.manager).action_retry()
        self.work()
        self.assertFalse(self.telecom.messages)

    def test_a_refused_code_is_not_sent_again_without_its_digits(self):
        self.make_pattern(code="9999")
        self.codes._send(NUMBER, "portal", self.company)
        self.env.cr.postcommit.clear()
        self.work()
        row = self.messages.search([("number", "=", NUMBER)])
        self.assertEqual(row.state, "refused")
        row.with_user(self.manager).action_retry()
        self.work()
        self.assertFalse(self.telecom.messages)

    def test_a_code_arrives_at_once_while_a_campaign_waits(self):
        self.env.cr.execute(
            """
            INSERT INTO crm_ir_sms_message
                (company_id, number, body, purpose, state, lane, reference, due,
                 is_shown, parts, create_date)
            SELECT %s, '+98912' || lpad(n::text, 7, '0'), 'حراج', 'service', 'queued',
                'bulk', 'campaign' || n, now() at time zone 'UTC', TRUE, 1,
                now() at time zone 'UTC'
            FROM generate_series(1, %s) n
            """,
            [self.company.id, WAITING],
        )
        began = time.monotonic()
        code = self.send()
        self.assertLess(time.monotonic() - began, 5)
        self.assertEqual(len(self.telecom.messages), 1)
        self.assertTrue(self.verify(code))
        waiting = self.messages.search_count([("reference", "like", "campaign%")])
        self.assertEqual(waiting, WAITING)

    def test_old_codes_are_forgotten(self):
        self.send()
        codes = self.codes.sudo()
        codes._gc_codes()
        self.assertTrue(codes.search([("number", "=", NUMBER)]))
        self.env.cr.execute(
            "UPDATE crm_ir_sms_code SET create_date = create_date - interval '61 min',"
            " expires = expires - interval '61 min'"
        )
        self.env.invalidate_all()
        codes._gc_codes()
        self.assertFalse(codes.search([("number", "=", NUMBER)]))
