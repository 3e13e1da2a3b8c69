from . import base_partner_merge
from . import crm_ir_loyalty_grant
from . import loyalty_card_update_balance
from . import loyalty_generate_wizard
