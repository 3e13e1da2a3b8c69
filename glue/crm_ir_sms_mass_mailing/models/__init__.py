from . import (
    crm_ir_sms_message,
    mail_render_mixin,
    mailing_mailing,
    mailing_trace,
    res_company,
    sms_composer,
    sms_sms,
)
