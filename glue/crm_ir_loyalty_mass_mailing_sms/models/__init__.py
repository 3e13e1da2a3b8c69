from . import crm_ir_segment_member
from . import mailing_list
from . import mailing_mailing
