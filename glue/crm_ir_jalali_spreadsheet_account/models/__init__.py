from . import account_account
from . import res_company
