from . import account_financial_year_op
from . import account_resequence_wizard
from . import crm_ir_lock_dates
