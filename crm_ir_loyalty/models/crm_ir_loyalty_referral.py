from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmIrLoyaltyReferral(models.Model):
    """Who brought whom. The reward is due at the friend's first paid invoice.

    A person brings neither themselves nor their household, and only those who have not
    bought before.
    """

    _name = "crm.ir.loyalty.referral"
    _description = "Referral"
    _order = "date desc, id desc"
    _rec_name = "friend_id"

    referrer_id = fields.Many2one(
        "res.partner", "Brought by", required=True, ondelete="cascade", index=True
    )
    friend_id = fields.Many2one(
        "res.partner", required=True, ondelete="cascade", index=True
    )
    date = fields.Date(
        required=True,
        default=lambda self: self.env["crm.ir.loyalty.movement"]._today(),
    )
    state = fields.Selection(
        [
            ("waiting", "Has Not Bought Yet"),
            ("rewarded", "Bought"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    invoice_id = fields.Many2one("account.move", "First Invoice", readonly=True)

    _friend_uniq = models.Constraint(
        "UNIQUE (friend_id)", "Someone brought this friend already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a new referral waits for the friend's purchase."""
        return super().create(
            [vals | {"state": "waiting", "invoice_id": False} for vals in vals_list]
        )

    @api.constrains("referrer_id", "friend_id")
    def _check_friend(self):
        for referral in self:
            referrer, friend = referral.referrer_id, referral.friend_id
            names = {"referrer": referrer.display_name, "friend": friend.display_name}
            if referrer._l10n_ir_shares_household(friend):
                raise ValidationError(
                    self.env._(
                        "%(referrer)s and %(friend)s are the same person or live"
                        " together; a referral brings somebody else.",
                        **names,
                    )
                )
            if referrer.l10n_ir_referral_ids.referrer_id == friend:
                raise ValidationError(
                    self.env._("%(friend)s has brought %(referrer)s already.", **names)
                )
            if referral.state == "waiting" and friend._l10n_ir_has_paid():
                raise ValidationError(
                    self.env._(
                        "%(friend)s is a customer already; a referral brings new"
                        " customers.",
                        **names,
                    )
                )

    def _settle(self, invoice):
        """Decide on the reward, now that the friend has paid their first invoice."""
        for referral in self.filtered(lambda referral: referral.state == "waiting"):
            same = referral.referrer_id._l10n_ir_shares_household(referral.friend_id)
            referral.write(
                {"state": "refused" if same else "rewarded", "invoice_id": invoice.id}
            )

    def _reopen(self):
        """Wait for another first invoice."""
        self.write({"state": "waiting", "invoice_id": False})
