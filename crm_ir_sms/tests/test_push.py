import json
import logging

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SmsCase


@tagged("post_install", "-at_install")
class TestPush(SmsCase, HttpCase):
    """What gateways call, over a real socket."""

    def setUp(self):
        super().setUp()
        self.incoming = self.env["crm.ir.sms.incoming"]
        self.path = f"/crm_ir_sms/{self.account.id}/{self.account.push_token}"
        self.service.push_to = self.base_url() + self.path
        push = self.service.push

        def allowed_push(form, method="POST"):
            with self.allow_requests(all_requests=True):
                return push(form, method)

        self.patch(self.service, "push", allowed_push)

    def texts(self):
        self.env.invalidate_all()
        return self.incoming.search([("account_id", "=", self.account.id)])

    def sent_row(self):
        row = self.row_of(self.write_to())
        self.work()
        row.report_due = False
        self.env.flush_all()
        return row

    def poll(self, row):
        """Do what the push called for, at the moment of this test's transaction."""
        self.assertTrue(row.report_due)
        row.report_due = self.env.cr.now()
        self.messages._poll_reports()

    def reply(self, body="بله", number="+989121110000"):
        return self.telecom.reply(number, self.telecom.account.lines[0], body)

    def test_the_address_of_the_panel_is_the_one_that_answers(self):
        self.assertTrue(self.account.push_url.endswith(self.path))
        answer = self.url_open(self.path)
        self.assertEqual((answer.status_code, answer.text), (200, "OK"))

    def test_who_does_not_know_the_token_finds_nothing(self):
        account, token = self.account.id, self.account.push_token
        form = {"messageid": "1", "from": "09121110000", "to": "1", "message": "سلام"}
        for path in (
            f"/crm_ir_sms/{account}/wrong",
            f"/crm_ir_sms/{account}/{token[:-1]}",
            f"/crm_ir_sms/{account}/{token}%00",
            f"/crm_ir_sms/{account}/توکن",
            f"/crm_ir_sms/{account}/",
            f"/crm_ir_sms/{account + 1000}/{token}",
            f"/crm_ir_sms/{10**30}/{token}",
            f"/crm_ir_sms/-1/{token}",
        ):
            for method in ("GET", "POST"):
                answer = self.url_open(path, data=form, method=method)
                self.assertEqual(answer.status_code, 404, path)
        self.assertFalse(self.texts())

    def test_an_account_that_is_switched_off_or_wiped_takes_nothing(self):
        self.account.active = False
        self.env.flush_all()
        self.assertEqual(self.service.push_reply(self.reply()), 404)
        self.account.write({"active": True, "push_token": False})
        self.env.flush_all()
        for token in ("False", "None", "%20"):
            answer = self.url_open(f"/crm_ir_sms/{self.account.id}/{token}")
            self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.texts())

    def test_no_session_is_begun(self):
        self.assertNotIn("Set-Cookie", self.url_open(self.path).headers)

    def test_a_large_body_is_not_read(self):
        for headers in ({}, {"Content-Type": "application/json"}):
            answer = self.url_open(
                self.path, data={"message": "x" * 70_000}, headers=headers
            )
            self.assertEqual(answer.status_code, 413)
        self.assertFalse(self.texts())

    def test_a_report_is_a_hint_and_the_gateway_decides(self):
        row = self.sent_row()
        for method in ("GET", "POST"):
            form = {"messageid": row.external_id, "status": "10"}
            self.assertEqual(self.service.push(form, method), 200)
            self.env.invalidate_all()
            self.assertEqual((row.state, row.status), ("sent", "queued"))
            self.poll(row)
            self.assertEqual(row.state, "sent")
        self.service.clock.advance(minutes=1)
        (sms,) = self.telecom.messages.values()
        self.assertEqual(self.service.push_status(sms), 200)
        self.env.invalidate_all()
        self.poll(row)
        self.assertEqual((row.state, row.status), ("confirmed", "delivered"))

    def test_a_report_in_persian_digits_and_as_json_is_understood(self):
        row = self.sent_row()
        digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
        form = {"messageid": row.external_id.translate(digits), "status": "۱۰"}
        self.service.push(form, "GET")
        self.env.invalidate_all()
        self.assertTrue(row.report_due)
        row.report_due = False
        self.env.flush_all()
        answer = self.url_open(
            self.path, json={"messageid": int(row.external_id), "status": 10}
        )
        self.assertEqual(answer.text, "OK")
        self.env.invalidate_all()
        self.assertTrue(row.report_due)

    def test_late_repeated_and_foreign_reports_change_nothing(self):
        row = self.sent_row()
        self.service.clock.advance(minutes=1)
        row.report_due = self.env.cr.now()
        self.messages._poll_reports()
        self.assertEqual(row.state, "confirmed")
        for status in ("1", "11", "10", "10"):
            form = {"messageid": row.external_id, "status": status}
            self.assertEqual(self.service.push(form), 200)
        self.assertEqual(self.service.push({"messageid": "5", "status": "10"}), 200)
        self.env.invalidate_all()
        self.assertEqual((row.state, row.report_due), ("confirmed", False))

    def test_a_report_of_another_account_is_not_believed(self):
        row = self.sent_row()
        other = self.make_account(name="Other", sequence=20)
        self.env.flush_all()
        self.service.push_to = (
            f"{self.base_url()}/crm_ir_sms/{other.id}/{other.push_token}"
        )
        self.service.push({"messageid": row.external_id, "status": "10"})
        self.env.invalidate_all()
        self.assertFalse(row.report_due)

    def test_an_incoming_text_is_kept_once_in_any_order(self):
        first, second = self.reply("یک"), self.reply("دو")
        for reply, method in (
            (second, "GET"),
            (first, "POST"),
            (second, "POST"),
            (first, "GET"),
        ):
            self.assertEqual(self.service.push_reply(reply, method), 200)
        self.assertCountEqual(self.texts().mapped("body"), ["یک", "دو"])
        self.incoming._poll_inboxes()
        self.assertEqual(len(self.texts()), 2)
        text = self.texts()[0]
        self.assertEqual((text.number, text.line), ("+989121110000", "30007777"))
        self.assertFalse(text.is_handled)

    def test_pushes_without_an_id_are_kept_once_too(self):
        forms = {
            "payamak": {"to": "30007777", "body": "۱۱", "from": "9121110000"},
            "magfa": {"to": "9830007777", "text": "۱۱", "from": "989121110000"},
        }
        for gateway, form in forms.items():
            account = self.make_account(name=gateway, gateway=gateway)
            path = f"/crm_ir_sms/{account.id}/{account.push_token}"
            for _repeated in range(2):
                answer = self.url_open(path, params=form)
                self.assertEqual(answer.text, "OK")
            self.env.invalidate_all()
            text = self.incoming.search([("account_id", "=", account.id)])
            self.assertEqual(
                (text.number, text.line, text.body), ("+989121110000", "30007777", "۱۱")
            )

    def test_query_form_and_json_are_one_form(self):
        answer = self.url_open(
            f"{self.path}?messageid=7&from=09121110000",
            json={"to": 30007777, "message": "سلام", "more": {"a": [1]}, "none": None},
        )
        self.assertEqual(answer.text, "OK")
        self.assertEqual(self.texts().body, "سلام")

    def test_nothing_that_is_sent_breaks_it(self):
        text = {"messageid": "8", "from": "0912", "to": "1", "message": "x"}
        hostile = (
            {"data": b"{" * 30_000},
            {"data": b"[" * 60_000, "headers": {"Content-Type": "application/json"}},
            {"data": b"\xff\xfe\x00", "headers": {"Content-Type": "text/plain"}},
            {"data": b"a=%00%ff&b", "headers": {"Content-Type": "x"}},
            {"data": b"--x", "headers": {"Content-Type": "multipart/form-data"}},
            {"json": [1, 2]},
            {"json": {**text, "message": "\ud800\x00 <script>"}},
            {"json": {**text, "messageid": "9" * 9_000, "from": "z" * 9_000}},
            {"json": {**text, "messageid": "", "message": ""}},
            {"data": {**text, "messageid": "10", "message": "\x00'; DROP TABLE x; --"}},
            {"data": {"messageid": "\x00", "status": "\x00"}},
            {"files": {"message": b"x"}, "data": text},
        )
        for call in hostile:
            headers = call.pop("headers", {})
            answer = self.url_open(self.path, method="POST", headers=headers, **call)
            self.assertIn(answer.status_code, (200, 404), call)
        for body in self.texts().mapped("body"):
            self.assertNotIn("\0", body)

    def test_the_text_reaches_no_log(self):
        with self.assertLogs(level=logging.DEBUG) as logs, mute_logger("werkzeug"):
            self.url_open(
                self.path,
                data=json.dumps(
                    {"messageid": "1", "from": "x", "to": "1", "message": "رمز۱۲۳۴"}
                ),
                method="POST",
            )
            self.service.push_reply(self.reply("رمز۱۲۳۴"))
        lines = [
            record.getMessage()
            for record in logs.records
            if record.name.startswith("odoo.addons") or record.levelno > logging.DEBUG
        ]
        self.assertNotIn("رمز۱۲۳۴", "\n".join(lines))
