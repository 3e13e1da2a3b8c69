from . import base_import_import
from . import crm_ir_date_repair_finding
from . import crm_ir_holiday_import
from . import crm_ir_working_hours
