from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.line import plain_line


class CrmIrSmsBlock(models.Model):
    """A receiver's wish to get no advertising from one line, which does not expire.

    The wish against all texts is stock's `phone.blacklist`; that at the operator is
    known to the operator alone.
    """

    _name = "crm.ir.sms.block"
    _description = "Blocked SMS Line"
    _order = "id desc"
    _rec_name = "number"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    line = fields.Char(required=True, readonly=True)
    number = fields.Char(required=True, readonly=True, index=True)
    reason = fields.Selection(
        [
            ("answer", "The receiver answered 11"),
            ("report", "The gateway told"),
        ],
        required=True,
        readonly=True,
    )
    moment = fields.Datetime(string="Since", required=True, readonly=True)

    _number_uniq = models.Constraint(
        "UNIQUE (company_id, line, number)", "The number has blocked this line already."
    )

    @api.model
    def _block(self, company, line, number, reason):
        """Remember that a ``number`` (E.164) takes no advertising from a ``line``."""
        # two workers may learn it at one moment, and both go on
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_ir_sms_block
                            (company_id, line, number, reason, moment, create_uid,
                             create_date, write_uid, write_date)
                     VALUES (%(company)s, %(line)s, %(number)s, %(reason)s, %(now)s,
                             %(uid)s, %(now)s, %(uid)s, %(now)s)
                ON CONFLICT DO NOTHING
                """,
                company=company.id,
                line=plain_line(line),
                number=number,
                reason=reason,
                now=self.env.cr.now(),
                uid=self.env.uid,
            )
        )

    @api.model
    def _lift(self, company, line, number):
        """Forget that a ``number`` (E.164) blocked a ``line``."""
        self.search(
            [
                ("company_id", "=", company.id),
                ("line", "=", plain_line(line)),
                ("number", "=", number),
            ]
        ).unlink()

    @api.model
    def _numbers_without_line(self, accounts, numbers):
        """Those of the ``numbers`` that blocked each line of ``accounts`` of a company."""
        lines = {plain_line(account.sender) for account in accounts}
        groups = self._read_group(
            [
                ("company_id", "=", accounts.company_id.id),
                ("line", "in", lines),
                ("number", "in", numbers),
            ],
            ["number"],
            ["__count"],
        )
        return {number for number, count in groups if count == len(lines)}

    @api.model
    def _domain(self, accounts):
        """Which texts go to numbers that blocked each line of ``accounts``."""
        return Domain.AND(map(self._domain_of_one, accounts))

    def _domain_of_one(self, account):
        line = plain_line(account.sender)
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """EXISTS (SELECT FROM crm_ir_sms_block AS block
                            WHERE block.company_id = %s
                              AND block.line = %s
                              AND block.number = %s)""",
                account.company_id.id,
                line,
                SQL.identifier(alias, "number"),
            )
        )
