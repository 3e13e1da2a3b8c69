from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    l10n_ir_basket_ids = fields.One2many(
        "crm.ir.product.basket",
        "product_tmpl_id",
        "Bought Together",
        readonly=True,
        domain=[("other_tmpl_id.active", "=", True)],
        groups="sales_team.group_sale_salesman",
        help="What those who buy this product also buy, more often than by chance.",
    )
