from odoo import api, models
from odoo.tools import SQL


class CrmIrPurchase(models.AbstractModel):
    _inherit = "crm.ir.purchase"

    @api.model
    def _invoice_sources(self):
        return super()._invoice_sources() | {"pos"}

    @api.model
    def _get_pos_source(self, company):
        """Posted invoices, and the orders at the till that none of them is for.

        An order is in one of the two, whenever it is invoiced.
        """
        return SQL(
            """
            %(invoices)s
            UNION ALL
            SELECT partner_id,
                   (date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS day,
                   round(((amount_total - amount_tax)
                          / COALESCE(NULLIF(currency_rate, 0), 1))::numeric,
                         %(digits)s) AS amount
              FROM pos_order
             WHERE company_id = %(company)s
               AND state IN ('paid', 'done')
               AND partner_id IS NOT NULL
               AND (is_refund IS NOT TRUE OR amount_total < amount_tax)
               AND NOT EXISTS (SELECT
                                 FROM account_move
                                WHERE account_move.id = pos_order.account_move
                                  AND account_move.state = 'posted')
            """,
            invoices=self._get_invoice_source(company),
            zone=company._l10n_ir_zone().key,
            digits=company.currency_id.decimal_places,
            company=company.id,
        )
