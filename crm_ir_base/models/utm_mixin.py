from odoo import api, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# where Iranian customers come from, beside what stock knows
SOURCES = {
    "utm_source_bale": _lt("Bale"),
    "utm_source_divar": _lt("Divar"),
    "utm_source_eitaa": _lt("Eitaa"),
    "utm_source_exhibition": _lt("Exhibition"),
    "utm_source_incoming_call": _lt("Incoming Call"),
    "utm_source_instagram": _lt("Instagram"),
    "utm_source_sheypoor": _lt("Sheypoor"),
    "utm_source_sms": _lt("Text Message"),
    "utm_source_telegram": _lt("Telegram"),
    "utm_source_website": _lt("Website"),
}
MEDIA = {
    "utm_medium_in_person": _lt("In Person"),
    "utm_medium_messenger": _lt("Messenger"),
}
REFERRAL = _lt("Referral")


class UtmMixin(models.AbstractModel):
    _inherit = "utm.mixin"

    @api.model
    def _l10n_ir_prepare_sources(self):
        """Create our sources and media, in Persian where Persian is installed.

        Stock does not translate their names: a database knows them in one language.
        """
        if self.env["res.lang"]._get_data(code="fa_IR"):
            self = self.with_context(lang="fa_IR")
        self._l10n_ir_create_named("utm.source", SOURCES)
        self._l10n_ir_create_named("utm.medium", MEDIA)
        referral = self.env.ref("utm.utm_source_referral", raise_if_not_found=False)
        if referral and referral.name == "Referral":
            referral.name = self.env._(REFERRAL)

    def _l10n_ir_create_named(self, model_name, names):
        names = {
            f"crm_ir_base.{xml_id}": self.env._(name) for xml_id, name in names.items()
        }
        model = self.env[model_name]
        taken = set(
            model.with_context(active_test=False)
            .search([("name", "in", list(names.values()))])
            .mapped("name")
        )
        model._load_records(
            [
                {"xml_id": xml_id, "noupdate": True, "values": {"name": name}}
                for xml_id, name in names.items()
                if name not in taken
            ],
            update=True,
        )
