from .models.date_expression import forget_jalali_periods


def post_init_hook(env):
    """Prepare what plain data records cannot: see each step."""


def uninstall_hook(env):
    """Leave no database object of ours behind."""
    env["crm.ir.jalali.period"]._uninstall()
    forget_jalali_periods(env)
