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
    is_comparable = fields.Boolean(compute="_compute_is_comparable")

    _code_uniq = models.Constraint(
        "UNIQUE (account_id, code)", "The account has this pattern already."
    )

    _code_of_account_uniq = models.UniqueIndex(
        "(account_id) WHERE is_code AND active",
        "The account has another pattern for one-time codes.",
    )

    @api.depends("account_id.gateway")
    def _compute_is_comparable(self):
        for pattern in self:
            gateway = GATEWAYS.get(pattern.account_id.gateway)
            pattern.is_comparable = gateway and gateway.reads_patterns

    @api.constrains("is_code", "variable_ids")
    def _check_code(self):
        if any(one.is_code and len(one.variable_ids) != 1 for one in self):
            raise ValidationError(
                self.env._("A pattern for one-time codes has one variable: the code.")
            )

    @api.constrains("account_id", "body", "code", "variable_ids")
    def _check_pattern(self):
        for pattern in self:
            gateway = GATEWAYS[pattern.account_id.gateway]
            if not gateway.patterns_per_call:
                raise ValidationError(
                    self.env._("%(gateway)s has no patterns.", gateway=gateway.title)
                )
            is_number = pattern.code.isascii() and pattern.code.isdecimal()
            if gateway.numbers_patterns and not is_number:
                raise ValidationError(
                    self.env._(
                        "%(gateway)s numbers its patterns: write the number as the code,"
                        " in the digits 0 to 9.",
                        gateway=gateway.title,
                    )
                )
            names = pattern.variable_ids.mapped("name")
            # what takes not even one digit takes nothing
            unknown = pattern.account_id._gateway().check_values(
                dict.fromkeys(names, "1")
            )
            if unknown:
                raise ValidationError(
                    self.env._(
                        "%(gateway)s has no variables with these names: %(names)s.",
                        gateway=gateway.title,
                        names=", ".join(unknown),
                    )
                )
            missing = [name for name in names if f"%{name}%" not in pattern.body]
            if missing:
                raise ValidationError(
                    self.env._(
                        "The text does not have: %(names)s. Write each variable between"
                        " percent signs.",
                        names=", ".join(missing),
                    )
                )

    # === ACTIONS === #

    def action_compare(self):
        """Read the pattern from its gateway and say how this one differs."""
        self.ensure_one()
        self.check_access("write")
        differences = self._differences(
            self.account_id._ask(lambda gateway: gateway.pattern(self.code))
        )
        same = self.env._("The gateway has approved this pattern, and it is the same.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if differences else "success",
                "sticky": bool(differences),
                "message": " ".join(differences) or same,
            },
        }

    # === BUSINESS METHODS === #

    def _differences(self, approved):
        """How an `Approved` of the gateway differs, None where it has none; sentences."""
        if approved is None:
            return [
                self.env._(
                    "%(gateway)s has no pattern %(code)s, or has not approved it:"
                    " correct the code, or look in the gateway's panel.",
                    gateway=GATEWAYS[self.account_id.gateway].title,
                    code=self.code,
                )
            ]
        names = self.variable_ids.mapped("name")
        here = [name for name in names if name not in approved.names]
        there = [name for name in approved.names if name not in names]
        found = []
        if not approved.is_active:
            found.append(self.env._("The gateway has not approved this pattern."))
        if there:
            found.append(
                self.env._(
                    "These variables of the gateway's pattern are missing here:"
                    " %(names)s.",
                    names=", ".join(there),
                )
            )
        if here:
            found.append(
                self.env._(
                    "The gateway's pattern does not have these variables: %(names)s.",
                    names=", ".join(here),
                )
            )
        if clean_body(approved.text) != clean_body(self.body):
            found.append(
                self.env._(
                    "The gateway's text is another one: «%(text)s»", text=approved.text
                )
            )
        return found

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
