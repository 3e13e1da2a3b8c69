from odoo import api, fields, models
from odoo.tools import SQL

from .crm_ir_customer_stat import LIFECYCLES, SEGMENTS

# More changes at once than these are no news about single customers.
NEWS = 5000


class CrmIrCustomerMove(models.Model):
    """A dated change of a customer from one segment or state of life to another.

    To act on a change (base_automation, or Python), act on the creation of these rows.
    The first run of a company writes none, since nobody has moved; later, who comes
    moves from nothing and who goes moves to nothing.
    """

    _name = "crm.ir.customer.move"
    _description = "Customer's Move"
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Date(required=True, readonly=True, index=True)
    kind = fields.Selection(
        [("segment", "Segment"), ("lifecycle", "Lifecycle")],
        required=True,
        readonly=True,
    )
    old = fields.Selection(
        list(dict(SEGMENTS + LIFECYCLES).items()), "Moved From", readonly=True
    )
    new = fields.Selection(
        list(dict(SEGMENTS + LIFECYCLES).items()), "Moved To", readonly=True
    )

    @api.model
    def _record(self, company, date, moves):
        """Write down what changed, by the ORM unless it is too much to be news.

        :param SQL moves: SELECT of partner_id, kind, old, new
        """
        rows = self.env.execute_query(SQL("%s LIMIT %s", moves, NEWS + 1))
        if len(rows) <= NEWS:
            self.sudo().create(
                [
                    {
                        "company_id": company.id,
                        "date": date,
                        "partner_id": partner_id,
                        "kind": kind,
                        "old": old,
                        "new": new,
                    }
                    for partner_id, kind, old, new in rows
                ]
            )
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_ir_customer_move
                            (company_id, date, partner_id, kind, old, new)
                     SELECT %s, %s, * FROM (%s) AS move
                """,
                company.id,
                date,
                moves,
            )
        )
