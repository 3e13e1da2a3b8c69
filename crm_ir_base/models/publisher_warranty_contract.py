from odoo import models


class PublisherWarrantyContract(models.AbstractModel):
    _inherit = "publisher_warranty.contract"

    def update_notification(self, cron_mode=True):
        if (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("crm_ir_base.no_publisher_warranty")
        ):
            return False
        return super().update_notification(cron_mode)
