from datetime import date, datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

import jdatetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.crm_ir_jalali.models import crm_ir_date_change
from odoo.addons.crm_ir_jalali.wizard.crm_ir_date_repair_finding import meant, typed

# What Chromium with Odoo's luxon stored for 1404/07/18 10:00 in these time zones.
STORED_BY_BROWSERS = {
    "America/New_York": datetime(1404, 7, 18, 14, 56),
    "America/Sao_Paulo": datetime(1404, 7, 18, 13, 6),
    "Asia/Dubai": datetime(1404, 7, 18, 6, 19),
    "Asia/Kabul": datetime(1404, 7, 18, 5, 24),
    "Asia/Tehran": datetime(1404, 7, 18, 6, 35),
    "Europe/Berlin": datetime(1404, 7, 18, 9, 7),
    "Europe/London": datetime(1404, 7, 18, 10, 1),
    "UTC": datetime(1404, 7, 18, 10),
}


@tagged("post_install", "-at_install")
class TestDateRepair(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(
            cls.env,
            "repair",
            groups="base.group_user,base.group_system",
            tz="Asia/Tehran",
        )
        cls.seller = new_test_user(
            cls.env,
            "seller",
            groups="sales_team.group_sale_salesman",
            lang="fa_IR",
            tz="Asia/Tehran",
        )
        cls.lead = (
            cls.env["crm.lead"]
            .with_user(cls.seller)
            .create({"name": "Carpets", "type": "opportunity"})
        )
        cls.env.flush_all()

    def _store(self, record, **columns):
        """Put values into the table as stock Odoo did."""
        for name, value in columns.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s",
                    SQL.identifier(record._table),
                    SQL.identifier(name),
                    value,
                    record.id,
                )
            )
        record.invalidate_recordset()

    def _stored(self, record, name):
        self.env.flush_all()
        column, table = SQL.identifier(name), SQL.identifier(record._table)
        query = SQL("SELECT %s FROM %s WHERE id = %s", column, table, record.id)
        return self.env.execute_query(query)[0][0]

    def _find(self, *records):
        repair = self.env["crm.ir.date.repair.finding"].with_user(self.admin)
        repair.action_find()
        places = {(record._name, record.id) for record in records}
        return repair.search([]).filtered(
            lambda finding: (finding.res_model, finding.res_id) in places
        )

    def _log(self, record):
        return (
            self.env["crm.ir.date.repair"]
            .with_user(self.admin)
            .search([("res_model", "=", record._name), ("res_id", "=", record.id)])
        )

    def test_the_clock_of_every_browser_is_read_back(self):
        for zone, stored in STORED_BY_BROWSERS.items():
            with self.subTest(zone=zone):
                self.assertEqual(
                    typed(stored, ZoneInfo(zone)), datetime(1404, 7, 18, 10)
                )

    def test_each_day_of_the_present_is_the_one_with_its_jalali_name(self):
        day = jdatetime.date(1403, 1, 1)
        while day.year < 1409:
            try:
                stored = date(day.year, day.month, day.day)
            except ValueError:
                self.assertIn(day.month, (2, 4, 6))  # stock refused these
            else:
                self.assertEqual(meant(stored), day.togregorian())
            day += jdatetime.timedelta(days=1)

    def test_a_search_changes_nothing(self):
        self._store(self.lead, date_deadline="1404-07-18")
        finding = self._find(self.lead)
        self.assertEqual(finding.old_value, "1404-07-18")
        self.assertEqual(finding.day, date(2025, 10, 10))
        self.assertEqual(finding.res_name, "Carpets")
        self.assertEqual(finding.create_uid, self.admin)
        self.assertEqual(self._stored(self.lead, "date_deadline"), date(1404, 7, 18))
        self.assertFalse(self._log(self.lead))

    def test_a_date_of_today_or_of_antiquity_is_not_found(self):
        for value in ("2025-10-10", "1199-12-31", "1501-01-01", None):
            self._store(self.lead, date_deadline=value)
            self.assertFalse(self._find(self.lead), value)

    def test_only_the_chosen_date_is_corrected(self):
        other = self.lead.copy()
        for lead in (self.lead, other):
            self._store(lead, date_deadline="1404-07-18")
        findings = self._find(self.lead, other)
        findings.filtered(lambda row: row.res_id == self.lead.id).action_correct()
        self.assertEqual(self._stored(self.lead, "date_deadline"), date(2025, 10, 10))
        self.assertEqual(self._stored(other, "date_deadline"), date(1404, 7, 18))
        self.assertEqual(findings.exists().res_id, other.id)

    def test_the_log_says_who_changed_what(self):
        self._store(self.lead, date_deadline="1404-07-18")
        self._find(self.lead).action_correct()
        log = self._log(self.lead)
        self.assertRecordValues(
            log,
            [
                {
                    "result": "corrected",
                    "old_value": "1404-07-18",
                    "new_value": "2025-10-10",
                    "field_name": "date_deadline",
                    "res_name": "Carpets",
                    "create_uid": self.admin.id,
                }
            ],
        )
        with self.assertRaises(AccessError):
            log.write({"new_value": "2025-01-01"})
        with self.assertRaises(AccessError):
            log.unlink()

    def test_the_record_tells_of_its_correction(self):
        self._store(self.lead, date_deadline="1404-07-18")
        self._find(self.lead).action_correct()
        message = self.lead.sudo().message_ids[0]
        self.assertEqual(message.author_id, self.admin.partner_id)
        self.assertIn("1404 AD", message.body)
        self.assertFalse(message.tracking_value_ids)

    def test_a_time_is_corrected_to_the_one_that_was_typed(self):
        event = self.env["calendar.event"].with_user(self.seller)
        event = event.create(
            {
                "name": "Visit",
                "start": "2025-10-10 06:30:00",
                "stop": "2025-10-10 07:30:00",
            }
        )
        self.env.flush_all()
        self._store(event, start="1404-07-18 06:35:00", stop="1404-07-18 07:35:00")
        findings = self._find(event)
        self.assertEqual(set(findings.mapped("field_name")), {"start", "stop"})
        self.assertEqual(set(findings.mapped("time_of_day")), {"10:00:00", "11:00:00"})
        findings.action_correct()
        # Tehran has been at +03:30, without summer time, since 2022
        self.assertEqual(self._stored(event, "start"), datetime(2025, 10, 10, 6, 30))
        self.assertEqual(self._stored(event, "stop"), datetime(2025, 10, 10, 7, 30))
        self.assertEqual(set(self._log(event).mapped("result")), {"corrected"})

    def test_a_midnight_keeps_its_day(self):
        self._store(self.lead, date_conversion="1404-07-17 20:35:00")
        finding = self._find(self.lead)
        self.assertEqual(finding.day, date(2025, 10, 10))
        self.assertEqual(finding.new_value, "2025-10-09 20:30:00")

    def test_a_summer_time_of_the_past_is_known(self):
        # Tehran was at +04:30 in the summer of 1400
        self._store(self.lead, date_conversion="1400-05-10 06:35:00")
        self.assertEqual(self._find(self.lead).new_value, "2021-08-01 05:30:00")

    def test_the_time_zone_is_that_of_the_writer(self):
        self.seller.tz = "Asia/Dubai"
        self.lead.with_user(self.seller).name = "Rugs"
        self.env.flush_all()
        self._store(self.lead, date_conversion="1404-07-18 06:19:00")
        self.assertEqual(self._find(self.lead).new_value, "2025-10-10 06:00:00")

    def test_a_day_without_jalali_name_is_shown_and_left(self):
        self._store(self.lead, date_deadline="1404-07-31")
        finding = self._find(self.lead)
        self.assertFalse(finding.new_value)
        self.assertFalse(finding.day)
        self.assertTrue(finding.reason)
        finding.action_correct()
        self.assertEqual(self._stored(self.lead, "date_deadline"), date(1404, 7, 31))

    def test_a_value_that_changed_meanwhile_is_kept(self):
        self._store(self.lead, date_deadline="1404-07-18")
        finding = self._find(self.lead)
        self.lead.with_user(self.seller).date_deadline = "2026-01-01"
        finding.action_correct()
        self.assertEqual(self._stored(self.lead, "date_deadline"), date(2026, 1, 1))
        self.assertEqual(self._log(self.lead).result, "changed")

    def test_a_deleted_record_is_reported(self):
        self._store(self.lead, date_deadline="1404-07-18")
        finding = self._find(self.lead)
        self.lead.sudo().unlink()
        finding.action_correct()
        self.assertEqual(finding.reason, "The record was deleted.")

    @mute_logger("odoo.addons.crm_ir_jalali.models.crm_ir_date_change")
    def test_a_refusal_leaves_the_others_corrected(self):
        other = self.lead.copy({"name": "Refuses"})
        for lead in (self.lead, other):
            self._store(lead, date_deadline="1404-07-18")
        lead_class = self.env.registry["crm.lead"]
        write = lead_class.write

        def refuse(leads, vals):
            write(leads, vals)
            if "date_deadline" in vals and other.id in leads.ids:
                raise UserError(self.env._("The period is closed."))
            return True

        findings = self._find(self.lead, other)
        with patch.object(lead_class, "write", refuse):
            findings.action_correct()
        self.assertEqual(self._stored(self.lead, "date_deadline"), date(2025, 10, 10))
        self.assertEqual(self._stored(other, "date_deadline"), date(1404, 7, 18))
        self.assertEqual(self._log(other).result, "failed")
        self.assertEqual(self._log(other).reason, "The period is closed.")
        self.assertEqual(findings.exists().reason, "The period is closed.")

    def test_a_correction_is_undone_from_the_log(self):
        self._store(self.lead, date_deadline="1404-07-18")
        self._find(self.lead).action_correct()
        self._log(self.lead).action_undo()
        self.assertEqual(self._stored(self.lead, "date_deadline"), date(1404, 7, 18))
        self.assertEqual(self._log(self.lead).mapped("result"), ["undone", "corrected"])
        # what was undone is found again, and cannot be undone twice
        self.assertTrue(self._find(self.lead))
        self._log(self.lead).action_undo()
        self.assertEqual(self._log(self.lead)[0].result, "changed")

    def test_what_a_field_computes_follows_its_source(self):
        event = self.env["calendar.event"].with_user(self.seller)
        event = event.create(
            {
                "name": "Fair",
                "allday": True,
                "start_date": "2025-10-10",
                "stop_date": "2025-10-12",
            }
        )
        self.env.flush_all()
        self._store(
            event,
            start_date="1404-07-18",
            stop_date="1404-07-20",
            start="1404-07-18 08:00:00",
            stop="1404-07-20 18:00:00",
        )
        self._find(event).action_correct()
        self.assertEqual(self._stored(event, "start_date"), date(2025, 10, 10))
        self.assertEqual(self._stored(event, "stop_date"), date(2025, 10, 12))
        self.assertEqual(self._stored(event, "start").date(), date(2025, 10, 10))
        self.assertEqual(self._stored(event, "stop").date(), date(2025, 10, 12))

    def test_a_property_is_corrected_without_the_others(self):
        team = self.env["crm.team"].create(
            {
                "name": "Export",
                "lead_properties_definition": [
                    {"name": "shipped", "string": "Shipped", "type": "date"},
                    {"name": "note", "string": "Note", "type": "char"},
                ],
            }
        )
        self.lead.team_id = team
        self.lead.lead_properties = {"shipped": "1404-07-18", "note": "1404-07-18"}
        self.env.flush_all()
        finding = self._find(self.lead)
        self.assertIn("Shipped", finding.field_label)
        finding.action_correct()
        self.assertEqual(
            self._stored(self.lead, "lead_properties"),
            {"shipped": "2025-10-10", "note": "1404-07-18"},
        )
        self.assertEqual(self._log(self.lead).key, "shipped")

    def test_a_value_of_one_company_is_corrected_in_it(self):
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_since",
                "field_description": "Since",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "ttype": "date",
                "company_dependent": True,
            }
        )
        self.addCleanup(field.unlink)
        partner = self.env["res.partner"].create({"name": "Buyer"})
        branch = self.env["res.company"].create({"name": "Branch"})
        partner.with_company(branch)[field.name] = "1404-07-18"
        partner[field.name] = "2025-01-01"
        self.env.flush_all()
        self._find(partner).action_correct()
        partner.invalidate_recordset()
        self.assertEqual(partner.with_company(branch)[field.name], date(2025, 10, 10))
        self.assertEqual(partner[field.name], date(2025, 1, 1))

    def test_what_does_not_fit_in_a_request_waits(self):
        self._store(self.lead, date_deadline="1404-07-18")
        finding = self._find(self.lead)
        with patch.object(crm_ir_date_change, "MAX_SECONDS", -1):
            finding.action_correct()
        self.assertEqual(self._stored(self.lead, "date_deadline"), date(1404, 7, 18))
        self.assertTrue(finding.exists())

    def test_nobody_but_an_administrator_repairs(self):
        self._store(self.lead, date_deadline="1404-07-18")
        finding = self._find(self.lead)
        self._find(self.lead).action_correct()
        for method, records in (
            ("action_find", finding.browse()),
            ("action_correct", finding),
            ("action_undo", self._log(self.lead)),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(records.with_user(self.seller), method)()


@tagged("post_install", "-at_install")
class TestDateRepairScreen(HttpCase):
    def test_an_administrator_finds_and_corrects_from_the_settings(self):
        new_test_user(self.env, "repair", groups="base.group_system", lang="fa_IR")
        lead = self.env["crm.lead"].create({"name": "Carpets"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET date_deadline = '1404-07-18' WHERE id = %s", [lead.id]
        )
        self.start_tour("/odoo/settings", "crm_ir_jalali_date_repair", login="repair")
        lead.invalidate_recordset()
        self.assertEqual(lead.date_deadline, date(2025, 10, 10))
