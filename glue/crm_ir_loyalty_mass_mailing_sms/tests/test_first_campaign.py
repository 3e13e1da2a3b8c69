from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestFirstCampaign(HttpCase):
    """The first campaign of a Persian sales manager, in the browser."""

    def test_a_manager_writes_to_the_champions(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        company = self.env["res.company"].create({"name": "فروشگاه آفتاب"})
        company.l10n_ir_purchase_source = "sale"
        manager = new_test_user(
            self.env,
            "campaign_manager",
            "sales_team.group_sale_manager,mass_mailing.group_mass_mailing_user",
            lang="fa_IR",
            tz="Asia/Tehran",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        chair = self.env["product.product"].create({"name": "صندلی"})
        customers = self.env["res.partner"].create(
            [
                {
                    "name": f"مشتری {number}",
                    "phone": f"0912000{number:04}",
                    "country_id": self.env.ref("base.ir").id,
                }
                for number in range(60)
            ]
        )
        # the first ten have bought more, more often and later than all others
        days = {
            customer: [1, 2, 3] if number < 10 else [200 + number]
            for number, customer in enumerate(customers)
        }
        orders = self.env["sale.order"].with_company(company)
        for customer, gone in days.items():
            for day in gone:
                order = orders.create(
                    {
                        "partner_id": customer.id,
                        "company_id": company.id,
                        "order_line": [
                            (
                                0,
                                0,
                                {
                                    "product_id": chair.id,
                                    "price_unit": 10_000 // (day + 1),
                                    "tax_ids": False,
                                },
                            )
                        ],
                    }
                )
                order.write(
                    {
                        "state": "sale",
                        "date_order": fields.Datetime.subtract(
                            fields.Datetime.now(), days=day
                        ),
                    }
                )
        self.env["crm.ir.customer.run"]._update(company)

        self.start_tour(
            "/odoo", "crm_ir_loyalty_first_campaign", login="campaign_manager"
        )

        mailing = self.env["mailing.mailing"].search(
            [("user_id", "=", manager.id), ("mailing_type", "=", "sms")]
        )
        self.assertEqual(mailing.state, "in_queue")
        self.assertEqual(mailing.body_plaintext[:12], "مشتری گرامی،")
        segment = mailing.contact_list_ids
        self.assertEqual(segment.name, "مشتریان ممتاز")
        members = segment.l10n_ir_member_ids
        self.assertEqual(members.partner_id, customers[:10])
        written = members.filtered(lambda member: not member.held).partner_id
        contacts = self.env["mailing.contact"].browse(
            mailing._get_remaining_recipients()
        )
        self.assertEqual(set(contacts.mapped("mobile")), set(written.mapped("phone")))
