from datetime import date

from odoo.tests import HttpCase, new_test_user, tagged

# 31 Shahrivar, 1 and 30 Mehr, 1 Aban 1404
DEADLINES = ["2025-09-22", "2025-09-23", "2025-10-22", "2025-10-23"]


@tagged("post_install", "-at_install")
class TestDay(HttpCase):
    """A salesperson's day in the browser, in Persian and in English."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env["res.lang"]._activate_lang("en_US")
        for lang in ("fa_IR", "en_US"):
            new_test_user(
                cls.env,
                login=f"jalali_{lang}",
                groups="sales_team.group_sale_salesman",
                lang=lang,
                tz="Asia/Tehran",
            )
        search = cls.env["ir.ui.view"].create(
            {
                "name": "crm.lead.search.deadline",
                "model": "crm.lead",
                "type": "search",
                "arch": """<search>
                    <filter name="deadline" string="Deadline" date="date_deadline"/>
                    <filter name="by_month" string="month"
                            context="{'group_by': 'date_deadline:month'}"/>
                </search>""",
            }
        )
        listing = cls.env["ir.ui.view"].create(
            {
                "name": "crm.lead.list.deadline",
                "model": "crm.lead",
                "type": "list",
                "arch": "<list><field name='name'/><field name='date_deadline'/></list>",
            }
        )
        cls.action = cls.env["ir.actions.act_window"].create(
            {
                "name": "Deadlines",
                "res_model": "crm.lead",
                "view_mode": "list,form",
                "view_id": listing.id,
                "search_view_id": search.id,
                "domain": [("name", "in", [*DEADLINES, "typed", "picked"])],
                "context": {"default_type": "opportunity"},
            }
        )

    def _walk(self, tour, lang):
        user = self.env["res.users"].search([("login", "=", f"jalali_{lang}")])
        self.env["crm.lead"].create(
            [
                {
                    "name": day,
                    "date_deadline": day,
                    "type": "opportunity",
                    "user_id": user.id,
                }
                for day in DEADLINES
            ]
        )
        self.start_tour(
            f"/odoo/action-{self.action.id}", tour, login=user.login, timeout=180
        )

    def _deadline(self, name):
        return self.env["crm.lead"].search([("name", "=", name)]).date_deadline

    def test_a_persian_user_types_picks_filters_and_groups_in_jalali(self):
        self._walk("crm_ir_jalali_workday", "fa_IR")
        self.assertEqual(self._deadline("typed"), date(2025, 10, 10))
        self.assertEqual(self._deadline("picked"), date(2025, 3, 20))

    def test_an_english_user_types_picks_filters_and_groups_as_in_stock(self):
        self._walk("crm_ir_jalali_workday_in_english", "en_US")
        self.assertEqual(self._deadline("typed"), date(2025, 10, 10))
        self.assertEqual(self._deadline("picked"), date(2025, 3, 20))

    def test_esfand_of_a_leap_year_has_30_days_in_the_calendar(self):
        self._walk("crm_ir_jalali_calendar", "fa_IR")

    def test_an_english_user_sees_the_calendar_of_stock(self):
        self._walk("crm_ir_jalali_calendar_in_english", "en_US")

    def test_a_persian_of_the_gregorian_calendar_sees_no_jalali_month(self):
        user = self.env["res.users"].search([("login", "=", "jalali_fa_IR")])
        user.calendar = "gregorian"
        self._walk("crm_ir_jalali_calendar_in_gregorian_persian", "fa_IR")
