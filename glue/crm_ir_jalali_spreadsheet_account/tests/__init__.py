from . import test_fiscal_dates
