from . import crm_ir_demo
from . import crm_ir_sms_account
from . import crm_ir_sms_message
from . import crm_ir_sms_pattern
from . import crm_ir_sms_pattern_variable
from . import mail_notification
from . import res_company
from . import sms_sms
