from . import crm_ir_customer_stat_campaign
