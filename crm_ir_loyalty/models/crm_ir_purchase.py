from odoo import api, models
from odoo.tools import SQL


class CrmIrPurchase(models.AbstractModel):
    """What counts as a purchase: the one place that knows where purchases are kept.

    A module adds a source of its own by a value of the company's purchase source and a
    method ``_get_<value>_source(company)`` of this model. The method returns SQL of a
    SELECT with the columns

    - ``partner_id``: the contact that bought,
    - ``day`` (date): the day of the purchase in the time zone of the company,
    - ``amount`` (numeric): its untaxed worth in the currency of the company; negative
      where something came back, zero for a gift.

    Rows may be documents or lines, in any order; those of products or prices that are no
    more count as they stand.
    """

    _name = "crm.ir.purchase"
    _description = "Purchases"

    @api.model
    def _get_purchases(self, company, until, customer_ids=None):
        """SQL of all purchases and returns of the customers of a company.

        :param date until: later days are left out
        :param list customer_ids: those of these customers only
        :return: SELECT of partner_id (the customer), day, amount
        """
        self.env.flush_all()
        source = getattr(self, f"_get_{company.l10n_ir_purchase_source}_source")
        return self._by_customer(
            company,
            SQL(
                "SELECT * FROM (%s) AS purchase WHERE day <= %s", source(company), until
            ),
            ("day", "amount"),
            customer_ids,
        )

    @api.model
    def _by_customer(self, company, contacts, columns=(), customer_ids=None):
        """SQL that names the customer, where ``contacts`` names the contact.

        :param SQL contacts: SELECT of partner_id and other columns
        :param columns: names of the other columns to keep
        """
        if company.l10n_ir_customer_kind == "contact":
            customer, join = SQL("source.partner_id"), SQL()
        else:
            customer = SQL("contact.commercial_partner_id")
            join = SQL("JOIN res_partner AS contact ON contact.id = source.partner_id")
        return SQL(
            "SELECT %s FROM (%s) AS source %s WHERE %s",
            SQL(", ").join(
                [
                    SQL("%s AS partner_id", customer),
                    *(SQL.identifier("source", name) for name in columns),
                ]
            ),
            contacts,
            join,
            SQL("TRUE")
            if customer_ids is None
            else SQL("%s = ANY(%s)", customer, customer_ids),
        )

    @api.model
    def _invoice_sources(self):
        """The purchase sources in which invoices count."""
        return {"invoice"}

    @api.model
    def _get_invoice_source(self, company):
        """Posted invoices, receipts and credit notes."""
        return SQL(
            """
            SELECT partner_id, invoice_date AS day, amount_untaxed_signed AS amount
              FROM account_move
             WHERE company_id = %s
               AND state = 'posted'
               AND partner_id IS NOT NULL
               AND (move_type IN ('out_invoice', 'out_receipt')
                    OR move_type = 'out_refund' AND amount_untaxed_signed < 0)
            """,
            company.id,
        )

    @api.model
    def _get_sale_source(self, company):
        """Confirmed sale orders, by the rate that each was made at."""
        return SQL(
            """
            SELECT partner_id,
                   (date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS day,
                   round((amount_untaxed / COALESCE(NULLIF(currency_rate, 0), 1))::numeric,
                         %(digits)s) AS amount
              FROM sale_order
             WHERE company_id = %(company)s
               AND state = 'sale'
            """,
            zone=company._l10n_ir_zone().key,
            digits=company.currency_id.decimal_places,
            company=company.id,
        )
