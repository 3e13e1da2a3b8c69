from odoo import api, models

from ..hooks import load_places


class CrmIrDemo(models.AbstractModel):
    """What the demo data need and XML cannot say."""

    _name = "crm.ir.demo"
    _description = "Demo Data"

    @api.model
    def _prepare(self):
        """Make the database one of an Iranian company, unless it keeps books already.

        Demo data are loaded before the post-init hook, hence the places.
        """
        load_places(self.env)
        self.env["crm.stage"]._l10n_ir_add_stages()
        # the leads get their probabilities as soon as the server runs
        self.env.ref("crm.website_crm_score_cron")._trigger()
        company = self.env.ref("base.main_company")
        if "account.move" in self.env and company._existing_accounting():
            return
        province = self.env["res.country.state"].search(
            [("l10n_ir_iso_code", "=", "IR-23")]
        )
        company.write(
            {
                "name": "شرکت نمونهٔ بازرگانی آفتاب",
                "country_id": self.env.ref("base.ir").id,
                "state_id": province.id,
                "city": "تهران",
                "street": "خیابان نیلوفر، کوچهٔ سرو، پلاک ۱۲",
                "street2": False,
                "zip": "1399912345",
                "vat": False,
                "company_registry": False,
                "phone": "+982101234567",
                "email": "info@aftab.example.com",
                "website": "https://aftab.example.com",
                "currency_id": self.env.ref("base.IRR").id,
            }
        )

    @api.model
    def _speak_persian(self):
        """Let the administrator and the demo users work in Persian, where installed."""
        users = self.env["res.users"].union(
            *(
                self.env.ref(xml_id)
                for xml_id in (
                    "base.user_admin",
                    "crm_ir_base.user_demo_manager",
                    "crm_ir_base.user_demo_salesperson",
                )
            )
        )
        users.tz = "Asia/Tehran"
        if self.env["res.lang"]._get_data(code="fa_IR"):
            users.lang = "fa_IR"
