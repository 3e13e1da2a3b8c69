from . import crm_ir_contact_signal
from . import crm_ir_product_basket
from . import crm_ir_purchase
from . import loyalty_card
from . import loyalty_program
from . import pos_order
from . import res_company
