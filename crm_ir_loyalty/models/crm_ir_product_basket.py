import logging
from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import basket

_logger = logging.getLogger(__name__)

# Documents of the past two years count.
BASKET_DAYS = 730
# A pair seen less often is no rule.
MIN_BASKETS = 5
# A larger document is a shop's stock and not a basket; 100 products are 4950 pairs.
MAX_PRODUCTS = 100
# The strongest of each product are enough to propose something.
RULES_PER_PRODUCT = 10


class CrmIrProductBasket(models.Model):
    """Who buys one product also buys the other one: rules of a company's sales.

    A basket is a document with at least one product that is still sold, where purchases
    are kept (see `crm.ir.purchase`); what was given for nothing or came back is not in
    it. Documents with more than ``MAX_PRODUCTS`` different products are left out.
    Variants count as their product. Written anew by a weekly job.
    """

    _name = "crm.ir.product.basket"
    _description = "Products Bought Together"
    _order = "lift desc, confidence desc, id"
    _rec_name = "other_tmpl_id"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        "Who Buys",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    other_tmpl_id = fields.Many2one(
        "product.template",
        "Also Buys",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    baskets = fields.Integer(
        readonly=True, help="How many documents hold both products."
    )
    support = fields.Float(
        readonly=True,
        aggregator="avg",
        help="The share of all documents that hold both products.",
    )
    confidence = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Of the documents with the first product, the share that hold the other one"
        " too.",
    )
    lift = fields.Float(
        readonly=True,
        aggregator="avg",
        help="How many times more often the other product is bought with the first one"
        " than it is on the whole.",
    )

    _company_products_uniq = models.Constraint(
        "UNIQUE (company_id, product_tmpl_id, other_tmpl_id)",
        "A company has one rule for two products.",
    )

    @api.model
    def _cron_baskets(self):
        """Weekly: find the rules of every company."""
        cron = self.env["ir.cron"]
        companies = self.env["res.company"].search([])
        for done, company in enumerate(companies, 1):
            self._refresh(company)
            cron._commit_progress(1, remaining=len(companies) - done)

    @api.model
    def _refresh(self, company):
        """Write the rules of a company anew."""
        self._fill_baskets(company)
        found, kept = [], Counter()
        for rule in basket.rules(*self._counts(), min_baskets=MIN_BASKETS):
            if kept[rule.antecedent] < RULES_PER_PRODUCT:
                kept[rule.antecedent] += 1
                found.append(rule)
        self.env.cr.execute(SQL("DROP TABLE crm_ir_basket_line"))
        self._write_rules(company, found)

    @api.model
    def _fill_baskets(self, company):
        """Put the products of each document into a temporary table."""
        self.env.flush_all()
        since = company._l10n_ir_today() - timedelta(days=BASKET_DAYS)
        source = getattr(self, f"_get_{company.l10n_ir_purchase_source}_lines")
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE crm_ir_basket_line ON COMMIT DROP AS
                SELECT DISTINCT document, product_tmpl_id
                  FROM (%(lines)s) AS line
                  JOIN product_product AS variant ON variant.id = line.product_id
                  JOIN product_template AS product
                    ON product.id = variant.product_tmpl_id
                 WHERE product.active
                   AND product.sale_ok
                   AND (product.company_id IS NULL OR product.company_id = ANY(%(owners)s))
                """,
                lines=source(company, since),
                owners=company.parent_ids.ids,
            )
        )
        [(huge,)] = self.env.execute_query(
            SQL(
                """
                WITH huge AS (
                    SELECT document FROM crm_ir_basket_line
                  GROUP BY document HAVING count(*) > %s
                ), gone AS (
                    DELETE FROM crm_ir_basket_line USING huge
                          WHERE crm_ir_basket_line.document = huge.document
                )
                SELECT count(*) FROM huge
                """,
                MAX_PRODUCTS,
            )
        )
        if huge:
            _logger.info(
                "Company %s: left out %s documents with more than %s products.",
                company.id,
                huge,
                MAX_PRODUCTS,
            )
        self.env.cr.execute(SQL("ANALYZE crm_ir_basket_line"))

    @api.model
    def _counts(self):
        """Number of baskets, those of each product, and those of each frequent pair."""
        [(baskets,)] = self.env.execute_query(
            SQL("SELECT count(DISTINCT document) FROM crm_ir_basket_line")
        )
        items = SQL(
            """
            SELECT product_tmpl_id, count(*)
              FROM crm_ir_basket_line
          GROUP BY product_tmpl_id
            HAVING count(*) >= %s
            """,
            MIN_BASKETS,
        )
        # no pair is more frequent than its rarer product (Agrawal, Srikant 1994)
        pairs = self.env.execute_query(
            SQL(
                """
                WITH item AS (%(items)s), line AS (
                    SELECT document, product_tmpl_id
                      FROM crm_ir_basket_line JOIN item USING (product_tmpl_id)
                )
                SELECT one.product_tmpl_id, other.product_tmpl_id, count(*)
                  FROM line AS one
                  JOIN line AS other
                    ON other.document = one.document
                   AND other.product_tmpl_id > one.product_tmpl_id
              GROUP BY one.product_tmpl_id, other.product_tmpl_id
                HAVING count(*) >= %(least)s
                """,
                items=items,
                least=MIN_BASKETS,
            )
        )
        return baskets, dict(self.env.execute_query(items)), pairs

    @api.model
    def _write_rules(self, company, rules):
        self.env.cr.execute(
            SQL("DELETE FROM crm_ir_product_basket WHERE company_id = %s", company.id)
        )
        if rules:
            columns = zip(*rules, strict=True)
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO crm_ir_product_basket
                                (company_id, product_tmpl_id, other_tmpl_id, baskets,
                                 support, confidence, lift)
                         SELECT %(company)s, *
                           FROM unnest(%(antecedent)s::int[], %(consequent)s::int[],
                                       %(baskets)s::int[], %(support)s::float8[],
                                       %(confidence)s::float8[], %(lift)s::float8[])
                    """,
                    company=company.id,
                    **{
                        name: list(values)
                        for name, values in zip(
                            basket.Rule._fields, columns, strict=True
                        )
                    },
                )
            )
        self.invalidate_model()
        self.env["product.template"].invalidate_model(["l10n_ir_basket_ids"])

    # === DOCUMENTS === #
    # For each purchase source a method `_get_<source>_lines(company, since)`: SELECT of
    # document (integer, unique among the rows' documents) and product_id (the variant).

    @api.model
    def _get_invoice_lines(self, company, since):
        """Posted invoices and receipts."""
        return SQL(
            """
            SELECT move.id AS document, line.product_id
              FROM account_move_line AS line
              JOIN account_move AS move ON move.id = line.move_id
             WHERE move.company_id = %(company)s
               AND move.state = 'posted'
               AND move.move_type IN ('out_invoice', 'out_receipt')
               AND move.invoice_date >= %(since)s
               AND line.display_type = 'product'
               AND line.quantity > 0
               AND line.price_subtotal > 0
            """,
            company=company.id,
            since=since,
        )

    @api.model
    def _get_sale_lines(self, company, since):
        """Confirmed sale orders."""
        return SQL(
            """
            SELECT line.order_id AS document, line.product_id
              FROM sale_order_line AS line
              JOIN sale_order AS sale ON sale.id = line.order_id
             WHERE sale.company_id = %(company)s
               AND sale.state = 'sale'
               AND sale.date_order >= %(since)s
               AND line.is_downpayment IS NOT TRUE
               AND line.product_uom_qty > 0
               AND line.price_subtotal > 0
            """,
            company=company.id,
            since=since,
        )
