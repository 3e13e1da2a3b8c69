from odoo.addons.sms.tools.sms_api import SmsApiBase

from ..const import FAILURE_TYPES, FAILURES


class SmsApiIran(SmsApiBase):
    """Puts texts into our ledger, in the caller's transaction; nothing is sent here."""

    PROVIDER_TO_SMS_FAILURE_TYPE = SmsApiBase.PROVIDER_TO_SMS_FAILURE_TYPE | {
        key: key for key, _label in FAILURE_TYPES
    }

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        """Override of `sms`: what the ledger has already is not queued again."""
        uuids_numbers = [
            (one["uuid"], one["number"], message["content"])
            for message in messages
            for one in message["numbers"]
        ]
        return (
            self.env["crm.ir.sms.message"].sudo()._enqueue(self.company, uuids_numbers)
        )

    def _get_sms_api_error_messages(self):
        return super()._get_sms_api_error_messages() | {
            f"crm_ir_{key}": str(sentence)
            for key, (_label, sentence) in FAILURES.items()
        }
