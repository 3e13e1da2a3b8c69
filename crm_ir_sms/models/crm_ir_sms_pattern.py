import contextlib
import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..gateways import GATEWAYS
from ..tools.text import clean_body


class CrmIrSmsPattern(models.Model):
    """A text that a gateway approved, and what its variables stand for here."""

    _name = "crm.ir.sms.pattern"
    _description = "SMS Pattern"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    account_id = fields.Many2one(
        "crm.ir.sms.account", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="account_id.company_id", store=True, index=True
    )
    code = fields.Char(
        required=True, help="The name or number of the pattern in the gateway's panel."
    )
    body = fields.Text(
        required=True,
        help="The approved text with its variables between percent signs, such as"
        " %token%; it is what the history of messages shows.",
    )
    use = fields.Selection(
        [
            ("named", "Only Where It Is Named"),
            ("blocked", "Instead of Such Texts That the Receiver Blocks"),
            ("always", "Instead of Every Such Text"),
        ],
        required=True,
        default="named",
        help="A text that reads as this pattern can be sent as it: always, or when a"
        " receiver who refuses advertising did not get it. Advertising never is.",
    )
    is_code = fields.Boolean(
        string="For One-Time Codes",
        help="Codes that the system sends leave as this pattern, with the code as its"
        " only variable.",
    )
    variable_ids = fields.One2many(
        "crm.ir.sms.pattern.variable", "pattern_id", copy=True
    )

    _code_uniq = models.Constraint(
        "UNIQUE (account_id, code)", "The account has this pattern already."
    )

    _code_of_account_uniq = models.UniqueIndex(
        "(account_id) WHERE is_code AND active",
        "The account has another pattern for one-time codes.",
    )

    @api.constrains("is_code", "variable_ids")
    def _check_code(self):
        if any(one.is_code and len(one.variable_ids) != 1 for one in self):
            raise ValidationError(
                self.env._("A pattern for one-time codes has one variable: the code.")
            )

    @api.constrains("account_id", "variable_ids", "body")
    def _check_pattern(self):
        for pattern in self:
            gateway = GATEWAYS[pattern.account_id.gateway]
            if not gateway.patterns_per_call:
                raise ValidationError(
                    self.env._("%(gateway)s has no patterns.", gateway=gateway.title)
                )
            missing = [
                variable.name
                for variable in pattern.variable_ids
                if f"%{variable.name}%" not in pattern.body
            ]
            if missing:
                raise ValidationError(
                    self.env._(
                        "The text does not have: %(names)s. Write each variable between"
                        " percent signs.",
                        names=", ".join(missing),
                    )
                )

    @api.model
    def _vals_of_text(self, company, number, text, uses):
        """Values of a message that sends ``text`` as a pattern of one of ``uses``.

        None where no approved text reads so, or the gateway does not take its values.
        """
        accounts = self.env["crm.ir.sms.account"]._usable(self.env.cr.now())
        for pattern in self.search(
            [
                ("use", "in", uses),
                ("account_id", "in", accounts.ids),
                ("company_id", "=", company.id),
            ]
        ):
            values = pattern._values_in(text)
            if values is not None:
                with contextlib.suppress(UserError):
                    return pattern._message_vals(number, values)
        return None

    def _values_in(self, text):
        """The values with which the pattern reads exactly as ``text``, or None."""
        names = self.variable_ids.mapped("name")
        approved = re.escape(clean_body(self.body))
        for index, name in enumerate(names):
            variable = re.escape(f"%{name}%")
            approved = approved.replace(variable, f"(?P<v{index}>.+?)", 1)
            approved = approved.replace(variable, f"(?P=v{index})")
        found = re.fullmatch(approved, text, re.DOTALL)
        if not found:
            return None
        return {name: found[f"v{index}"] for index, name in enumerate(names)}

    def _message_vals(self, number, values, secret=()):
        """Values of a message that sends this pattern; those named ``secret`` are masked.

        Raises UserError where the gateway does not take a value.
        """
        self.ensure_one()
        account = self.account_id
        wrong = account._gateway().check_values(values)
        absent = {variable.name for variable in self.variable_ids} - values.keys()
        if wrong or absent:
            raise UserError(
                self.env._(
                    "The pattern %(pattern)s cannot be sent: %(gateway)s does not take"
                    " the value of %(names)s. Shorten it, and use no line breaks.",
                    pattern=self.name,
                    gateway=GATEWAYS[account.gateway].title,
                    names=", ".join([*wrong, *sorted(absent)]),
                )
            )
        body = self.body
        for name, value in values.items():
            body = body.replace(f"%{name}%", "•••" if name in secret else value)
        return {
            "company_id": account.company_id.id,
            "wanted_account_id": account.id,
            "pattern_id": self.id,
            "pattern_values": values,
            "number": number,
            "body": body,
        }
