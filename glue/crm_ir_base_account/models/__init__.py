from . import account_tax, res_currency
