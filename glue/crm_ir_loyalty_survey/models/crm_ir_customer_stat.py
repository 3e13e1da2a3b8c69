from odoo import api, models
from odoo.tools import SQL

from ..const import UNHAPPY_DAYS


class CrmIrCustomerStat(models.Model):
    _inherit = "crm.ir.customer.stat"

    @api.model
    def _unhappy_partners(self, company):
        """Override: whose last answer to a measure of satisfaction was an unhappy one."""
        return SQL(
            """
            %s
            UNION
            SELECT partner_id
              FROM (
                   SELECT DISTINCT ON (partner_id) partner_id, date, unhappy
                     FROM (%s) AS answer
                    WHERE partner_id IS NOT NULL
                 ORDER BY partner_id, date DESC, unhappy DESC
              ) AS last_answer
             WHERE unhappy
               AND date > now() AT TIME ZONE 'UTC' - make_interval(days => %s)
            """,
            super()._unhappy_partners(company),
            self.env["crm.ir.satisfaction.report"]._table_query,
            UNHAPPY_DAYS,
        )
