from . import crm_ir_satisfaction_report
