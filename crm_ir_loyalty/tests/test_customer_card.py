import io
from datetime import date, timedelta

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

TODAY = date(2026, 11, 1)


class CardMixin:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.l10n_ir_purchase_source = "sale"
        cls.salesman = new_test_user(
            cls.env, "card_sales", "sales_team.group_sale_salesman", lang="en_US"
        )
        cls.product = cls.env["product.product"].create({"name": "صندلی"})
        cls.customer = cls.env["res.partner"].create(
            {"name": "نگار", "user_id": cls.salesman.id}
        )
        # every ten days, and nothing in the last fifty
        cls.buy(cls.customer, [100, 90, 80, 70, 60, 50])

    @classmethod
    def buy(cls, partner, ages, price=1000):
        orders = cls.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "order_line": [
                        (0, 0, {"product_id": cls.product.id, "price_unit": price})
                    ],
                }
                for _age in ages
            ]
        )
        for order, age in zip(orders, ages, strict=True):
            order.write({"state": "sale", "date_order": TODAY - timedelta(days=age)})
        cls.env["crm.ir.customer.stat"]._refresh(cls.company, TODAY)
        cls.env["crm.ir.customer.cohort"]._refresh(cls.company, TODAY)
        cls.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestCustomerCard(CardMixin, TransactionCase):
    def partner(self, user=None):
        return self.customer.with_user(user or self.salesman)

    def test_the_contact_shows_where_the_customer_stands(self):
        partner = self.partner()
        self.assertEqual(partner.l10n_ir_lifecycle, "at_risk")
        self.assertEqual(partner.l10n_ir_shown_stat_ids.frequency, 6)

    def test_a_person_of_a_company_shows_the_companys_figures(self):
        person = self.env["res.partner"].create(
            {"name": "مریم", "parent_id": self.customer.id}
        )
        self.assertEqual(person.with_user(self.salesman).l10n_ir_lifecycle, "at_risk")

    def test_contacts_are_found_by_state_and_segment(self):
        partners = self.env["res.partner"].with_user(self.salesman)
        both = self.customer | self.env["res.partner"].create({"name": "تازه"})

        def found(*leaf):
            return partners.search([leaf, ("id", "in", both.ids)])

        self.assertEqual(found("l10n_ir_lifecycle", "=", "at_risk"), self.partner())
        self.assertEqual(
            found("l10n_ir_lifecycle", "!=", "at_risk"), partners.browse(both[1].id)
        )
        self.assertEqual(
            found("l10n_ir_lifecycle", "=", False), partners.browse(both[1].id)
        )
        segment = self.partner().l10n_ir_segment
        self.assertTrue(segment)
        self.assertEqual(found("l10n_ir_segment", "=", segment), self.partner())

    def test_who_sells_nothing_sees_nothing_of_it(self):
        stranger = new_test_user(self.env, "card_user", "base.group_user")
        with self.assertRaises(AccessError):
            _value = self.partner(stranger).l10n_ir_lifecycle
        with self.assertRaises(AccessError):
            self.env["crm.ir.customer.stat"].with_user(stranger).search([])

    def test_the_next_action_is_planned_once_for_whoever_looks_after_them(self):
        stat = self.partner().l10n_ir_shown_stat_ids
        self.assertEqual(
            stat.next_action_id,
            self.env.ref("crm_ir_loyalty.crm_ir_customer_action_at_risk"),
        )
        stat.action_plan_next()
        (activity,) = self.customer.activity_ids
        self.assertEqual(activity.user_id, self.salesman)
        self.assertEqual(activity.summary, stat.next_action_id.name)
        with self.assertRaises(UserError):
            stat.action_plan_next()

    def test_an_action_of_another_company_is_not_proposed(self):
        other = self.env["res.company"].create({"name": "دیگری"})
        action = self.env["crm.ir.customer.action"].create(
            {"name": "هدیه", "sequence": -1, "company_id": other.id}
        )
        stat = self.partner().l10n_ir_shown_stat_ids
        self.assertNotEqual(stat.next_action_id, action)
        action.company_id = self.company
        stat.invalidate_recordset()
        self.assertEqual(stat.next_action_id, action)


@tagged("post_install", "-at_install")
class TestWorkbook(CardMixin, HttpCase):
    def workbook(self, login):
        self.authenticate(login, login)
        response = self.url_open("/crm_ir_loyalty/workbook")
        self.assertEqual(response.status_code, 200)
        return openpyxl.load_workbook(io.BytesIO(response.content))

    def test_the_workbook_has_the_segments_and_months_of_the_company(self):
        self.company.l10n_ir_cohort_calendar = "jalali"
        self.buy(self.customer, [5])
        book = self.workbook("card_sales")
        segments = book["Segments"]
        self.assertEqual(
            [cell.value for cell in segments[1]][1:4],
            ["Customers", "Purchase Days", "Net Purchases"],
        )
        totals = {row[0].value: row[1].value for row in segments.iter_rows(min_row=2)}
        stats = self.env["crm.ir.customer.stat"].search(
            [("company_id", "=", self.company.id), ("segment", "!=", False)]
        )
        self.assertEqual(sum(totals.values()), len(stats))
        self.assertTrue(segments._charts)
        months = [row[0].value for row in book["New Customers"].iter_rows(min_row=2)]
        # 100 days before 10 Aban 1405 is 2 Mordad
        self.assertIn("Mordad 1405", months)

    def test_the_workbook_is_right_to_left_for_persian_readers(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.salesman.lang = "fa_IR"
        book = self.workbook("card_sales")
        self.assertTrue(all(sheet.sheet_view.rightToLeft for sheet in book))

    def test_the_workbook_is_refused_to_who_sells_nothing(self):
        new_test_user(self.env, "card_user", "base.group_user")
        self.authenticate("card_user", "card_user")
        response = self.url_open("/crm_ir_loyalty/workbook")
        self.assertEqual(response.status_code, 403)
