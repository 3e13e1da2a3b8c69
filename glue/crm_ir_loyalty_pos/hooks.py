from odoo.addons.crm_ir_loyalty.hooks import forget_stock_terms


def uninstall_hook(env):
    """Leave stock's records as they were."""
    forget_stock_terms(env, "crm_ir_loyalty_pos")
