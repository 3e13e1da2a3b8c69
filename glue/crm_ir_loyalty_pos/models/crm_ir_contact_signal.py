from odoo import api, models
from odoo.tools import SQL


class CrmIrContactSignal(models.AbstractModel):
    _inherit = "crm.ir.contact.signal"

    @api.model
    def _signal_sources(self, company):
        return [*super()._signal_sources(company), self._get_till_signals(company)]

    @api.model
    def _get_till_signals(self, company):
        """Orders at the till, returns as well: the customer was there."""
        return SQL(
            """
            SELECT partner_id, date_order AS moment, NULL AS channel, FALSE AS asked,
                   TRUE AS hit
              FROM pos_order
             WHERE company_id = %s
               AND state IN ('paid', 'done')
               AND partner_id IS NOT NULL
            """,
            company.id,
        )
