import ast
import hashlib
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

_BATCH = 1000


class MailingList(models.Model):
    _inherit = "mailing.list"

    l10n_ir_stat_domain = fields.Char(
        "Segment",
        help="Which customers belong to the list; it follows them by night. Empty: the"
        " list is kept by hand.",
    )
    l10n_ir_company_id = fields.Many2one(
        "res.company", "Company of the Segment", ondelete="cascade"
    )
    l10n_ir_holdout = fields.Integer(
        "Hold-out",
        default=10,
        help="How many of a hundred customers get nothing, chosen by lot, so that the"
        " effect of the campaigns can be measured. Who was chosen stays so.",
    )
    l10n_ir_holdout_seed = fields.Char(
        "Seed of the Lot",
        copy=False,
        readonly=True,
        default=lambda self: secrets.token_hex(8),
    )
    l10n_ir_member_ids = fields.One2many(
        "crm.ir.segment.member", "list_id", "Members of the Segment", readonly=True
    )

    _l10n_ir_holdout_range = models.Constraint(
        "CHECK (l10n_ir_holdout >= 0 AND l10n_ir_holdout <= 50)",
        "Hold out between 0 and 50 of a hundred customers.",
    )

    @api.constrains("l10n_ir_company_id", "l10n_ir_stat_domain")
    def _check_l10n_ir_stat_domain(self):
        for segment in self.filtered("l10n_ir_stat_domain"):
            if not segment.l10n_ir_company_id:
                raise ValidationError(
                    self.env._("Say which company's customers the segment is of.")
                )
            try:
                self.env["crm.ir.customer.stat"].search(
                    segment._l10n_ir_stat_domain(), limit=1
                )
            except (RecursionError, SyntaxError, TypeError, ValueError) as error:
                raise ValidationError(
                    self.env._(
                        "The segment of «%(list)s» cannot be read: choose it anew.",
                        list=segment.name,
                    )
                ) from error

    def _l10n_ir_stat_domain(self):
        rows = Domain(ast.literal_eval(self.l10n_ir_stat_domain))
        return rows & Domain("company_id", "=", self.l10n_ir_company_id.id)

    def action_l10n_ir_refresh(self):
        """Bring the list up to its segment, with the rights of the user."""
        if not all(self.mapped("l10n_ir_stat_domain")):
            raise UserError(self.env._("This list has no segment: it is kept by hand."))
        for segment in self:
            segment._l10n_ir_refresh()
        return True

    @api.model
    def _cron_l10n_ir_refresh(self):
        cron = self.env["ir.cron"]
        segments = self.search([("l10n_ir_stat_domain", "!=", False)])
        for done, segment in enumerate(segments, 1):
            segment._l10n_ir_refresh()
            cron._commit_progress(1, remaining=len(segments) - done)

    def _l10n_ir_refresh(self):
        stats = self.env["crm.ir.customer.stat"].search(self._l10n_ir_stat_domain())
        partners = stats.partner_id
        # memberships are the list's own bookkeeping, whoever refreshes it
        members = self.sudo().l10n_ir_member_ids
        self._l10n_ir_leave(
            members.filtered(
                lambda one: not one.left and one.partner_id not in partners
            )
        )
        back = members.filtered(lambda one: one.left and one.partner_id in partners)
        back.write({"left": False, "since": fields.Datetime.now()})
        self._l10n_ir_subscribe(back)
        new = partners - members.partner_id
        for start in range(0, len(new), _BATCH):
            self._l10n_ir_subscribe(
                members.create(
                    [
                        {
                            "list_id": self.id,
                            "partner_id": partner.id,
                            "held": self._l10n_ir_is_held(partner),
                        }
                        for partner in new[start : start + _BATCH]
                    ]
                )
            )

    def _l10n_ir_is_held(self, partner):
        """Whether the lot holds a customer out: the same for ever in this list."""
        lot = hashlib.sha256(f"{self.l10n_ir_holdout_seed}:{partner.id}".encode())
        return int.from_bytes(lot.digest()[:8]) % 100 < self.l10n_ir_holdout

    def _l10n_ir_subscribe(self, members):
        members = members.filtered(lambda one: not one.held)
        without = members.filtered(lambda one: not one.contact_id)
        contacts = self.env["mailing.contact"].create(
            [
                {
                    "name": member.partner_id.name or member.partner_id.display_name,
                    "email": member.partner_id.email,
                    "mobile": member.partner_id.phone,
                    "country_id": member.partner_id.country_id.id,
                }
                for member in without
            ]
        )
        for member, contact in zip(without, contacts, strict=True):
            member.contact_id = contact
        subscribed = self.subscription_ids.contact_id
        self.env["mailing.subscription"].create(
            [
                {"list_id": self.id, "contact_id": contact.id}
                for contact in members.contact_id - subscribed
            ]
        )
        self.invalidate_recordset(["contact_ids", "subscription_ids"])

    def _l10n_ir_leave(self, members):
        members.left = fields.Datetime.now()
        # who opted out stays opted out, also when coming back
        self.subscription_ids.filtered(
            lambda one: not one.opt_out and one.contact_id in members.contact_id
        ).unlink()
        self.invalidate_recordset(["contact_ids", "subscription_ids"])
