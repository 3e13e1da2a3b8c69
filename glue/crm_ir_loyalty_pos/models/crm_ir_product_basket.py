from odoo import api, models
from odoo.tools import SQL


class CrmIrProductBasket(models.Model):
    _inherit = "crm.ir.product.basket"

    @api.model
    def _get_pos_lines(self, company, since):
        """Posted invoices, and the orders at the till that none of them is for.

        Orders, anonymous ones too, have negative numbers among the documents.
        """
        return SQL(
            """
            %(invoices)s
            UNION ALL
            SELECT -line.order_id AS document, line.product_id
              FROM pos_order_line AS line
              JOIN pos_order ON pos_order.id = line.order_id
             WHERE pos_order.company_id = %(company)s
               AND pos_order.state IN ('paid', 'done')
               AND pos_order.date_order >= %(since)s
               AND line.qty > 0
               AND line.price_subtotal > 0
               AND NOT EXISTS (SELECT
                                 FROM account_move
                                WHERE account_move.id = pos_order.account_move
                                  AND account_move.state = 'posted')
            """,
            invoices=self._get_invoice_lines(company, since),
            company=company.id,
            since=since,
        )
