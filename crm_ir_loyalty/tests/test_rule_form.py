from odoo.tests import Form, TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestRuleForm(TransactionCase):
    def test_a_sales_manager_says_which_profile_is_complete(self):
        club = self.env["loyalty.program"].create(
            {"name": "Club", "program_type": "loyalty", "rule_ids": [(5,)]}
        )
        manager = new_test_user(
            self.env, "rule_manager", "sales_team.group_sale_manager"
        )
        phone = self.env["ir.model.fields"]._get("res.partner", "phone")
        form = Form(self.env["crm.ir.loyalty.rule"].with_user(manager))
        form.name = "Complete profile"
        form.program_id = club.with_user(manager)
        form.kind = "profile"
        form.points = 10
        form.profile_field_ids.add(phone.with_user(manager))
        rule = form.save()
        self.env.invalidate_all()
        self.assertEqual(Form(rule).profile_field_ids.ids, phone.ids)
