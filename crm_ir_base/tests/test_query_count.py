from lxml import etree

from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestQueryCount(TransactionCase):
    """A screen of 80 records takes no more queries than a screen of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.ir")
        salesperson = new_test_user(
            cls.env,
            login="ir_salesperson",
            groups="sales_team.group_sale_salesman_all_leads,base.group_partner_manager",
        )
        cls.env = cls.env(user=salesperson)

    def _specification(self, model, view_type):
        """What the web client reads of the records of a view."""
        views = self.env[model].get_views([(False, view_type)])
        arch = etree.fromstring(views["views"][view_type]["arch"])
        names = {
            node.get("name")
            for node in arch.iter("field")
            if not any(parent.tag == "field" for parent in node.iterancestors())
        }
        fields = self.env[model].fields_get(names, ["type"])
        return {
            name: {"fields": {"display_name": {}}}
            if description["type"] in ("many2one", "one2many", "many2many")
            else {}
            for name, description in fields.items()
        }

    def _queries(self, records, specification):
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        records.web_read(specification)
        return self.env.cr.sql_log_count - start

    def _check(self, records, view_types):
        for view_type in view_types:
            specification = self._specification(records._name, view_type)
            self._queries(records, specification)  # the first one fills caches
            self._queries(records[0], specification)
            one = self._queries(records[0], specification)
            many = self._queries(records, specification)
            with self.subTest(model=records._name, view=view_type):
                self.assertGreater(one, 0)
                self.assertEqual(many, one)

    def test_contacts(self):
        self._check(
            self.env["res.partner"].create(
                [
                    {
                        "name": f"رضا نمونه {number}",
                        "phone": f"0912000{number:04}",
                        "email": f"customer{number}@example.com",
                        "country_id": self.env.ref("base.ir").id,
                        "zip": f"91337{number:05}",
                    }
                    for number in range(80)
                ]
            ),
            ["list", "form", "kanban"],
        )

    def test_leads(self):
        """Not the form: stock looks for the duplicates of one lead at a time."""
        self._check(
            self.env["crm.lead"].create(
                [
                    {
                        "name": f"درخواست {number}",
                        "contact_name": f"رضا نمونه {number}",
                        "phone": f"0912000{number:04}",
                        "email_from": f"customer{number}@example.com",
                        "type": "opportunity",
                    }
                    for number in range(80)
                ]
            ),
            ["list", "kanban"],
        )
