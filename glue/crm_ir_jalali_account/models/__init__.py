from . import account_journal
from . import account_move
from . import account_payment_term_line
from . import res_company
from . import res_config_settings
