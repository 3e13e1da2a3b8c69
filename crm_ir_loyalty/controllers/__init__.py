from . import crm_ir_loyalty
from . import portal
