from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

CUSTOMERS = 400


@tagged("post_install", "-at_install")
class TestCampaign(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env,
            "campaign_user",
            "mass_mailing.group_mass_mailing_user,sales_team.group_sale_salesman",
        )
        cls.company = cls.env.company
        cls.company.l10n_ir_purchase_source = "sale"
        cls.product = cls.env["product.product"].create({"name": "صندلی"})
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": f"مشتری {number}", "phone": f"0912000{number:04}"}
                for number in range(CUSTOMERS)
            ]
        )
        cls.buy(cls.partners, 1000)
        cls.stats = cls.env["crm.ir.customer.stat"].search(
            [("partner_id", "in", cls.partners.ids)]
        )

    @classmethod
    def buy(cls, partners, price, days=0):
        orders = cls.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "order_line": [
                        (0, 0, {"product_id": cls.product.id, "price_unit": price})
                    ],
                }
                for partner in partners
            ]
        )
        orders.write(
            {
                "state": "sale",
                "date_order": fields.Datetime.now() + timedelta(days=days),
            }
        )
        cls.env["crm.ir.customer.stat"]._refresh(
            cls.company, cls.company._l10n_ir_today()
        )
        cls.env.invalidate_all()

    def campaign(self, domain=None, stats=None):
        stats = stats or self.stats
        wizard = self.env["crm.ir.customer.stat.campaign"].with_user(self.user)
        form = Form(
            wizard.with_context(
                active_model="crm.ir.customer.stat",
                active_ids=stats.ids,
                active_domain=domain,
            )
        )
        form.name = "مشتریان این فصل"
        made = form.save()
        self.assertEqual(made.customers, len(stats))
        action = made.action_text()
        segment = self.env["mailing.list"].browse(
            action["context"]["default_contact_list_ids"]
        )
        return segment.with_user(self.user)

    def test_a_segment_becomes_a_list_with_a_tenth_held_out(self):
        segment = self.campaign()
        members = segment.l10n_ir_member_ids
        self.assertEqual(members.partner_id, self.partners)
        held = members.filtered("held")
        # the lot of 400 lies between 4 and 17 of a hundred but once in a million
        self.assertTrue(16 < len(held) < 68)
        contacts = segment.contact_ids
        self.assertEqual(len(contacts), CUSTOMERS - len(held))
        written = (members - held).partner_id
        self.assertEqual(set(contacts.mapped("mobile")), set(written.mapped("phone")))

    def test_only_the_chosen_of_a_longer_list_are_written_to(self):
        chosen = self.stats[:3]
        segment = self.campaign([("partner_id", "in", self.partners.ids)], chosen)
        self.assertEqual(segment.l10n_ir_member_ids.partner_id, chosen.partner_id)

    def test_who_is_held_out_stays_so_and_nobody_is_listed_twice(self):
        segment = self.campaign()
        held = segment.l10n_ir_member_ids.filtered("held")
        segment.sudo().l10n_ir_holdout = 50
        segment.action_l10n_ir_refresh()
        self.assertEqual(segment.l10n_ir_member_ids.filtered("held"), held)
        self.assertEqual(len(segment.contact_ids), CUSTOMERS - len(held))

    def test_the_list_follows_its_segment(self):
        segment = self.campaign([("partner_id", "in", self.partners.ids)])
        members = segment.l10n_ir_member_ids.filtered(lambda one: not one.held)
        gone, stays = members[0], members[1]
        self.env["sale.order"].search(
            [("partner_id", "=", gone.partner_id.id)]
        ).state = "cancel"
        self.buy(self.partners.browse(), 0)
        with patch.object(self.env.registry["ir.cron"], "_commit_progress"):
            self.env["mailing.list"]._cron_l10n_ir_refresh()
        self.assertTrue(gone.left)
        self.assertNotIn(gone.contact_id, segment.contact_ids)
        self.assertIn(stays.contact_id, segment.contact_ids)
        self.buy(gone.partner_id, 1000)
        segment.action_l10n_ir_refresh()
        self.assertFalse(gone.left)
        self.assertIn(gone.contact_id, segment.contact_ids)

    def test_who_opted_out_is_never_subscribed_again(self):
        segment = self.campaign()
        subscription = segment.sudo().subscription_ids[0]
        subscription.opt_out = True
        segment.action_l10n_ir_refresh()
        self.assertTrue(subscription.exists().opt_out)

    def test_the_effect_is_the_difference_to_the_held_out(self):
        segment = self.campaign()
        segment.sudo().l10n_ir_member_ids.write({"held": False})
        members = segment.l10n_ir_member_ids
        members[:100].sudo().held = True
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "تخفیف",
                "mailing_type": "sms",
                "mailing_model_id": self.env["ir.model"]._get_id("mailing.list"),
                "contact_list_ids": [(6, 0, segment.ids)],
                "sent_date": fields.Datetime.now() + timedelta(seconds=1),
            }
        )
        self.assertIn("0.0 % more", mailing.l10n_ir_lift)
        self.assertIn("may be chance", mailing.l10n_ir_lift)
        # 30 of the 300 who were written to buy, and none of those held out
        self.buy(members[100:130].partner_id, 500, days=5)
        self.assertIn("10.0 % of 300", mailing.l10n_ir_lift)
        self.assertIn("0.0 % of 100", mailing.l10n_ir_lift)
        self.assertNotIn("may be chance", mailing.l10n_ir_lift)

    def test_a_small_list_shows_no_effect(self):
        segment = self.campaign()
        segment.sudo().l10n_ir_member_ids.write({"held": False})
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "تخفیف",
                "mailing_type": "sms",
                "mailing_model_id": self.env["ir.model"]._get_id("mailing.list"),
                "contact_list_ids": [(6, 0, segment.ids)],
                "sent_date": fields.Datetime.now() + timedelta(seconds=1),
            }
        )
        self.assertIn("cannot be told", mailing.l10n_ir_lift)

    def test_a_segment_that_cannot_be_read_is_refused(self):
        segment = self.campaign()
        for domain in ("[('no_such_field', '=', 1)]", "[(", "__import__('os')"):
            with self.subTest(domain), self.assertRaises(ValidationError):
                segment.l10n_ir_stat_domain = domain
