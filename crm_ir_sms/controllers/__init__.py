from . import crm_ir_sms
