from odoo import fields, models

from odoo.addons.crm_ir_sms.const import FAILURE_TYPES


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    failure_type = fields.Selection(selection_add=FAILURE_TYPES)
