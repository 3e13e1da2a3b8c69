from . import crm_ir_customer_move
from . import crm_ir_customer_stat
