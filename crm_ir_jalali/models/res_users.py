from odoo import api, fields, models, tools
from odoo.tools import frozendict


class ResUsers(models.Model):
    _inherit = "res.users"

    calendar = fields.Selection(
        [
            ("language", "As the language"),
            ("jalali", "Jalali (Solar Hijri)"),
            ("gregorian", "Gregorian"),
        ],
        default="language",
        help="Calendar in which you read and type dates.",
    )
    digits = fields.Selection(
        [
            ("language", "As the language"),
            ("latn", "Latin (0-9)"),
            ("arabext", "Persian (۰-۹)"),
        ],
        string="Digits of Dates",
        default="language",
        help="Digits of Jalali dates. You may type dates in any digits.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["calendar", "digits"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["calendar", "digits"]

    def _get_invalidation_fields(self):
        return super()._get_invalidation_fields() | {"calendar", "digits"}

    @api.model
    @tools.ormcache("self.env.uid")
    def context_get(self):
        """Add the user's own choice; without one, the language decides."""
        user = self.env.user.with_context(prefetch_fields=False)
        own = {
            f"crm_ir_{choice}": user[choice]
            for choice in ("calendar", "digits")
            if user[choice] and user[choice] != "language"
        }
        return frozendict(super().context_get(), **own)
