from odoo import models


class IrActionsServer(models.Model):
    _inherit = "ir.actions.server"

    def _run_action_sms_multi(self, eval_context=None):
        """Override of `sms`: what is sent to many by itself is no advertising."""
        service = self.with_context(default_l10n_ir_purpose="service")
        return super(IrActionsServer, service)._run_action_sms_multi(eval_context)
